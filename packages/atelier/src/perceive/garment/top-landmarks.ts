import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { median } from '../../pixels/scalar.ts';
import type { GarmentSide, TopLandmarks } from '../garment.ts';
import type { Side } from '../person.ts';
import { type ArmpitCandidate, findArmpits } from './armpits.ts';
import { resample } from './contour.ts';
import type { HalfOutline } from './half-outline.ts';
import { hemCorner } from './hem.ts';
import { findNeckline } from './neckline.ts';
import type { Extent, GarmentOutline } from './outline.ts';
import {
  mapSides,
  type ShoulderMarks,
  sleevedShoulders,
  sleevelessShoulders,
} from './shoulders.ts';
import { readSleeves, type SleeveShape } from './sleeve.ts';
import type { Upright } from './upright.ts';

const EDGE_POINTS = 8;
const HEM_POINTS = 33;

/** One half of a top: indices of its landmarks, and its sleeve. */
export interface TopHalf {
  readonly marks: ShoulderMarks;
  readonly hem: number;
  readonly sleeve: SleeveShape | null;
}

/** What the outline alone says of a top. */
export interface TopOutline {
  readonly halves: Readonly<Record<Side, TopHalf>>;
  /** Both armpits where there are sleeves. */
  readonly armpits: Readonly<Record<Side, ArmpitCandidate>> | null;
}

/** Shoulders, armpits, sleeves and hem corners of an outline, read as if it were a top's. */
export function readTopOutline({ halves: split, extent }: GarmentOutline): TopOutline {
  const armpits = findArmpits(split, extent);
  const width = chestHalf(split, extent, armpits);
  const marks = armpits
    ? sleevedShoulders(split, { left: armpits.left.index, right: armpits.right.index }, extent)
    : sleevelessShoulders(split, width, extent);
  const sleeves = armpits ? readSleeves(split, marks, extent.height, 2 * width) : null;
  return {
    armpits,
    halves: mapSides((side) => ({
      marks: marks[side],
      hem: hemCorner(split[side], marks[side].armpit),
      sleeve: sleeves?.[side] ?? null,
    })),
  };
}

/** Landmarks of a top, dress or coat from its outline, and the neckline from the picture. */
export function readTopLandmarks(
  { frame, halves: split, extent }: GarmentOutline,
  { halves: read, armpits }: TopOutline,
  view: { readonly lab: readonly [Plane, Plane, Plane]; readonly matte: Plane },
): TopLandmarks {
  const place = (side: Side, [x, y]: Vec): Vec =>
    frame.toPicture(side === 'left' ? [-x, y] : [x, y]);
  const neckline = readNeck(split, read, {
    ...view,
    frame,
    armpit: (read.left.marks.armpitAt[1] + read.right.marks.armpitAt[1]) / 2,
  });
  const describe = (side: Side): GarmentSide =>
    sideOf(split[side], read[side], (p) => place(side, p));
  const neckEnds = neckline.curve;
  const left = { ...describe('left'), neckPoint: frame.toPicture(neckEnds[0]) };
  const right = {
    ...describe('right'),
    neckPoint: frame.toPicture(neckEnds[neckEnds.length - 1]),
  };
  return {
    left,
    right,
    neckline: { ...neckline, curve: neckline.curve.map((p) => frame.toPicture(p)) },
    waist: waistOf(left, right),
    hem: hemOf(split, read).map((p) => frame.toPicture(p)),
    centreX: frame.toPicture([0, extent.top + extent.height / 2])[0],
    confidence: trust(read, armpits, split, extent),
  };
}

/** Narrowest place down the side edges, when it is plainly narrower than the chest. */
function waistOf(left: GarmentSide, right: GarmentSide): TopLandmarks['waist'] {
  const count = Math.min(left.edge.length, right.edge.length);
  const chest = right.armpit[0] - left.armpit[0];
  let at = -1;
  let least = 0.94 * chest;
  for (let k = 0; k + 1 < count; k++) {
    const wide = right.edge[k][0] - left.edge[k][0];
    if (wide < least) {
      least = wide;
      at = k;
    }
  }
  return at < 0 ? null : { left: left.edge[at], right: right.edge[at] };
}

