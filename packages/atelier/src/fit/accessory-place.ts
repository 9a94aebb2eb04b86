import type { Vec } from '../geometry/vector.ts';
import type { AccessoryForm } from '../perceive/accessory/form.ts';

/** Where an accessory lies on the person's picture, in pixels of the person's reading. */
export interface AccessoryPlace {
  readonly what: AccessoryForm['what'];
  /** Upper left and lower right corner of all that it can cover. */
  readonly box: readonly [Vec, Vec];
  /** Person's pixels an accessory's pixel. */
  readonly scale: number;
  /** The place on the accessory's picture that is seen at a place of the person's. */
  toSource(point: Vec): Vec;
  /** How much of it would be seen at a place if nobody were in front, 0 to 1. */
  reveals(point: Vec): number;
  /** Places that the accessory presses flat: what stands out there beside it goes. */
  flattens(point: Vec): number;
}

/** The smallest box around points, `margin` pixels wider on every side. */
export function boxAround(points: readonly Vec[], margin: number): readonly [Vec, Vec] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [
    [Math.min(...xs) - margin, Math.min(...ys) - margin],
    [Math.max(...xs) + margin, Math.max(...ys) + margin],
  ];
}
