import type { Vec } from '../../geometry/vector.ts';
import { blur } from '../../pixels/box-filter.ts';
import type { Plane } from '../../pixels/image.ts';
import { median } from '../../pixels/scalar.ts';
import type { GarmentSide, TopLandmarks } from '../garment.ts';
import type { Side } from '../person.ts';
import { type ArmpitCandidate, type Extent, findArmpits } from './armpits.ts';
import { outline, resample } from './contour.ts';
import { type HalfOutline, halves } from './half-outline.ts';
import { hemCorner } from './hem.ts';
import { findNeckline } from './neckline.ts';
import { type ShoulderMarks, sleevedShoulders, sleevelessShoulders } from './shoulders.ts';
import { readSleeves, type SleeveShape } from './sleeve.ts';
import type { Upright } from './upright.ts';

const EDGE_POINTS = 8;
const HEM_POINTS = 33;

/** The outline, split and turned upright: what landmarks and kind are read from. */
export interface GarmentOutline {
  readonly frame: Upright;
  readonly points: readonly Vec[];
  readonly halves: Readonly<Record<Side, HalfOutline>>;
  readonly extent: Extent;
}

/** Null when the share has no outline that its own axis crosses. */
export function readOutline(matte: Plane, frame: Upright): GarmentOutline | null {
  const points = outline(blur(matte, 1)).map((p) => frame.toUpright(p));
  if (points.length < 40) return null;
  const split = halves(points);
  if (!split) return null;
  const ys = points.map(([, y]) => y);
  const top = ys.reduce((a, b) => Math.min(a, b), Infinity);
  const bottom = ys.reduce((a, b) => Math.max(a, b), -Infinity);
  return { frame, points, halves: split, extent: { top, height: bottom - top } };
}

export interface ReadLandmarks {
  readonly landmarks: TopLandmarks;
  readonly cuffs: Readonly<Record<Side, SleeveShape['cuff'] | null>>;
}

interface ReadHalf {
  readonly marks: ShoulderMarks;
  readonly hem: number;
  readonly sleeve: SleeveShape | null;
}

/** Landmarks of a top, dress or coat from its outline, and the neckline from the picture. */
export function readLandmarks(
  { frame, halves: split, extent }: GarmentOutline,
  lab: readonly [Plane, Plane, Plane],
  matte: Plane,
): ReadLandmarks {
  const armpits = findArmpits(split, extent);
  const width = chestHalf(split, extent, armpits);
  const marks = armpits
    ? sleevedShoulders(split, { left: armpits.left.index, right: armpits.right.index }, extent)
    : sleevelessShoulders(split, width, extent);
  const sleeves = armpits ? readSleeves(split, marks, extent.height, 2 * width) : null;
  const readHalf = (side: Side): ReadHalf => ({
    marks: marks[side],
    hem: hemCorner(split[side], marks[side].armpit),
    sleeve: sleeves?.[side] ?? null,
  });
  const read = { left: readHalf('left'), right: readHalf('right') };
  const place = (side: Side, [x, y]: Vec): Vec =>
    frame.toPicture(side === 'left' ? [-x, y] : [x, y]);
  const neckline = readNeck(split, read, {
    lab,
    matte,
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
  const confidence = trust(read, armpits, split, extent);
  const hem = hemOf(split, read).map((p) => frame.toPicture(p));
  const centreX = frame.toPicture([0, extent.top + extent.height / 2])[0];
  const cuffOf = (side: Side): SleeveShape['cuff'] | null => {
    const cuff = read[side].sleeve?.cuff;
    return cuff ? [place(side, cuff[0]), place(side, cuff[1])] : null;
  };
  return {
    landmarks: {
      left,
      right,
      neckline: { ...neckline, curve: neckline.curve.map((p) => frame.toPicture(p)) },
      waist: waistOf(left, right),
      hem,
      centreX,
      confidence,
    },
    cuffs: { left: cuffOf('left'), right: cuffOf('right') },
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

function sideOf(half: HalfOutline, read: ReadHalf, place: (p: Vec) => Vec): GarmentSide {
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
  read: Readonly<Record<Side, ReadHalf>>,
): Vec[] {
  const left = split.left.points.slice(read.left.hem).map(([x, y]): Vec => [-x, y]);
  const right = split.right.points.slice(read.right.hem).toReversed();
  return resample([...left, ...right], HEM_POINTS);
}

function readNeck(
  split: Readonly<Record<Side, HalfOutline>>,
  read: Readonly<Record<Side, ReadHalf>>,
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
  read: Readonly<Record<Side, ReadHalf>>,
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
  return alike * (0.55 + 0.3 * sharp + 0.15 * cuffs);
}
