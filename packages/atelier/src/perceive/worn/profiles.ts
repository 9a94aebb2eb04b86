import type { Plane, RgbImage } from '../../pixels/image.ts';
import type { Side } from '../person.ts';
import type { UprightFrame } from './upright-frame.ts';

/** Which pixels of the upright canvas show a worn garment, and what hides it. */
export interface WornCover {
  readonly frame: UprightFrame;
  readonly share: Plane;
  readonly arms: Plane;
  readonly hair: Plane;
  /** Bare skin of neck, chest and belly. */
  readonly bare: Plane;
  /** The wearer's other garment. */
  readonly other: Plane;
  /** 1 where the photo shows anything, 0 beyond its border. */
  readonly seen: Plane;
}

/** A worn garment on the upright canvas. */
export interface WornView extends WornCover {
  readonly colours: RgbImage;
  /** The colours in CIELAB. */
  readonly lab: readonly Plane[];
}

/** What lies next to an edge: `open` means the edge is the garment's own, else something hides where it truly runs. */
export type Beyond = 'open' | 'arm' | 'hair' | 'frame';

export interface EdgePlace {
  /** Pixels from the middle line for rows, a height for columns. */
  readonly at: number;
  readonly beyond: Beyond;
}

export const signOf = (side: Side): -1 | 1 => (side === 'left' ? -1 : 1);

export function beyondAt(view: WornCover, x: number, y: number): Beyond {
  const { width, height } = view.share;
  const px = Math.round(x);
  const py = Math.round(y);
  if (px < 0 || py < 0 || px >= width || py >= height) return 'frame';
  const i = py * width + px;
  if (view.seen.data[i] === 0) return 'frame';
  if (view.arms.data[i] > 0.4) return 'arm';
  return view.hair.data[i] > 0.4 ? 'hair' : 'open';
}

export const isCloth = ({ share }: WornCover, x: number, y: number): boolean =>
  x >= 0 &&
  y >= 0 &&
  x < share.width &&
  y < share.height &&
  share.data[Math.round(y) * share.width + Math.round(x)] > 0.5;

/** Farther from the middle line no part of a garment's body is, in shoulder widths. */
const REACH = 1.6;
/** How far past an edge its neighbour is looked at: beyond the soft rim. */
const LOOK = 5;

/**
 * The garment's edge on one side of each row: from the middle line outwards over cloth and over what hides it, to the
 * last cloth before something else. Null where a row has none.
 */
export function rowEdge(view: WornCover, y: number, side: Side): EdgePlace | null {
  const sign = signOf(side);
  const { centreX, unit } = view.frame;
  let last = -1;
  for (let u = 0; u < REACH * unit; u++) {
    const x = centreX + sign * u;
    if (isCloth(view, x, y)) last = u;
    else if (last >= 0 && u - last > 3 && ends(view, x, y)) break;
  }
  if (last < 0) return null;
  return { at: last, beyond: beyondAt(view, centreX + sign * (last + LOOK), y) };
}

/** Whether a place shows that the garment has ended; bare skin may be the chest within a neckline. */
function ends(view: WornCover, x: number, y: number): boolean {
  if (beyondAt(view, x, y) !== 'open') return false;
  return view.bare.data[Math.round(y) * view.bare.width + Math.round(x)] < 0.4;
}

/** The garment's upper edge in a column, looked for between two heights. */
export function columnTop(view: WornCover, x: number, from: number, to: number): EdgePlace | null {
  for (let y = Math.max(0, Math.round(from)); y < to; y++) {
    if (isCloth(view, x, y) && isCloth(view, x, y + 3)) {
      return { at: y, beyond: beyondAt(view, x, y - LOOK) };
    }
  }
  return null;
}

/** The garment's lower edge in a column, looked for upwards between two heights. */
export function columnBottom(
  view: WornCover,
  x: number,
  from: number,
  to: number,
): EdgePlace | null {
  for (let y = Math.min(view.share.height - 1, Math.round(from)); y > to; y--) {
    if (isCloth(view, x, y) && isCloth(view, x, y - 3)) {
      return { at: y, beyond: beyondAt(view, x, y + LOOK) };
    }
  }
  return null;
}
