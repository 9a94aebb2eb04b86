import { expect, it } from 'vitest';
import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import type { TopLandmarks } from '../garment.ts';
import { closeShoulders } from './close-shoulders.ts';

const SIDE = 300;
/** Rows of the shoulders' line at its inner and outer end. */
const [INNER, OUTER] = [40, 60];

function filled(value: (x: number, y: number) => number): Plane {
  const plane = createPlane(SIDE, SIDE);
  for (let i = 0; i < plane.data.length; i++) {
    plane.data[i] = value(i % SIDE, Math.floor(i / SIDE));
  }
  return plane;
}

/** Row of the straight shoulder at a column: from the neck at 120 and 180 outwards. */
const shoulderAt = (x: number): number =>
  INNER + ((OUTER - INNER) * Math.max(0, Math.abs(x + 0.5 - 150) - 30)) / 60;

/** A garment of which a stripe at the right shoulder, 4 rows high, has gone into the backdrop. */
const hollow = (x: number, y: number): boolean =>
  x > 210 && x < 236 && y >= Math.floor(shoulderAt(x)) && y < shoulderAt(x) + 4;
const matte = filled((x, y) => {
  const inside = Math.abs(x + 0.5 - 150) < 90 && y >= shoulderAt(x);
  return inside && y < 280 && !hollow(x, y) ? 1 : 0;
});

const sideOf = (sign: number): TopLandmarks['left'] => ({
  neckPoint: [150 + sign * 30, INNER],
  shoulderTip: [150 + sign * 90, OUTER],
  armpit: [150 + sign * 90, 120],
  edge: [],
  sleeve: null,
});
const hem: readonly Vec[] = [
  [60, 280],
  [240, 280],
];
const landmarks: TopLandmarks = {
  left: sideOf(-1),
  right: sideOf(1),
  neckline: { curve: [], shape: 'round', depth: 0, confidence: 1 },
  waist: null,
  hem,
  centreX: 150,
  confidence: 1,
};

/** A light backdrop; cloth striped by rows, every second stripe of the given lightness. */
function labOf(stripe: number): readonly [Plane, Plane, Plane] {
  const lightness = filled((x, y) => {
    if (matte.data[y * SIDE + x] < 0.5) return 96;
    return Math.floor(y / 6) % 2 === 0 ? stripe : 20;
  });
  return [lightness, filled(() => 0), filled(() => 0)];
}

const missing = (plane: Plane): number => {
  let count = 0;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (hollow(x, y) && y > shoulderAt(x) + 1 && plane.data[y * SIDE + x] < 0.9) count++;
    }
  }
  return count;
};

it('closes a shoulder whose white stripe is lost on a white backdrop, and nothing else', () => {
  const closed = closeShoulders(matte, landmarks, labOf(97));
  expect(missing(matte)).toBeGreaterThan(50);
  expect(missing(closed)).toBe(0);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = y * SIDE + x;
      if (y < shoulderAt(x) - 1 || y > shoulderAt(x) + 5) {
        expect(closed.data[at]).toBe(matte.data[at]);
      }
    }
  }
});

it('keeps the hollow of a garment that is nowhere like the backdrop', () => {
  expect(missing(closeShoulders(matte, landmarks, labOf(45)))).toBe(missing(matte));
});
