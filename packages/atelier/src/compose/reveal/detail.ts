import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { quantile } from '../../pixels/scalar.ts';
import { shrinkRim, soften } from '../../pixels/soften.ts';
import type { Scene } from '../scene.ts';

/** The photo's fine detail everywhere, as change of log luminance: pores, grain, noise. */
export function fineDetail(scene: Scene): Plane {
  const { width, height } = scene.image;
  const luma = createPlane(width, height);
  const [red, green, blue] = scene.colours;
  for (let i = 0; i < luma.data.length; i++) {
    const value = 0.299 * red.data[i] + 0.587 * green.data[i] + 0.114 * blue.data[i];
    luma.data[i] = Math.log(Math.max(0.03, value));
  }
  const smooth = soften(luma, Math.max(1.5, 0.035 * scene.unit));
  for (let i = 0; i < luma.data.length; i++) luma.data[i] -= smooth.data[i];
  return luma;
}

/**
 * Fine detail like that of the pixels seen, laid over `where`: patches chosen at random and blended so that their
 * strength, unlike in an average, is kept (after Heitz and Neyret, "High-performance by-example noise", 2018).
 */
export function detailLike(
  scene: Scene,
  fine: Plane,
  seen: Mask,
  where: Mask,
  random: () => number,
): Plane {
  const sides = [0.075, 0.04, 0].map((share) => Math.max(4, Math.round(share * scene.unit)));
  let patches: Patches | undefined;
  for (const half of sides) patches ??= choosePatches(fine, seen, half);
  return patches ? layPatches(fine, patches, where, random) : createPlane(fine.width, fine.height);
}

interface Patches {
  readonly half: number;
  /** Indices of the pixels in their middles. */
  readonly middles: readonly number[];
}

/** Root mean square, in log luminance, above which a square shows folds, fingers or shade rather than pores. */
const STRONGEST = 0.014;

/** Squares of plain skin; those with edges, moles or jewellery differ from the others by their energy. */
function choosePatches(fine: Plane, seen: Mask, half: number): Patches | undefined {
  const { width, height } = fine;
  const sure = shrinkRim(seen, half + 2);
  const found: { middle: number; energy: number }[] = [];
  const step = Math.max(2, Math.round(half / 2));
  for (let y = half; y < height - half; y += step) {
    for (let x = half; x < width - half; x += step) {
      const middle = y * width + x;
      if (sure.data[middle]) found.push({ middle, energy: energyAt(fine, x, y, half) });
    }
  }
  if (found.length < 4) return undefined;
  const energies = found.map((patch) => patch.energy);
  const most = Math.min(1.6 * quantile(energies, 0.4) + 1e-7, STRONGEST ** 2);
  const middles = found.filter((patch) => patch.energy <= most).map((patch) => patch.middle);
  return middles.length >= 4 ? { half, middles } : undefined;
}

function energyAt(fine: Plane, x: number, y: number, half: number): number {
  let sum = 0;
  for (let dy = -half; dy < half; dy++) {
    for (let dx = -half; dx < half; dx++) {
      const value = fine.data[(y + dy) * fine.width + x + dx];
      sum += value * value;
    }
  }
  return sum / (4 * half * half);
}

function layPatches(fine: Plane, patches: Patches, where: Mask, random: () => number): Plane {
  const { width, height } = fine;
  const { half, middles } = patches;
  const result = createPlane(width, height);
  const squares = createPlane(width, height);
  // Squared, these windows of neighbouring patches sum to one.
  const window = Float32Array.from({ length: 2 * half }, (_, k) =>
    Math.sin((Math.PI * (k + 0.5)) / (2 * half)),
  );
  for (let y = 0; y < height + half; y += half) {
    for (let x = 0; x < width + half; x += half) {
      const middle = middles[Math.floor(random() * middles.length)];
      const turned = random() < 0.5 ? -1 : 1;
      if (!touches(where, x, y, half)) continue;
      for (let dy = -half; dy < half; dy++) {
        const row = y + dy;
        if (row < 0 || row >= height) continue;
        for (let dx = -half; dx < half; dx++) {
          const column = x + dx;
          if (column < 0 || column >= width) continue;
          const weight = window[dy + half] * window[dx + half];
          const at = row * width + column;
          const from = middle + dy * width + (turned < 0 ? -1 - dx : dx);
          result.data[at] += weight * fine.data[from];
          squares.data[at] += weight * weight;
        }
      }
    }
  }
  for (let i = 0; i < result.data.length; i++) {
    if (squares.data[i] > 0) result.data[i] /= Math.sqrt(squares.data[i]);
  }
  return result;
}

function touches(where: Mask, x: number, y: number, half: number): boolean {
  const { width, height, data } = where;
  for (let row = Math.max(0, y - half); row < Math.min(height, y + half); row += 2) {
    for (let column = Math.max(0, x - half); column < Math.min(width, x + half); column += 2) {
      if (data[row * width + column]) return true;
    }
  }
  return false;
}
