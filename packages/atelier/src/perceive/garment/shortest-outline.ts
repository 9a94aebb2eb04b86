import type { Mask } from '../../pixels/image.ts';
import { bytes, integers } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';

/** What decides how an outline runs. */
export interface Energy {
  /** Pixels that are not decided. */
  readonly open: readonly number[];
  /** For each of them how much it draws towards the inside (positive) or the outside. */
  readonly pull: readonly number[];
  /** What a pixel's length of outline costs there. */
  readonly edge: (pixel: number) => number;
}

const ROUNDS = 80;
/** Step lengths of the two halves of a round; their product times 8 must not exceed 1. */
const STEP = 0.35;

/**
 * The mask with the open pixels decided so that the outline is as short as its costs allow: the convex form of the
 * two-phase problem (Chan, Esedoğlu and Nikolova, 2006), solved by a primal-dual method (Chambolle and Pock, 2011).
 */
export function shortestOutline(mask: Mask, energy: Energy): Mask {
  const { width, height, data } = mask;
  const { pixels, pull } = withDecided(mask, energy);
  const count = pixels.length;
  const place = integers(width * height).fill(-1);
  for (let k = 0; k < count; k++) place[pixels[k]] = k;
  // Neighbours by their index among the pixels; behind these stand two for all that are decided, outside and inside.
  const toward = (i: number, there: boolean, step: number): number => {
    if (!there) return place[i];
    const k = place[i + step];
    return k >= 0 ? k : count + data[i + step];
  };
  const right = Int32Array.from(pixels, (i) => toward(i, i % width < width - 1, 1));
  const below = Int32Array.from(pixels, (i) => toward(i, i + width < width * height, width));
  const left = Int32Array.from(pixels, (i) => toward(i, i % width > 0, -1));
  const above = Int32Array.from(pixels, (i) => toward(i, i >= width, -width));
  const costs = Float32Array.from(pixels, energy.edge);
  const share = Float32Array.from(pixels, (i) => data[i]);
  const ahead = new Float32Array(count + 2);
  ahead.set(share);
  ahead[count + 1] = 1;
  const across = new Float32Array(count + 2);
  const down = new Float32Array(count + 2);
  for (let round = 0; round < ROUNDS; round++) {
    for (let k = 0; k < count; k++) {
      const x = across[k] + STEP * (ahead[right[k]] - ahead[k]);
      const y = down[k] + STEP * (ahead[below[k]] - ahead[k]);
      const square = x * x + y * y;
      const within = square > costs[k] * costs[k] ? costs[k] / Math.sqrt(square) : 1;
      across[k] = x * within;
      down[k] = y * within;
    }
    for (let k = 0; k < count; k++) {
      const divergence = across[k] - across[left[k]] + down[k] - down[above[k]];
      const next = clamp(share[k] + STEP * (divergence + pull[k]), 0, 1);
      ahead[k] = 2 * next - share[k];
      share[k] = next;
    }
  }
  const result = Uint8Array.from(data);
  for (let k = 0; k < count; k++) result[pixels[k]] = share[k] > 0.5 ? 1 : 0;
  return { width, height, data: result };
}

/** Draws a decided pixel to where it is, whatever its neighbours want. */
const DECIDED = 1e3;

/** The open pixels, and the decided ones to the left and above, between which and them the outline may run as well. */
function withDecided(
  { width, height, data }: Mask,
  { open, pull }: Energy,
): { readonly pixels: Int32Array; readonly pull: Float32Array } {
  const known = bytes(width * height);
  for (const i of open) known[i] = 1;
  const rim: number[] = [];
  for (const i of open) {
    for (const [near, there] of [
      [i - 1, i % width > 0],
      [i - width, i >= width],
    ] as const) {
      if (!there || known[near]) continue;
      known[near] = 1;
      rim.push(near);
    }
  }
  const pixels = Int32Array.from([...open, ...rim]);
  const decided = rim.map((i) => (data[i] ? DECIDED : -DECIDED));
  return { pixels, pull: Float32Array.from([...pull, ...decided]) };
}
