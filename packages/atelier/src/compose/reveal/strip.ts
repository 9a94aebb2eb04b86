import { add, perpendicular, type Vec } from '../../geometry/vector.ts';
import { floats } from '@toile/memory';

/** One cross-section of a limb: its middle and its reach to both sides of the direction in which the limb runs. */
export interface Section {
  readonly centre: Vec;
  /** Place along the limb: 0 root joint, 1 elbow or knee, 2 wrist or ankle. */
  readonly along: number;
  /** Unit vector from the trunk outwards. */
  readonly direction: Vec;
  /** Whether clothes hide it. */
  readonly hidden: boolean;
  /** Pixels from the middle to the edge, against `perpendicular(direction)`. */
  readonly back: number;
  /** Pixels from the middle to the edge, along `perpendicular(direction)`. */
  readonly front: number;
}

/** A limb drawn as a strip of cross-sections; every array has one entry a pixel of the box. */
export interface Strip {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** -1 at the back edge, 0 in the middle, 1 at the front edge; beyond 2 outside the limb's surroundings. */
  readonly across: Float32Array;
  /** Number of the section, with its fraction. */
  readonly section: Float32Array;
}

/** How far beyond the edges the strip is drawn, so that edges can be softened there. */
const SURROUNDINGS = 1.35;
const OUTSIDE = 9;

/** Draws sections into a picture of the given size. Where the limb folds over itself the place nearer its middle wins. */
export function drawStrip(sections: readonly Section[], width: number, height: number): Strip {
  const corners = sections.map((section) => cornersOf(section));
  const xs = corners.flatMap(([back, front]) => [back[0], front[0]]);
  const ys = corners.flatMap(([back, front]) => [back[1], front[1]]);
  const left = Math.max(0, Math.floor(Math.min(width, ...xs)));
  const top = Math.max(0, Math.floor(Math.min(height, ...ys)));
  const boxWidth = Math.max(0, Math.min(width, Math.ceil(Math.max(...xs)) + 1) - left);
  const boxHeight = Math.max(0, Math.min(height, Math.ceil(Math.max(...ys)) + 1) - top);
  const strip: Strip = {
    left,
    top,
    width: boxWidth,
    height: boxHeight,
    across: floats(boxWidth * boxHeight).fill(OUTSIDE),
    section: floats(boxWidth * boxHeight),
  };
  for (let k = 0; k + 1 < corners.length; k++) {
    const [a, b] = corners[k];
    const [c, d] = corners[k + 1];
    drawTriangle(strip, [a, b, d], [-SURROUNDINGS, SURROUNDINGS, SURROUNDINGS], [k, k, k + 1]);
    drawTriangle(strip, [a, d, c], [-SURROUNDINGS, SURROUNDINGS, -SURROUNDINGS], [k, k + 1, k + 1]);
  }
  return strip;
}

function cornersOf({ centre, direction, back, front }: Section): readonly [Vec, Vec] {
  const across = perpendicular(direction);
  const middle = (front - back) / 2;
  const half = ((front + back) / 2) * SURROUNDINGS;
  return [add(centre, across, middle - half), add(centre, across, middle + half)];
}

type Triple = readonly [number, number, number];

function drawTriangle(
  strip: Strip,
  [p, q, r]: readonly [Vec, Vec, Vec],
  across: Triple,
  section: Triple,
): void {
  const area = (q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]);
  if (Math.abs(area) < 1e-6) return;
  const x0 = Math.max(strip.left, Math.ceil(Math.min(p[0], q[0], r[0])));
  const x1 = Math.min(strip.left + strip.width - 1, Math.floor(Math.max(p[0], q[0], r[0])));
  const y0 = Math.max(strip.top, Math.ceil(Math.min(p[1], q[1], r[1])));
  const y1 = Math.min(strip.top + strip.height - 1, Math.floor(Math.max(p[1], q[1], r[1])));
  const slack = -1e-4;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const second = ((x - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (y - p[1])) / area;
      const third = ((q[0] - p[0]) * (y - p[1]) - (x - p[0]) * (q[1] - p[1])) / area;
      const first = 1 - second - third;
      if (first < slack || second < slack || third < slack) continue;
      const u = across[0] * first + across[1] * second + across[2] * third;
      const at = (y - strip.top) * strip.width + x - strip.left;
      if (Math.abs(u) >= Math.abs(strip.across[at])) continue;
      strip.across[at] = u;
      strip.section[at] = section[0] * first + section[1] * second + section[2] * third;
    }
  }
}

/** Visits the pixels of a strip: index in the picture, index in the strip. */
export function eachStripPixel(
  strip: Strip,
  width: number,
  visit: (at: number, from: number) => void,
): void {
  for (let y = 0; y < strip.height; y++) {
    const row = (strip.top + y) * width + strip.left;
    for (let x = 0; x < strip.width; x++) {
      const from = y * strip.width + x;
      if (strip.across[from] < OUTSIDE) visit(row + x, from);
    }
  }
}
