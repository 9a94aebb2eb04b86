import { blur } from '../../pixels/box-filter.ts';
import { createMask, maskToPlane, type Plane } from '../../pixels/image.ts';
import { pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';

/** Invented skin lower than this above the new clothes is none that a neckline opens on; in shoulder widths. */
const LOW = 0.07;
/** Shoulders end above this height of the trunk. */
const SHOULDERS = 0.2;

/**
 * Low strips of invented skin between the new clothes' upper edge and the background, where the old clothes lay higher on
 * the shoulder: 1 where the body is taken to end at the new clothes.
 *
 * @param inside share of the person
 * @param coverage of the new clothes
 */
export function slivers(scene: Scene, inside: Plane, coverage: Plane): Plane {
  const { width, height } = scene.image;
  const most = Math.max(2, Math.round(LOW * scene.unit));
  const low = createMask(width, height);
  const [, lowest] = scene.trunk.axis(2 * SHOULDERS);
  const end = Math.min(height, Math.round(lowest * scene.zoom - scene.origin[1]));
  for (let x = 0; x < width; x++) {
    // From the top of a run of bare person in this column to its end: background above it, cloth below.
    let top = -1;
    let open = false;
    for (let y = 0; y < end; y++) {
      const i = y * width + x;
      const covered = coverage.data[i] >= 0.5;
      const person = isPerson(scene, inside, i);
      if (covered && open && top >= 0 && y - top <= most) {
        for (let row = top; row < y; row++)
          low.data[row * width + x] = scene.old.data[row * width + x];
      }
      if (!person && !covered) [top, open] = [-1, true];
      else if (covered) [top, open] = [-1, false];
      else if (top < 0 && open) top = y;
    }
  }
  for (let i = 0; i < end * width; i++) {
    if (low.data[i] && scene.trunk.locate(pointAt(scene, i)).down > SHOULDERS) low.data[i] = 0;
  }
  return blur(maskToPlane(low), 0.7);
}

function isPerson(scene: Scene, inside: Plane, i: number): boolean {
  const seen = scene.old.data[i]
    ? inside.data[i]
    : Math.max(inside.data[i], scene.skin.data[i] + scene.face.data[i] + scene.hair.data[i]);
  return seen > 0.3;
}
