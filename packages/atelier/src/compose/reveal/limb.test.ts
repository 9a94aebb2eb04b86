import { describe, expect, it } from 'vitest';
import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { type HiddenLimb, outlineLimb, type Profile } from './limb.ts';
import type { Section } from './strip.ts';

const WIDTH = 200;
const HEIGHT = 460;
const UNIT = 200;
const USUAL: Profile = [
  [0, 0.12],
  [2, 0.09],
];

/** A plane of what is inside between two edges from a height down. */
function column(from: number, to: number, top: (x: number) => number): Plane {
  const plane = createPlane(WIDTH, HEIGHT);
  plane.data.forEach((_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    if (x >= from && x < to && y >= top(x)) plane.data[i] = 1;
  });
  return plane;
}

/** An arm that hangs straight down at x = 100, of which skin shows below a cuff. */
function sections(skin: Plane): Section[] {
  const joints: HiddenLimb['joints'] = [
    [100, 20],
    [100, 200],
    [100, 380],
    [100, 420],
  ];
  return outlineLimb({
    joints,
    profile: { back: USUAL, front: USUAL },
    outer: 'back',
    hang: [
      [0, 0],
      [2, 0],
    ],
    unit: UNIT,
    skin,
    silhouette: column(40, 160, () => 0),
  });
}

/** Left and right edge of the drawn arm at a height. */
function edgesAt(all: readonly Section[], y: number): Vec {
  const nearest = all.reduce((a, b) =>
    Math.abs(b.centre[1] - y) < Math.abs(a.centre[1] - y) ? b : a,
  );
  const [first, second] = [nearest.centre[0] - nearest.front, nearest.centre[0] + nearest.back];
  return [Math.min(first, second), Math.max(first, second)];
}

describe('an arm that a sleeve bares', () => {
  it('meets the forearm that shows below a slanting cuff with both edges', () => {
    const slanting = column(80, 130, (x) => 260 + 0.8 * (x - 80));
    const [left, right] = edgesAt(sections(slanting), 250);
    expect(Math.abs(left - 80)).toBeLessThan(10);
    expect(Math.abs(right - 130)).toBeLessThan(10);
  });

  it('meets a forearm that lies beside the line of its joints', () => {
    const beside = column(106, 150, () => 270);
    const [left, right] = edgesAt(sections(beside), 262);
    expect(Math.abs(left - 106)).toBeLessThan(8);
    expect(Math.abs(right - 150)).toBeLessThan(8);
  });

  it('has usual widths where nothing of it shows', () => {
    const [left, right] = edgesAt(sections(createPlane(WIDTH, HEIGHT)), 200);
    expect(right - left).toBeGreaterThan(34);
    expect(right - left).toBeLessThan(46);
  });
});
