import { mix } from '../../geometry/vector.ts';
import { labOf } from '../../pixels/colour.ts';
import { median } from '../../pixels/scalar.ts';
import type { PersonReading } from '../person.ts';

/** What the wearer's cloth looks like below the waist, and whether it is that of the chest. */
export interface DressEvidence {
  /** Whether chest and skirt are of the same cloth and no legs are clothed one by one. */
  readonly dress: boolean;
  /** Whether legs are clothed one by one. */
  readonly legs: boolean;
  /** Whether skin parts what covers the chest from what covers the hips. */
  readonly bareWaist: boolean;
}

/** Share of the colours that chest and skirt have in common from which they are one cloth. */
const ONE_CLOTH = 0.3;
/** Less than this below the hips, in trunk lengths, does not tell a skirt from trousers. */
const LEAST_SKIRT = 0.33;
/** Where legs part at the highest, in trunk lengths below the hips. */
const CROTCH = 0.22;
/** Half the width in which a gap between the legs is looked for, in shoulder widths, and how wide it is. */
const BETWEEN = 0.35;
const GAP = 0.025;
/** Share of the rows from which a gap parts legs. */
const PARTED = 0.35;
/** A skirt is at least this broad against the hips; trousers get narrower. */
const LEAST_FLARE = 0.9;
/** Share of the rows between chest and hips from which a waist is bare. */
const BARE_ROWS = 0.08;
/** Every so many pixels one is looked at for its colour. */
const STRIDE = 3;

/** Looks for a dress: colours and the shape of the cloth decide, not seams, for folds and prints look like them. */
export function readDress(wearer: PersonReading): DressEvidence {
  const { pose } = wearer;
  const top = pose.shoulderMiddle[1];
  const trunk = pose.hipMiddle[1] - top;
  const below = rowsBelow(wearer, trunk);
  const chest = palette(wearer, top + 0.15 * trunk, top + 0.6 * trunk);
  const skirt = palette(wearer, top + 1.15 * trunk, top + 2 * trunk);
  const common = shared(chest, skirt);
  const bareWaist = bareShare(wearer) > BARE_ROWS;
  const seen = below.depth > LEAST_SKIRT;
  const legs = below.parted > PARTED;
  return {
    dress: seen && !legs && !bareWaist && common > ONE_CLOTH && below.flare > LEAST_FLARE,
    legs,
    bareWaist,
  };
}

/** The cloth below the hips: how far down it is seen, in trunk lengths; share of rows with a gap; breadth over the hips'. */
function rowsBelow(
  { parts, pose }: PersonReading,
  trunk: number,
): { depth: number; parted: number; flare: number } {
  const { width, height } = parts.lowerGarment;
  const unit = pose.shoulderWidth;
  const [centre, hips] = pose.hipMiddle;
  const upper = parts.upperGarment.data;
  const lower = parts.lowerGarment.data;
  const hipWidths: number[] = [];
  const widths: number[] = [];
  let rows = 0;
  let parted = 0;
  let depth = 0;
  for (let y = Math.max(0, Math.round(hips)); y < height; y++) {
    const down = (y - hips) / trunk;
    let cloth = 0;
    let open = 0;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (upper[i] + lower[i] > 0.5) cloth++;
      else if (Math.abs(x - centre) < BETWEEN * unit && isOpen(parts, i)) open++;
    }
    // Below the hem nothing is left to be looked at.
    if (cloth < 0.35 * unit || open > BETWEEN * unit) break;
    depth = down;
    (down < 0.2 ? hipWidths : widths).push(cloth);
    if (down < CROTCH || down > 1) continue;
    rows++;
    if (open > GAP * unit) parted++;
  }
  const flare = widths.length > 8 && hipWidths.length > 8 ? median(widths) / median(hipWidths) : 1;
  return { depth, parted: rows > 0 ? parted / rows : 0, flare };
}

/** Whether a place shows what lies behind the garment, rather than a hand before it. */
const isOpen = ({ background, legs }: PersonReading['parts'], i: number): boolean =>
  background.data[i] + legs.data[i] > 0.5;

type Palette = ReadonlyMap<string, number>;

/** Shares of the cloth's colours between two heights, in coarse steps of CIELAB. */
function palette({ image, parts }: PersonReading, from: number, to: number): Palette {
  const { width, height, data } = image;
  const upper = parts.upperGarment.data;
  const lower = parts.lowerGarment.data;
  const counts = new Map<string, number>();
  let all = 0;
  for (let y = Math.max(0, Math.round(from)); y < Math.min(height, to); y += STRIDE) {
    for (let x = 0; x < width; x += STRIDE) {
      const i = y * width + x;
      if (upper[i] + lower[i] < 0.9) continue;
      const [l, a, b] = labOf(data[3 * i], data[3 * i + 1], data[3 * i + 2]);
      const key = `${Math.floor(l / 14)} ${Math.round(a / 9)} ${Math.round(b / 9)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      all++;
    }
  }
  return new Map([...counts].map(([key, count]) => [key, count / all]));
}

function shared(one: Palette, other: Palette): number {
  let sum = 0;
  for (const [key, share] of one) sum += Math.min(share, other.get(key) ?? 0);
  return sum;
}

/** Share of the rows between chest and hips whose middle is bare. */
function bareShare({ parts, pose }: PersonReading): number {
  const { width, height, data } = parts.neck;
  const [from, to] = [0.5, 1.1].map((down) => mix(pose.shoulderMiddle, pose.hipMiddle, down));
  let bare = 0;
  let rows = 0;
  for (let y = Math.max(0, Math.round(from[1])); y < Math.min(height, to[1]); y++) {
    const x = Math.round(mix(from, to, (y - from[1]) / (to[1] - from[1]))[0]);
    rows++;
    if (data[y * width + Math.min(width - 1, Math.max(0, x))] > 0.5) bare++;
  }
  return rows > 0 ? bare / rows : 0;
}
