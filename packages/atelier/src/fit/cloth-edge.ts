import { pathLength, pointAlong } from '../geometry/path.ts';
import { add, normalize, perpendicular, scale, subtract, type Vec } from '../geometry/vector.ts';
import type { Side } from '../perceive/person.ts';
import type { Plane } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { median } from '../pixels/scalar.ts';

/** Places a picture's height: fine enough for the arch of a crotch. */
const PLACES = 140;

/**
 * An edge that landmarks give by a few points, laid on the outline of the cloth itself.
 *
 * @param path from top to bottom
 * @param ends to which side of the picture the cloth ends there
 */
export function onOutline(path: readonly Vec[], cloth: Plane, ends: Side): Vec[] {
  const length = pathLength(path);
  const step = cloth.height / PLACES;
  const count = Math.max(2, Math.round(length / step));
  const places = Array.from({ length: count + 1 }, (_, k) =>
    pointAlong(path, (k / count) * length),
  );
  const aways = places.map((_, k) => {
    const direction = subtract(places[Math.min(count, k + 1)], places[Math.max(0, k - 1)]);
    const left = perpendicular(normalize(direction));
    return ends === 'left' ? left : scale(left, -1);
  });
  const most = 0.03 * cloth.height;
  const offs = places.map((place, k) => edgeFrom(cloth, place, aways[k], most));
  const steady = offs.map((_, k) => median(offs.slice(Math.max(0, k - 1), k + 2)));
  const even = steady.map((_, k) => mean(steady.slice(Math.max(0, k - 2), k + 3)));
  return places.map((place, k) => (k === 0 || k === count ? place : add(place, aways[k], even[k])));
}

/** How far from a place the cloth ends, against the direction where the place lies outside it; 0 where that is further than `most`. */
function edgeFrom(cloth: Plane, place: Vec, away: Vec, most: number): number {
  const share = (run: number): number => {
    const [x, y] = add(place, away, run);
    return sample(cloth, x, y) - 0.5;
  };
  const sign = share(0) >= 0 ? 1 : -1;
  for (let run = 1; run < most; run++) {
    const [before, after] = [share(sign * (run - 1)), share(sign * run)];
    if (after * sign >= 0) continue;
    return sign * (run - 1 + before / (before - after));
  }
  return 0;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
