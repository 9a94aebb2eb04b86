import type { Vec } from '../../geometry/vector.ts';
import type { Mask } from '../../pixels/image.ts';
import type { Side } from '../person.ts';
import type { HatForm } from './form.ts';
import { type Box, boxOf, mirrored, type Run, runsOf } from './shape.ts';

export type HatReading =
  | { readonly form: HatForm }
  | { readonly askew: 'from the side' | 'from above' };

/** Breadth over height of hats. */
const BROADEST = 4;
const NARROWEST = 0.7;
/** Overlap with the own mirror image below which a hat is seen from aside. */
const STRAIGHT = 0.9;
/** Greatest width over the crown's from which there is a brim. */
const BRIM = 1.3;
/** How far the lower edge's middle may lie below the brim's ends, over the brim's breadth: more is a look from above. */
const DEEPEST = 0.2;
/** How far the lower edge's middle lies above its ends under a visor. */
const VISOR = 0.025;

/** A dome over a level rim; null for what is no hat. */
export function readHat(mask: Mask): HatReading | null {
  const box = boxOf(mask);
  if (!box) return null;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (width > BROADEST * height || width < NARROWEST * height) return null;
  const rows = Array.from({ length: height }, (_, k) => outerRun(mask, box.top + k));
  if (!isDome(rows)) return null;
  if (mirrored(mask, box) < STRAIGHT) return { askew: 'from the side' };
  const widths = rows.map(({ from, to }) => to - from);
  const widest = widths.indexOf(Math.max(...widths));
  const middle = Math.round((box.left + box.right) / 2);
  const front: Vec = [middle, lowestOf(mask, middle, box)];
  const crown = crownWidth(widths);
  const ends = endsOf(rows[widest], box.top + widest);
  const top: Vec = [middle, box.top];
  if (width > BRIM * crown) {
    if ((front[1] - ends.left[1]) / width > DEEPEST) return { askew: 'from above' };
    const at = bandRow(widths, crown);
    const band = endsOf(rows[at], box.top + at);
    return { form: { what: 'hat', rim: 'brim', top, band, ends, front } };
  }
  const corners = cornerHeight(mask, box);
  const rise = (corners - front[1]) / width;
  return {
    form: { what: 'hat', rim: rise > VISOR ? 'visor' : 'edge', top, band: ends, ends, front },
  };
}

function outerRun(mask: Mask, y: number): Run {
  const runs = runsOf(mask, y, mask.width);
  return runs[0] ?? { from: 0, to: 0 };
}

const endsOf = ({ from, to }: Run, y: number): Record<Side, Vec> => ({
  left: [from, y],
  right: [to - 1, y],
});

/** Narrow on top, never much narrower further down until the widest place, and that in the lower half. */
function isDome(rows: readonly Run[]): boolean {
  const widths = rows.map(({ from, to }) => to - from);
  const most = Math.max(...widths);
  const at = (share: number): number => widths[Math.floor(share * (widths.length - 1))];
  if (at(0.01) > 0.7 * most) return false;
  for (let share = 0.1; share < 0.5; share += 0.1) {
    if (at(share + 0.1) < 0.93 * at(share)) return false;
  }
  return widths.indexOf(most) > 0.4 * widths.length;
}

/** Width of the crown at about its middle. */
function crownWidth(widths: readonly number[]): number {
  const part = widths
    .slice(Math.floor(0.25 * widths.length), Math.floor(0.55 * widths.length))
    .toSorted((a, b) => a - b);
  return part[Math.floor(part.length / 2)] ?? 1;
}

/** The lowest row of the crown before the brim sets out. */
function bandRow(widths: readonly number[], crown: number): number {
  const brim = widths.findIndex((width, k) => k > 0.3 * widths.length && width > 1.22 * crown);
  return Math.max(0, brim - 2);
}

function lowestOf({ width, data }: Mask, x: number, box: Box): number {
  for (let y = box.bottom - 1; y > box.top; y--) if (data[y * width + x]) return y;
  return box.bottom - 1;
}

/** Mean height of the lower edge near its two ends. */
function cornerHeight(mask: Mask, box: Box): number {
  const width = box.right - box.left;
  const at = (share: number): number => lowestOf(mask, Math.round(box.left + share * width), box);
  return (at(0.1) + at(0.9)) / 2;
}
