import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp, smoothstep } from '../../pixels/scalar.ts';
import type { Side } from '../person.ts';
import { resample } from './contour.ts';
import { colourStep, type NeckWindow, openNeckWindow } from './neck-window.ts';
import type { Upright } from './upright.ts';

/** What trousers and shorts are known by before their legs are parted, upright. */
export interface LegView {
  readonly lab: readonly [Plane, Plane, Plane];
  readonly matte: Plane;
  readonly frame: Upright;
  /** Height of the waist's middle. */
  readonly waistY: number;
  /** Widest place between waist and thighs. */
  readonly hips: number;
  /** Top of the gap that is seen between the legs; at the hem where none is. */
  readonly gap: Vec;
  /** Whether the gap is a gap, and not the hem. */
  readonly parted: boolean;
  /** The legs' inner edges where they are apart, from the gap's top down. */
  readonly edges: Readonly<Record<Side, readonly Vec[]>>;
}

export interface Fork {
  readonly crotch: Vec;
  /** From the crotch down to the gap's top: where legs touch or overlap. Only the crotch where they are apart. */
  readonly seam: readonly Vec[];
  readonly confidence: number;
}

/** Rise (waist to crotch) over the width of the hips, laid flat: low jeans .45, usual .58, dropped crotches .8. */
const USUAL_RISE = 0.58;
const LOWEST_RISE = 0.85;
const HIGHEST_RISE = 0.4;

/**
 * Where the legs part. A gap that begins where a crotch can be is taken as it is; where legs touch or overlap further
 * down, the line between them is followed up from the gap or the hem to where it fades or the usual rise has it.
 */
export function findFork(view: LegView): Fork {
  const { waistY, hips, gap, parted } = view;
  const rise = (gap[1] - waistY) / hips;
  if (parted && rise < LOWEST_RISE) {
    const crotch = meeting(view);
    return { crotch, seam: [crotch, gap], confidence: smoothstep(0.15, 0.4, rise) };
  }
  const from = waistY + HIGHEST_RISE * hips;
  const line = middleLine(view, from, gap[1]);
  const index = fadingOut(line, (y) => (y - waistY) / hips);
  const path = line.points.slice(index);
  return {
    crotch: path[0],
    seam: path.length > 2 ? resample(path, 12) : [path[0], gap],
    confidence: 0.55,
  };
}

/** Predicted width of the gap at its top, over the hips, up to which it is a slit that closed before it ended. */
const SLIT = 0.035;

/** A narrow gap closes in the picture before it ends: the crotch is where the inner edges of the legs would meet. */
function meeting({ gap, hips, edges }: LegView): Vec {
  const fit = (edge: readonly Vec[]): readonly [offset: number, slope: number] => {
    const near = edge.filter(([, y]) => y > gap[1] + 0.04 * hips && y < gap[1] + 0.3 * hips);
    const n = Math.max(1, near.length);
    const meanX = near.reduce((sum, [x]) => sum + x, 0) / n;
    const meanY = near.reduce((sum, [, y]) => sum + y, 0) / n;
    const along = near.reduce((sum, [, y]) => sum + (y - meanY) ** 2, 0);
    const across = near.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
    const slope = across / (along || 1);
    return [meanX + slope * (gap[1] - meanY), slope];
  };
  const [left, leftSlope] = fit(edges.left);
  const [right, rightSlope] = fit(edges.right);
  const width = right - left;
  const opening = rightSlope - leftSlope;
  if (width <= 0 || width > SLIT * hips || opening <= 0.01) return gap;
  const up = Math.min(width / opening, 0.25 * hips);
  return [left - leftSlope * up, gap[1] - up];
}

/** How much more of a line runs down the middle than beside it: about 1 for a skirt, 2 and more between two legs. */
export function middleContrast(view: LegView): number {
  const from = view.gap[1] - 0.5 * (view.gap[1] - view.waistY);
  const strength = (shift: number): number => {
    const { strengths } = middleLine(view, from, view.gap[1] - 4, shift);
    return strengths.reduce((a, b) => a + b, 0) / Math.max(1, strengths.length);
  };
  const beside = Math.max(strength(-0.3), strength(0.3));
  return strength(0) / (beside + 0.8);
}

interface Line {
  readonly points: readonly Vec[];
  readonly strengths: readonly number[];
}

const HALF_WIDTH = 0.1;
const STRENGTH_CAP = 10;

/** The strongest line from `from` to `to` (upright heights) near the gap's top, or `shift` hips beside it; top first. */
function middleLine(view: LegView, from: number, to: number, shift = 0): Line {
  const { hips, gap } = view;
  const reach = Math.max(4, Math.round(HALF_WIDTH * hips));
  const centre = (shift === 0 ? gap[0] : 0) + shift * hips;
  const window = openNeckWindow(view.lab, view.matte, view.frame, {
    from: [centre - reach - 3, from],
    to: [centre + reach + 3, Math.max(to, from + 4)],
  });
  const columns = 2 * reach + 1;
  const rows = window.matte.height;
  const totals = new Float64Array(rows * columns);
  const sources = new Int16Array(rows * columns);
  const own = new Float64Array(rows * columns);
  for (let row = rows - 1; row >= 0; row--) {
    for (let k = 0; k < columns; k++) {
      const at = row * columns + k;
      own[at] = Math.min(STRENGTH_CAP, sideStep(window, row, k + 3));
      let most = row === rows - 1 ? -0.3 * Math.abs(k - reach) * (view.parted ? 1 : 0) : -Infinity;
      let source = k;
      if (row < rows - 1) {
        for (let j = Math.max(0, k - 1); j <= Math.min(columns - 1, k + 1); j++) {
          const total = totals[at + columns + j - k] - 0.35 * Math.abs(j - k);
          if (total > most) {
            most = total;
            source = j;
          }
        }
      }
      totals[at] = most + own[at];
      sources[at] = source;
    }
  }
  let k = 0;
  for (let j = 1; j < columns; j++) if (totals[j] > totals[k]) k = j;
  const points: Vec[] = [];
  const strengths: number[] = [];
  for (let row = 0; row < rows; row++) {
    points.push([window.origin[0] + k + 3, window.origin[1] + row]);
    strengths.push(own[row * columns + k]);
    k = sources[row * columns + k];
  }
  return { points, strengths };
}

/** Colour step across a pixel, over two widths: thin seams and soft folds. */
function sideStep(window: NeckWindow, row: number, column: number): number {
  const at = row * window.matte.width + column;
  const seam = colourStep(window, at - 1, at + 1);
  const ridge = (colourStep(window, at, at - 3) + colourStep(window, at, at + 3)) / 2;
  return Math.max(seam, ridge);
}

/** Index of the row from which downward a line is stronger than above, weighed with how usual the rise would be. */
function fadingOut({ points, strengths }: Line, riseAt: (y: number) => number): number {
  const sums = [0];
  for (const strength of strengths) sums.push(sums[sums.length - 1] + strength);
  const mean = (from: number, to: number): number =>
    to <= from ? 0 : (sums[to] - sums[from]) / (to - from);
  let best = 0;
  let most = -Infinity;
  points.forEach(([, y], i) => {
    const rise = riseAt(y);
    if (rise > LOWEST_RISE) return;
    const span = Math.round(0.25 * points.length);
    const apart = mean(i, Math.min(strengths.length, i + span)) - mean(Math.max(0, i - span), i);
    const usual = -0.5 * ((rise - USUAL_RISE) / 0.08) ** 2;
    const value = usual + 0.35 * clamp(apart, -3, 3);
    if (value > most) {
      most = value;
      best = i;
    }
  });
  return best;
}
