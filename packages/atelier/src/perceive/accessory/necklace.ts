import type { Vec } from '../../geometry/vector.ts';
import type { Mask } from '../../pixels/image.ts';
import { median } from '../../pixels/scalar.ts';
import type { NecklaceForm } from './form.ts';
import { type Box, boxOf } from './shape.ts';

/** Directions in which the loop is looked for from its inside. */
const RAYS = 180;
/** Share of all directions that a closed loop crosses, and that an open one crosses at least. */
const CLOSED = 0.95;
const OPEN = 0.6;
/** Thickness of a string over the loop's size above which it is none. */
const THICKEST = 0.16;
/** Half the width of what hangs from it, over the loop's, above which it is no pendant. */
const WIDEST_PENDANT = 0.3;

interface Crossing {
  readonly near: number;
  /** End of the first covered stretch. */
  readonly far: number;
}

/** A thin loop, closed or open at the top, with or without something that hangs from it; null for anything else. */
export function readNecklace(mask: Mask): NecklaceForm | null {
  const box = boxOf(mask);
  if (!box) return null;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (width < 0.35 * height || width > 2.2 * height) return null;
  const centre: Vec = [(box.left + box.right) / 2, box.top + 0.38 * height];
  const crossings = Array.from({ length: RAYS }, (_, k) => cross(mask, centre, directionOf(k)));
  const found = crossings.filter((crossing) => crossing !== null);
  if (found.length < OPEN * RAYS) return null;
  const closed = found.length >= CLOSED * RAYS;
  if (!closed && !opensAbove(crossings)) return null;
  const thickness = median(found.map(({ near, far }) => far - near));
  if (thickness > THICKEST * Math.min(width, height)) return null;
  const string = smooth(
    crossings.flatMap((crossing, k): Vec[] => {
      if (!crossing) return [];
      const { near, far } = crossing;
      const middle = near + Math.min(far - near, 1.6 * thickness) / 2;
      const [dx, dy] = directionOf(k);
      return [[centre[0] + dx * middle, centre[1] + dy * middle]];
    }),
  );
  const lowest = string.reduce((best, [, y], k) => (y > string[best][1] ? k : best), 0);
  const pendant = pendantBelow(mask, box, string[lowest], thickness);
  if (pendant && pendant.halfWidth > WIDEST_PENDANT * width) return null;
  return {
    what: 'necklace',
    string,
    lowest,
    closed,
    halfWidth: thickness / 2,
    pendant,
  };
}

/** Unit vector of a ray: from upwards, counterclockwise on the screen. */
function directionOf(k: number): Vec {
  const angle = ((k + 0.5) / RAYS) * 2 * Math.PI;
  return [-Math.sin(angle), -Math.cos(angle)];
}

function cross(mask: Mask, [cx, cy]: Vec, [dx, dy]: Vec): Crossing | null {
  const { width, height, data } = mask;
  let near = -1;
  for (let r = 0; ; r += 0.5) {
    const x = Math.round(cx + dx * r);
    const y = Math.round(cy + dy * r);
    if (x < 0 || y < 0 || x >= width || y >= height) return near < 0 ? null : { near, far: r };
    const inside = data[y * width + x] === 1;
    if (inside && near < 0) near = r;
    // A gap between two links is no end.
    if (!inside && near >= 0 && !ahead(mask, [cx, cy], [dx, dy], r)) return { near, far: r };
  }
}

function ahead({ width, height, data }: Mask, [cx, cy]: Vec, [dx, dy]: Vec, from: number): boolean {
  for (let r = from; r < from + 3; r++) {
    const x = Math.round(cx + dx * r);
    const y = Math.round(cy + dy * r);
    if (x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]) return true;
  }
  return false;
}

/** Whether most rays that cross nothing lie together around the top. */
function opensAbove(crossings: readonly (Crossing | null)[]): boolean {
  const misses = crossings.flatMap((crossing, k) => (crossing ? [] : [k]));
  const above = misses.filter((k) => k < 0.25 * RAYS || k > 0.75 * RAYS);
  return above.length > 0.9 * misses.length;
}

/** A running median of five over both coordinates, then a mean of three; the ends stay. */
function smooth(path: readonly Vec[]): Vec[] {
  const of = (values: readonly Vec[], pick: (list: readonly number[]) => number): Vec => [
    pick(values.map(([x]) => x)),
    pick(values.map(([, y]) => y)),
  ];
  const calm = path.map((point, k) =>
    k < 2 || k > path.length - 3 ? point : of(path.slice(k - 2, k + 3), median),
  );
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  return calm.map((point, k) =>
    k < 1 || k > calm.length - 2 ? point : of(calm.slice(k - 1, k + 2), mean),
  );
}

/** What hangs more than twice the string's thickness below its lowest point. */
function pendantBelow(
  { width, data }: Mask,
  box: Box,
  lowest: Vec,
  thickness: number,
): NecklaceForm['pendant'] {
  const from = Math.round(lowest[1] + thickness);
  if (box.bottom - from < 2 * thickness) return null;
  let [left, right] = [Infinity, -Infinity];
  for (let y = from; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if (!data[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  const halfWidth = Math.max(lowest[0] - left, right - lowest[0]);
  return { bottom: [(left + right) / 2, box.bottom - 1], halfWidth };
}
