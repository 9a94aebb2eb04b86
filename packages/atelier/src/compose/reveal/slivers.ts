import { blur } from '../../pixels/box-filter.ts';
import { createMask, maskToPlane, type Plane } from '../../pixels/image.ts';
import { pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';

/** Invented skin lower than this above the new clothes is none that a neckline opens on; in shoulder widths. */
const LOW = 0.07;
/** Shoulders end above this height of the trunk. */
const SHOULDERS = 0.2;

/** Beside higher skin, such as a neck's, it passes into the strip over this many times that height. */
const PASSING = 2;

/** A run of bare person in a column, between background above it and cloth below. */
interface Run {
  readonly top: number;
  /** Where the cloth begins. */
  readonly end: number;
}

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
  const columns = Array.from({ length: width }, (_, x) => runsIn(scene, inside, coverage, x, end));
  const highest = columns.map((runs) => Math.max(0, ...runs.map((run) => run.end - run.top)));
  const toHigh = distances(highest.map((rise) => rise > most));
  for (const [x, runs] of columns.entries()) {
    const stays = most * Math.max(0, 1 - toHigh[x] / (PASSING * most));
    for (const run of runs) {
      if (run.end - run.top > most) continue;
      for (let y = run.top; y < run.end - stays; y++) {
        low.data[y * width + x] = scene.old.data[y * width + x];
      }
    }
  }
  for (let i = 0; i < end * width; i++) {
    if (low.data[i] && scene.trunk.locate(pointAt(scene, i)).down > SHOULDERS) low.data[i] = 0;
  }
  return blur(maskToPlane(low), 0.7);
}

function runsIn(scene: Scene, inside: Plane, coverage: Plane, x: number, end: number): Run[] {
  const { width } = scene.image;
  const runs: Run[] = [];
  let top = -1;
  let open = false;
  for (let y = 0; y < end; y++) {
    const i = y * width + x;
    const covered = coverage.data[i] >= 0.5;
    if (covered) {
      if (top >= 0) runs.push({ top, end: y });
      [top, open] = [-1, false];
    } else if (!isPerson(scene, inside, i)) [top, open] = [-1, true];
    else if (top < 0 && open) top = y;
  }
  return runs;
}

/** How far each place of a row lies from the nearest that is marked. */
function distances(marked: readonly boolean[]): readonly number[] {
  const away = marked.map((is) => (is ? 0 : Infinity));
  for (let k = 1; k < away.length; k++) away[k] = Math.min(away[k], away[k - 1] + 1);
  for (let k = away.length - 2; k >= 0; k--) away[k] = Math.min(away[k], away[k + 1] + 1);
  return away;
}

function isPerson(scene: Scene, inside: Plane, i: number): boolean {
  const seen = scene.old.data[i]
    ? inside.data[i]
    : Math.max(inside.data[i], scene.skin.data[i] + scene.face.data[i] + scene.hair.data[i]);
  return seen > 0.3;
}
