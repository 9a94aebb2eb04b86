import type { Plane } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';

/** Colours that a cloth is made of, and which of them each pixel shows. */
export interface ClothKinds {
  readonly count: number;
  /** Number of each pixel's colour; `count` outside the garment. */
  readonly kinds: Uint8Array;
}

const COUNT = 8;
const ROUNDS = 6;
const MOST_SAMPLES = 3000;

/**
 * Sorts the garment's pixels into a few colours (k-means in Lab, started from quantiles of lightness). Where a pattern
 * makes edges everywhere, it is the mixture of these colours that tells the front from the inner back.
 */
export function clothKinds(lab: readonly [Plane, Plane, Plane], matte: Plane): ClothKinds {
  const inside: number[] = [];
  for (let i = 0; i < matte.data.length; i++) if (matte.data[i] > 0.9) inside.push(i);
  const step = Math.max(1, Math.floor(inside.length / MOST_SAMPLES));
  const samples = inside.filter((_, k) => k % step === 0);
  const ordered = samples.toSorted((i, j) => lab[0].data[i] - lab[0].data[j] || i - j);
  const centres = Array.from({ length: COUNT }, (_, k) => {
    const i = ordered[Math.floor(((k + 0.5) / COUNT) * ordered.length)] ?? 0;
    return lab.map((plane) => plane.data[i]);
  });
  for (let round = 0; round < ROUNDS; round++) recentre(centres, lab, samples);
  const kinds = bytes(matte.data.length).fill(COUNT);
  for (const i of inside) kinds[i] = nearest(centres, lab, i);
  return { count: COUNT, kinds };
}

function recentre(
  centres: number[][],
  lab: readonly [Plane, Plane, Plane],
  samples: readonly number[],
): void {
  const sums = centres.map(() => [0, 0, 0, 0]);
  for (const i of samples) {
    const sum = sums[nearest(centres, lab, i)];
    sum[0]++;
    for (let c = 0; c < 3; c++) sum[c + 1] += lab[c].data[i];
  }
  sums.forEach(([count, ...total], k) => {
    if (count > 0) centres[k] = total.map((value) => value / count);
  });
}

function nearest(
  centres: readonly (readonly number[])[],
  lab: readonly [Plane, Plane, Plane],
  i: number,
): number {
  let best = 0;
  let least = Infinity;
  for (let k = 0; k < centres.length; k++) {
    const l = lab[0].data[i] - centres[k][0];
    const a = lab[1].data[i] - centres[k][1];
    const b = lab[2].data[i] - centres[k][2];
    const distance = l * l + a * a + b * b;
    if (distance < least) {
      least = distance;
      best = k;
    }
  }
  return best;
}

/**
 * How differently two heaps of pixels are mixed, 0 (alike) to 1: Jensen-Shannon divergence in bits, less what chance
 * alone would show between heaps of this size.
 */
export function mixtureDistance(first: Float64Array, second: Float64Array): number {
  let n = 0;
  let m = 0;
  for (let k = 0; k < first.length; k++) {
    n += first[k];
    m += second[k];
  }
  if (n === 0 || m === 0) return 0;
  let sum = 0;
  for (let k = 0; k < first.length; k++) {
    const p = first[k] / n;
    const q = second[k] / m;
    const middle = (p + q) / 2;
    if (p > 0) sum += (p * Math.log2(p / middle)) / 2;
    if (q > 0) sum += (q * Math.log2(q / middle)) / 2;
  }
  // Neighbouring pixels repeat each other: about four count as one.
  const chance = (((first.length - 1) / (8 * Math.LN2)) * (1 / n + 1 / m) * 4) / 2;
  return Math.max(0, sum - chance);
}
