import type { Vec } from '../src/geometry/vector.ts';
import type { Side } from '../src/perceive/person.ts';
import type { Plane, RgbImage } from '../src/pixels/image.ts';
import { CENTRE, photograph, type Piece, type ProductPhoto } from './product-photo.ts';

export type BottomCut =
  | 'straight trousers'
  | 'flared trousers'
  | 'touching wide trousers'
  | 'overlapping trousers'
  | 'shorts'
  | 'touching shorts'
  | 'straight skirt'
  | 'pencil skirt'
  | 'flared skirt'
  | 'circle skirt'
  | 'mini skirt'
  | 'maxi skirt';

export interface BottomDrawing extends ProductPhoto {
  readonly cut: BottomCut;
  /** How far the front of the waist dips below the back, pixels. Default 14. */
  readonly dip?: number;
}

/** Landmarks that the drawing has by construction, and the share of garment in each pixel. */
export interface DrawnBottom {
  readonly image: RgbImage;
  readonly share: Plane;
  readonly height: number;
  readonly sides: Readonly<Record<Side, { waist: Vec; hemOuter: Vec; hemInner: Vec | null }>>;
  /** Middle of the waist's front edge, and of the back's above it. */
  readonly waistFront: Vec;
  readonly crotch: Vec | null;
}

/** One half about x = 0, from the waist down. */
interface Half {
  /** Points of the outer edge between waist and hem. */
  readonly outer: readonly Vec[];
  readonly hemOuter: Vec;
  readonly hemInner: Vec | null;
}

const WAIST: Vec = [100, 100];
const CROTCH: Vec = [0, 252];

const halves: Readonly<Record<BottomCut, Half>> = {
  'straight trousers': { outer: [[128, 210]], hemOuter: [142, 760], hemInner: [52, 768] },
  'flared trousers': {
    outer: [
      [124, 210],
      [112, 480],
    ],
    hemOuter: [150, 770],
    hemInner: [18, 780],
  },
  'touching wide trousers': { outer: [[130, 210]], hemOuter: [205, 760], hemInner: [0, 766] },
  'overlapping trousers': { outer: [[130, 210]], hemOuter: [120, 760], hemInner: [-24, 764] },
  shorts: { outer: [[130, 210]], hemOuter: [158, 395], hemInner: [34, 412] },
  'touching shorts': { outer: [[130, 210]], hemOuter: [165, 400], hemInner: [3, 410] },
  'straight skirt': { outer: [[130, 210]], hemOuter: [134, 520], hemInner: null },
  'pencil skirt': { outer: [[132, 220]], hemOuter: [108, 560], hemInner: null },
  'flared skirt': { outer: [[135, 210]], hemOuter: [235, 560], hemInner: null },
  'circle skirt': { outer: [[170, 190]], hemOuter: [290, 400], hemInner: null },
  'mini skirt': { outer: [[128, 190]], hemOuter: [150, 330], hemInner: null },
  'maxi skirt': { outer: [[132, 220]], hemOuter: [190, 850], hemInner: null },
};

const drop: Readonly<Partial<Record<BottomCut, number>>> = {
  'flared skirt': 34,
  'circle skirt': 90,
};

/** Draws trousers, shorts or a skirt laid flat, with the inner back seen above the front of the waist. */
export async function drawBottomPhoto(drawing: BottomDrawing): Promise<DrawnBottom> {
  const { cut, dip = 14 } = drawing;
  const half = halves[cut];
  const { hemOuter, hemInner } = half;
  const height = Math.max(hemOuter[1], hemInner?.[1] ?? 0) + (drop[cut] ?? 0) + 90;
  const photo = await photograph(piecesOf(cut, half, dip), height, drawing);
  const { place } = photo;
  const side = (sign: number): DrawnBottom['sides']['left'] => ({
    waist: place([CENTRE + sign * WAIST[0], WAIST[1]]),
    hemOuter: place([CENTRE + sign * hemOuter[0], hemOuter[1]]),
    // Of overlapping legs the right one is in front: its edge is what is seen of both.
    hemInner: hemInner && place([CENTRE + (hemInner[0] < 0 ? 1 : sign) * hemInner[0], hemInner[1]]),
  });
  return {
    image: photo.image,
    share: photo.share,
    height: height - 90 - WAIST[1],
    sides: { left: side(-1), right: side(1) },
    waistFront: place([CENTRE, WAIST[1] + dip]),
    crotch: hemInner && place([CENTRE, CROTCH[1]]),
  };
}

const at = ([x, y]: Vec, sign: number): string => `${CENTRE + sign * x} ${y}`;

function piecesOf(cut: BottomCut, half: Half, dip: number): Piece[] {
  const { outer, hemOuter, hemInner } = half;
  const line = (points: readonly Vec[], sign: number): string =>
    points.map((p) => `L ${at(p, sign)}`).join(' ');
  const waist = waistDetails(dip);
  if (!hemInner) {
    const hem = `Q ${CENTRE} ${hemOuter[1] + 2 * (drop[cut] ?? 0)} ${at(hemOuter, -1)}`;
    const path = `M ${at(WAIST, -1)} L ${at(WAIST, 1)} ${line([...outer, hemOuter], 1)} ${hem} ${line([...outer].toReversed(), -1)} Z`;
    return [{ path, details: waist }];
  }
  // Where legs touch or overlap only a line parts them.
  const inseam = (sign: number): string =>
    hemInner[0] > 3
      ? ''
      : `<path d="M ${at(CROTCH, sign)} L ${at(hemInner, sign)}" stroke="#000" stroke-opacity="0.4" stroke-width="5"/>`;
  const leg = (sign: number): Piece => ({
    path: `M ${CENTRE} ${WAIST[1]} L ${at(WAIST, sign)} ${line([...outer, hemOuter, hemInner, CROTCH], sign)} Z`,
    details: waist + inseam(sign),
  });
  return [leg(-1), leg(1)];
}

/** Inner back above the front's edge, and the seam below the waistband. */
function waistDetails(dip: number): string {
  const [x, y] = WAIST;
  const front = `M ${CENTRE - x} ${y} Q ${CENTRE} ${y + 2 * dip} ${CENTRE + x} ${y}`;
  return `<path d="${front} Z" fill="#000" fill-opacity="0.32"/>
    <path d="${front}" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="1.5"/>
    <path d="M ${CENTRE - x - 12} ${y + 40} Q ${CENTRE} ${y + 40 + 2 * dip} ${CENTRE + x + 12} ${y + 40}" fill="none" stroke="#000" stroke-opacity="0.3" stroke-width="2"/>`;
}
