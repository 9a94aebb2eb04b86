import type { Vec } from '../../geometry/vector.ts';
import { clamp, lerp, median } from '../../pixels/scalar.ts';
import { resample } from '../garment/contour.ts';
import type { BottomLandmarks, BottomSide } from '../garment.ts';
import type { Side } from '../person.ts';
import { beyondAt, columnTop, isCloth, signOf, type WornView } from './profiles.ts';
import { type LegRow, readLegRows } from './leg-rows.ts';

const OUTER_POINTS = 17;
const INNER_POINTS = 13;
const HEM_POINTS = 9;
const SKIRT_HEM_POINTS = 17;
const WAIST_POINTS = 17;
/** Where a waistband sits, in trunk lengths below the shoulder joints; lower down a top hangs over it. */
const WAISTBAND = 0.86;
const LOWEST_WAISTBAND = 0.99;
/** Height of the crotch below the hip joints by proportion, in trunk lengths. */
const CROTCH = 0.2;

export interface WornBottomShape {
  readonly landmarks: BottomLandmarks;
  readonly rows: readonly LegRow[];
  /** Upper end of the garment, above what is seen where a top hangs over the waistband. */
  readonly top: number;
  /** Where it begins to be seen. */
  readonly seenTop: number;
  readonly bottom: number;
  /** Whether a top hides the waistband. */
  readonly overhung: boolean;
  /** Whether the photo's border cuts the garment off. */
  readonly cut: boolean;
}

/** Landmarks of worn trousers, shorts (`legs`) or a skirt on the upright canvas; null where hardly any is seen. */
export function readWornBottom(view: WornView, legs: boolean): WornBottomShape | null {
  const { frame } = view;
  const trunk = frame.hipY - frame.shoulderY;
  const seenTop = upperRow(view);
  const bottom = lowestRow(view);
  if (seenTop === null || bottom < seenTop + 0.4 * frame.unit) return null;
  const overhung = seenTop > frame.shoulderY + LOWEST_WAISTBAND * trunk;
  const top = overhung ? Math.round(frame.shoulderY + WAISTBAND * trunk) : seenTop;
  const usual = frame.hipY + CROTCH * trunk;
  const rows = readLegRows(view, top, seenTop, bottom, legs ? usual : Infinity);
  const crotchY = legs ? crotchOf(rows, top, usual) : Infinity;
  const crotch: Vec | null = legs ? [gapMiddle(rows, top, crotchY), crotchY] : null;
  const cut = beyondAt(view, frame.centreX, bottom + 4) === 'frame';
  const waist = waistLine(view, rows[0], top, overhung);
  const rowAt = (y: number): LegRow => rows[clamp(Math.round(y) - top, 0, rows.length - 1)];
  const side = (which: Side): BottomSide => {
    const end = hemRow(rows, top, which, legs);
    const outerAt = (y: number): Vec => [rowAt(y)[which].outer, y];
    const corner = which === 'left' ? waist[0] : waist[waist.length - 1];
    const outer = [corner, ...along(corner[1], end, OUTER_POINTS - 1).map((y): Vec => outerAt(y))];
    if (!crotch) return { outer, inner: [], hem: skirtHem(view, rowAt(end), end, which) };
    const innerAt = (y: number): Vec => [rowAt(y)[which].inner, y];
    const inner = [crotch, ...along(crotch[1], end, INNER_POINTS - 1).map((y): Vec => innerAt(y))];
    const [from, to] = [outerAt(end), innerAt(end)].toSorted((a, b) => a[0] - b[0]);
    return { outer, inner, hem: resample([from, to], HEM_POINTS) };
  };
  return {
    landmarks: {
      waist,
      left: side('left'),
      right: side('right'),
      crotch,
      centreX: (waist[0][0] + waist[waist.length - 1][0]) / 2,
      confidence: overhung || cut ? 0.5 : 0.8,
    },
    rows,
    top,
    seenTop,
    bottom,
    overhung,
    cut,
  };
}

/** Heights at equal steps below a first one, which is left out. */
const along = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => lerp(from, to, (k + 1) / count));

/** Height at which the garment begins across the middle of the trunk. */
function upperRow(view: WornView): number | null {
  const { frame } = view;
  const tops: number[] = [];
  for (let k = -8; k <= 8; k++) {
    const x = frame.centreX + (k / 8) * 0.28 * frame.unit;
    const place = columnTop(view, x, frame.shoulderY, view.share.height);
    if (place) tops.push(place.at);
  }
  return tops.length > 8 ? Math.round(median(tops)) : null;
}

function lowestRow({ share }: WornView): number {
  const { width, height, data } = share;
  for (let y = height - 1; y > 0; y--) {
    let cloth = 0;
    for (let x = 0; x < width; x++) if (data[y * width + x] > 0.5) cloth++;
    if (cloth > 8) return y;
  }
  return 0;
}

/** Where the gap between the legs begins; by proportion when thighs touch far below that, or nothing parts them. */
function crotchOf(rows: readonly LegRow[], top: number, usual: number): number {
  const first = rows.findIndex(
    (row, k) => row.parted && rows[k + 4]?.parted && rows[k + 8]?.parted,
  );
  const found = first < 0 ? Infinity : top + first;
  return Math.round(Math.min(found, usual + 0.25 * (usual - top), Math.max(usual, 0)));
}

/** Middle of the gap at its upper end. */
function gapMiddle(rows: readonly LegRow[], top: number, y: number): number {
  const row = rows[clamp(y + 4 - top, 0, rows.length - 1)];
  return (row.left.inner + row.right.inner) / 2;
}

/** Rows at the lower end in which a hem's rounding or the photo's border blurs the edges. */
const BLURRED = 4;

/** Lowest row in which a side's leg is seen whole. */
function hemRow(rows: readonly LegRow[], top: number, side: Side, legs: boolean): number {
  const parted = legs && rows.slice(-Math.round(rows.length / 4)).some((row) => row.parted);
  const last = rows.findLastIndex((row) => row[side].seen && (row.parted || !parted));
  return top + Math.max(1, last - BLURRED);
}

/** The upper edge of the waistband, straight where a top hides it. */
function waistLine(view: WornView, row: LegRow, top: number, overhung: boolean): Vec[] {
  const from = row.left.outer;
  const to = row.right.outer;
  return Array.from({ length: WAIST_POINTS }, (_, k): Vec => {
    const x = lerp(from, to, k / (WAIST_POINTS - 1));
    if (overhung) return [x, top];
    const inner = clamp(x, from + 4, to - 4);
    const place = columnTop(
      view,
      inner,
      top - 0.15 * view.frame.unit,
      top + 0.15 * view.frame.unit,
    );
    return [x, place?.beyond === 'open' ? place.at : top];
  });
}

/** One half of a skirt's hem, left to right. */
function skirtHem(view: WornView, row: LegRow, end: number, side: Side): Vec[] {
  const corner = row[side].outer;
  const points = Array.from({ length: SKIRT_HEM_POINTS }, (_, k): Vec => {
    const x = lerp(corner - 3 * signOf(side), view.frame.centreX, k / (SKIRT_HEM_POINTS - 1));
    let y = view.share.height - 1;
    while (y > end - 0.3 * view.frame.unit && !isCloth(view, x, y)) y--;
    return [x, y];
  });
  return side === 'left' ? points : points.toReversed();
}
