import { add, type Vec } from '../geometry/vector.ts';
import type { Plane } from '../pixels/image.ts';

/**
 * The edge of a shape near a point: from inside the walk goes along `direction` until the shape ends, from outside it
 * goes the other way until the shape begins. Gives up after `most` pixels and answers with the point itself.
 */
export function outlineNear(shape: Plane, point: Vec, direction: Vec, most: number): Vec {
  const inside = (at: Vec): boolean => {
    const x = Math.round(at[0]);
    const y = Math.round(at[1]);
    return (
      x >= 0 &&
      y >= 0 &&
      x < shape.width &&
      y < shape.height &&
      shape.data[y * shape.width + x] >= 0.5
    );
  };
  const within = inside(point);
  for (let run = 0; run < most; run++) {
    const at = add(point, direction, within ? run : -run);
    if (inside(at) !== within) return at;
  }
  return point;
}