/** Half the garment's width at the chest: between the armpits, or the usual width of its upper part. */
function chestHalf(
  split: Readonly<Record<Side, HalfOutline>>,
  { top, height }: Extent,
  armpits: Readonly<Record<Side, ArmpitCandidate>> | null,
): number {
  if (armpits) return (armpits.left.at[0] + armpits.right.at[0]) / 2;
  const widths: number[] = [];
  for (let share = 0.18; share < 0.45; share += 0.03) {
    const y = top + share * height;
    widths.push((widthAt(split.left, y) + widthAt(split.right, y)) / 2);
  }
  return Math.max(4, median(widths));
}

/** Outermost x of a half at a height. */
function widthAt({ points }: HalfOutline, y: number): number {
  let most = 0;
  for (let i = 1; i < points.length; i++) {
    if (points[i - 1][1] <= y !== points[i][1] <= y) most = Math.max(most, points[i][0]);
  }
  return most;
}

function sideOf(half: HalfOutline, read: TopHalf, place: (p: Vec) => Vec): GarmentSide {
  const { points } = half;
  const { marks, hem, sleeve } = read;
  const edge = resample(
    [marks.armpitAt, ...points.slice(marks.armpit, Math.max(hem, marks.armpit + 1) + 1)],
    EDGE_POINTS + 1,
  );
  return {
    neckPoint: place(points[marks.neck]),
    shoulderTip: place(points[marks.tip]),
    armpit: place(marks.armpitAt),
    edge: edge.slice(1).map(place),
    sleeve: sleeve
      ? {
          ...sleeve.sleeve,
          base: place(sleeve.sleeve.base),
          axis: sleeve.sleeve.axis.map(place),
        }
      : null,
  };
}

function hemOf(
  split: Readonly<Record<Side, HalfOutline>>,
  read: Readonly<Record<Side, TopHalf>>,
): Vec[] {
  const left = split.left.points.slice(read.left.hem).map(([x, y]): Vec => [-x, y]);
  const right = split.right.points.slice(read.right.hem).toReversed();
  return resample([...left, ...right], HEM_POINTS);
}

function readNeck(
  split: Readonly<Record<Side, HalfOutline>>,
  read: Readonly<Record<Side, TopHalf>>,
  view: { lab: readonly [Plane, Plane, Plane]; matte: Plane; frame: Upright; armpit: number },
): TopLandmarks['neckline'] {
  const left = split.left.points
    .slice(0, read.left.marks.tip + 1)
    .map(([x, y]): Vec => [-x, y])
    .toReversed();
  const right = split.right.points.slice(0, read.right.marks.tip + 1);
  const [neckX, neckY] = split.left.points[read.left.marks.neck];
  return findNeckline({
    ...view,
    upper: [...left, ...right],
    left: [-neckX, neckY],
    right: split.right.points[read.right.marks.neck],
  });
}

/** How alike the two halves are in their landmarks, and how clear armpits and cuffs were. */
function trust(
  read: Readonly<Record<Side, TopHalf>>,
  armpits: Readonly<Record<Side, ArmpitCandidate>> | null,
  split: Readonly<Record<Side, HalfOutline>>,
  { height }: Extent,
): number {
  const keys = ['neck', 'tip', 'armpit'] as const;
  const apart = keys.map((key) => {
    const [lx, ly] = split.left.points[read.left.marks[key]];
    const [rx, ry] = split.right.points[read.right.marks[key]];
    return Math.hypot(lx - rx, ly - ry) / height;
  });
  const alike = Math.exp(-6 * Math.max(...apart));
  if (!armpits) return 0.85 * alike;
  const sharp = Math.min(1, (armpits.left.value + armpits.right.value) / 2);
  const cuffs = ((read.left.sleeve?.confidence ?? 0) + (read.right.sleeve?.confidence ?? 0)) / 2;
  return alike * sleevesAlike(read) * (0.55 + 0.3 * sharp + 0.15 * cuffs);
}

/** Lengths of long sleeves, as a logarithm, may differ so much by how they lie; much more means that one was misread. */
const UNEVEN = 0.08;
const STRICT = 9;

function sleevesAlike({ left, right }: Readonly<Record<Side, TopHalf>>): number {
  const [a, b] = [left.sleeve?.sleeve, right.sleeve?.sleeve];
  if (!a || !b || (a.class !== 'long' && b.class !== 'long')) return 1;
  return Math.exp(-STRICT * Math.max(0, Math.abs(Math.log(a.length / b.length)) - UNEVEN));
}
