import { boxMean } from '../../pixels/box-filter.ts';
import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { floats } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';
import { reduceBlocks } from '../../pixels/soften.ts';
import type { Backdrop } from './backdrop.ts';
import { edgeDistance } from './edge-distance.ts';
import { shortestOutline } from './shortest-outline.ts';

/** How far the outline may move in a round, as a share of the longer side. */
const BAND = 1 / 200;
const ROUNDS = 2;
/** How far around a pixel cloth and backdrop are compared, as a share of the longer side. */
const AROUND = 1 / 64;
/** A relief of this much halves what the outline costs, against its length. */
const PLAIN = 2;
/** On no edge does the outline cost less: stripes and prints have plain edges as well. */
const LEAST_COST = 0.25;
/** Weight of a pixel's colour against the outline's length, and of its having been in the mask. */
const COLOUR = 0.35;
const BEFORE = 0.12;
/** The same of having been backdrop: that was reached from outside, as narrow slits are. */
const OUTSIDE_BEFORE = 0.25;
const MOST_TELLING = 2;
const SURE = 1.5;

/**
 * Lays the outline of a mask anew near where it is: along plain edges of the picture, through places where cloth and
 * backdrop look different, and by the shortest way where nothing tells them apart. What `tidied` has added to `raw` is
 * open as well, however far from the outline it reaches.
 */
export function settleOutline(tidied: Mask, raw: Mask, backdrop: Backdrop, relief: Plane): Mask {
  const longer = Math.max(tidied.width, tidied.height);
  const reach = Math.max(2, longer * BAND);
  let mask = tidied;
  for (let round = 0; round < ROUNDS; round++) {
    const depth = edgeDistance(mask, reach).data;
    const telling = tellingColours(mask, depth, reach, backdrop, longer * AROUND);
    const open: number[] = [];
    const pull: number[] = [];
    for (let i = 0; i < depth.length; i++) {
      const agreed = tidied.data[i] === raw.data[i];
      if (Math.abs(depth[i]) > reach && agreed) continue;
      // A shadow may look like the cloth: no colour makes cloth of what was backdrop before. On the edge itself both mix.
      const seen = agreed && Math.abs(depth[i]) <= 1 ? 0 : telling(i);
      const colour = raw.data[i] ? seen : Math.min(0, seen);
      // What is where its colours say beyond doubt stays there.
      if ((mask.data[i] ? colour : -colour) >= SURE) continue;
      open.push(i);
      pull.push((tidied.data[i] ? BEFORE : -OUTSIDE_BEFORE) + COLOUR * colour);
    }
    mask = shortestOutline(mask, {
      open,
      pull,
      edge: (i) => Math.max(LEAST_COST, 1 / (1 + (relief.data[i] / PLAIN) ** 2)),
    });
  }
  return mask;
}

/** Colour distances (CIE76) that part what is like the backdrop, its grain included, from tints and other colours. */
const BOUNDS = [3, 7, 16];
/** Where more of the cloth than this is like the backdrop, being like it, or nearly so, says nothing. */
const ALIKE = 0.08;
const PLAINLY_ANOTHER = 2;
/** Shares below this are chance. */
const LEAST_SHARE = 0.03;
/** Pictures larger than this are compared in blocks of two pixels a side. */
const FINE = 700;
/** What lies around is counted in cells of so many blocks a side. */
const CELL = 2;
const BINS = BOUNDS.length + 1;

/**
 * How much more likely a pixel's distance from the backdrop's colour is in the cloth around it than in the backdrop
 * around it, as a logarithm: 0 where both look alike, as white cloth on white does.
 */
function tellingColours(
  mask: Mask,
  depth: Float32Array,
  reach: number,
  { difference }: Backdrop,
  around: number,
): (pixel: number) => number {
  const block = Math.max(mask.width, mask.height) > FINE ? 2 : 1;
  const off = reduceBlocks(difference, block);
  const { width, height } = off;
  const bins = Uint8Array.from(off.data, binOf);
  const sides = new Int8Array(bins.length);
  const columns = Math.ceil(width / CELL);
  const cellAt = (column: number, row: number): number =>
    Math.floor(row / CELL) * columns + Math.floor(column / CELL);
  const counted = (): Plane[] =>
    Array.from({ length: BINS }, () => createPlane(columns, Math.ceil(height / CELL)));
  const [clothCounts, bareCounts] = [counted(), counted()];
  for (let row = 0, k = 0; row < height; row++) {
    const line = Math.min(mask.height - 1, block * row + block - 1) * mask.width;
    for (let column = 0; column < width; column++, k++) {
      const deep = depth[line + Math.min(mask.width - 1, block * column + block - 1)];
      // What lies just within the outline may yet turn out to be backdrop.
      const side = deep > 0.8 * reach ? CLOTH : deep < -1.5 ? BARE : 0;
      sides[k] = side;
      if (side === 0) continue;
      const counts = side === CLOTH ? clothCounts : bareCounts;
      counts[bins[k]].data[cellAt(column, row)]++;
    }
  }
  const radius = Math.max(1, Math.round(around / (block * CELL)));
  const wide = (planes: readonly Plane[]): Float32Array[] =>
    planes.map((plane) => boxMean(plane, radius).data);
  const [inCloth, inBare] = [wide(clothCounts), wide(bareCounts)];
  const [cloth, bare] = [total(inCloth), total(inBare)];
  const anywhere = alikeAltogether(sides, bins);
  const tellingAt = (cell: number, bin: number): number => {
    const [own, other] = [cloth[cell], bare[cell]];
    if (own < LEAST_COUNT || other < LEAST_COUNT) return 0;
    const alike = anywhere || inCloth[0][cell] > ALIKE * own;
    if (alike && bin < PLAINLY_ANOTHER) return 0;
    const ratio =
      (inCloth[bin][cell] / own + LEAST_SHARE) / (inBare[bin][cell] / other + LEAST_SHARE);
    return clamp(Math.log(ratio), -MOST_TELLING, MOST_TELLING);
  };
  return (pixel) => {
    const x = pixel % mask.width;
    const column = Math.floor(x / block);
    const row = Math.floor((pixel - x) / mask.width / block);
    return tellingAt(cellAt(column, row), bins[row * width + column]);
  };
}

/** Blocks a cell that must show cloth, and backdrop, on average for their colours to be compared. */
const LEAST_COUNT = 0.01 * CELL * CELL;

function total(parts: readonly Float32Array[]): Float32Array {
  const result = floats(parts[0].length);
  for (const part of parts) for (let i = 0; i < result.length; i++) result[i] += part[i];
  return result;
}

/** Whether cloth somewhere has the backdrop's colour, so that it may have it anywhere, as stripes do. */
function alikeAltogether(sides: Int8Array, bins: Uint8Array): boolean {
  let cloth = 0;
  let alike = 0;
  for (let k = 0; k < sides.length; k++) {
    if (sides[k] !== CLOTH) continue;
    cloth++;
    if (bins[k] === 0) alike++;
  }
  return alike > ALIKE * cloth;
}

const CLOTH = 1;
const BARE = -1;

function binOf(value: number): number {
  let bin = 0;
  while (bin < BOUNDS.length && value >= BOUNDS[bin]) bin++;
  return bin;
}
