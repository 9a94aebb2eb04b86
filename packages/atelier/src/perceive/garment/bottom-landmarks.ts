import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { BottomLandmarks, BottomSide } from '../garment.ts';
import { type Side, sides } from '../person.ts';
import { resample } from './contour.ts';
import { cornerAt, type HalfOutline } from './half-outline.ts';
import { hemCorner } from './hem.ts';
import { type Fork, findFork, type LegView } from './legs.ts';
import type { Extent, GarmentOutline } from './outline.ts';
import { argMax, type Both, chooseBoth, mapSides } from './shoulders.ts';
import { findWaist } from './waistband.ts';

const OUTER_POINTS = 17;
const INNER_POINTS = 13;
const LEG_HEM_POINTS = 9;
const SKIRT_HEM_POINTS = 17;
/** Climb of the lower edge at the axis, over the garment's height, from which it is a gap between legs. */
const LEAST_GAP = 0.035;

export interface BottomView {
  readonly lab: readonly [Plane, Plane, Plane];
  readonly matte: Plane;
}

/** Corners of one half of a bottom, as indices into its outline. */
interface BottomMarks {
  readonly waist: number;
  readonly hem: number;
}

/** Landmarks of trousers, shorts (`legs`) or of a skirt from its outline, and waist and crotch from the picture. */
export function readBottomLandmarks(
  garment: GarmentOutline,
  view: BottomView,
  legs: boolean,
): BottomLandmarks {
  const { frame, halves: split, extent } = garment;
  const marks = bottomMarks(garment);
  const upper = [
    ...split.left.points
      .slice(0, marks.left.waist + 1)
      .map(mirrored)
      .toReversed(),
    ...split.right.points.slice(0, marks.right.waist + 1),
  ];
  const waist = findWaist({ ...view, frame, upper });
  const fork = legs ? findFork(legView(garment, view)) : null;
  const side = (which: Side): BottomSide => {
    const read = fork
      ? readLeg(split[which], marks[which], fork, which)
      : readPanel(split, marks, which);
    const place = (p: Vec): Vec => frame.toPicture(p);
    return {
      outer: read.outer.map(place),
      inner: read.inner.map(place),
      hem: read.hem.map(place),
    };
  };
  return {
    waist: waist.curve.map((p) => frame.toPicture(p)),
    left: side('left'),
    right: side('right'),
    crotch: fork ? frame.toPicture(fork.crotch) : null,
    centreX: frame.toPicture([0, extent.top + extent.height / 2])[0],
    confidence: trust(split, marks, extent) * (0.6 + 0.4 * (fork?.confidence ?? 1)),
  };
}

/** Corners of waist and hem on both halves. */
function bottomMarks({ halves: split, extent }: GarmentOutline): Both<BottomMarks> {
  const ends = mapSides((side) => split[side].points.length - 1);
  const waists = chooseBoth(split, extent, ends, () => (half, [x, y], i) => {
    const depth = (y - extent.top) / extent.height;
    if (depth > 0.35 || x < 0.03 * extent.height) return null;
    const corner = cornerAt(half, i, 0.035 * extent.height);
    const bend = corner.convex ? clamp((180 - corner.angle) / 70, 0, 1) : -0.3;
    return bend + (6 * (0.35 * x - (y - extent.top))) / extent.height;
  });
  return mapSides((side) => ({
    waist: waists[side],
    hem: hemCorner(split[side], waists[side]),
  }));
}

/** What is known before the legs are parted. */
export function legView(garment: GarmentOutline, view: BottomView): LegView {
  const { frame, halves: split, extent } = garment;
  const marks = bottomMarks(garment);
  const corners = sides.map((side) => split[side].points[marks[side].waist]);
  const waistY = (corners[0][1] + corners[1][1]) / 2;
  const waistWidth = corners[0][0] + corners[1][0];
  const gap = gapTop(split, marks);
  const lowest = extent.top + extent.height;
  const reach = (side: Side): number =>
    split[side].points
      .slice(marks[side].waist, marks[side].hem + 1)
      .filter(([, y]) => y > waistY + 0.2 * waistWidth && y < waistY + 0.6 * waistWidth)
      .reduce((most, [x]) => Math.max(most, x), 0);
  return {
    ...view,
    frame,
    waistY,
    hips: Math.max(waistWidth, reach('left') + reach('right')),
    gap,
    parted: lowest - gap[1] > LEAST_GAP * extent.height,
    edges: {
      left: innerEdge(split.left, marks.left, gap, 'left'),
      right: innerEdge(split.right, marks.right, gap, 'right'),
    },
  };
}

/** The highest point of the lower edge between the two outer corners of the hem. */
function gapTop(split: Both<HalfOutline>, marks: Both<BottomMarks>): Vec {
  const lower = (side: Side): Vec[] => split[side].points.slice(marks[side].hem);
  const narrow = Math.min(
    split.left.points[marks.left.hem][0],
    split.right.points[marks.right.hem][0],
  );
  // A hem that climbs a little outwards is no gap beside the axis.
  const climb = ([x, y]: Vec): number => y + 0.4 * Math.abs(x);
  return [...lower('left').map(mirrored), ...lower('right')]
    .filter(([x]) => Math.abs(x) < 0.6 * narrow)
    .reduce((high, p) => (climb(p) < climb(high) ? p : high), [0, Infinity]);
}

interface SideCurves {
  readonly outer: readonly Vec[];
  readonly inner: readonly Vec[];
  readonly hem: readonly Vec[];
}

function readLeg(half: HalfOutline, marks: BottomMarks, fork: Fork, side: Side): SideCurves {
  const { points } = half;
  const place = (p: Vec): Vec => (side === 'left' ? mirrored(p) : p);
  const inner = innerCorner(half, marks.hem);
  const climb = innerEdge(half, marks, fork.seam[fork.seam.length - 1], side);
  const hem = resample(points.slice(marks.hem, Math.max(inner, marks.hem + 1) + 1), LEG_HEM_POINTS);
  const placed = hem.map(place);
  return {
    outer: resample(points.slice(marks.waist, marks.hem + 1), OUTER_POINTS).map(place),
    inner: resample([...fork.seam, ...climb], INNER_POINTS),
    hem: side === 'left' ? placed : placed.toReversed(),
  };
}

/** The inner edge of a leg below the gap's top, from there down to the hem's inner corner. */
function innerEdge(half: HalfOutline, marks: BottomMarks, gap: Vec, side: Side): Vec[] {
  return half.points
    .slice(innerCorner(half, marks.hem))
    .filter(([, y]) => y > gap[1])
    .toReversed()
    .map((p) => (side === 'left' ? mirrored(p) : p));
}

/** Index of the corner between a leg's hem and its inner edge; the end of the outline where legs touch down to the hem. */
function innerCorner(half: HalfOutline, hem: number): number {
  const { points } = half;
  const end = points.length - 1;
  const lower = points.slice(hem);
  const lowest = lower.reduce((most, [, y]) => Math.max(most, y), -Infinity);
  const climb = lowest - points[end][1];
  const width = Math.max(1, points[hem][0]);
  if (climb < 0.12 * width) return end;
  return (
    argMax(points, hem + 1, end, ([x, y], i) => {
      const corner = cornerAt(half, i, 0.12 * width);
      const bend = corner.convex ? clamp((180 - corner.angle) / 70, 0, 1) : -0.3;
      return bend + (2.5 * (y - lowest - 0.45 * x)) / width;
    }) ?? end
  );
}

function readPanel(split: Both<HalfOutline>, marks: Both<BottomMarks>, side: Side): SideCurves {
  const { points } = split[side];
  const { waist, hem } = marks[side];
  const place = (p: Vec): Vec => (side === 'left' ? mirrored(p) : p);
  const lower = resample(points.slice(hem), SKIRT_HEM_POINTS).map(place);
  return {
    outer: resample(points.slice(waist, hem + 1), OUTER_POINTS).map(place),
    inner: [],
    hem: side === 'left' ? lower : lower.toReversed(),
  };
}

const mirrored = ([x, y]: Vec): Vec => [-x, y];

/** How alike the two halves are in their corners. */
function trust(split: Both<HalfOutline>, marks: Both<BottomMarks>, { height }: Extent): number {
  const apart = (['waist', 'hem'] as const).map((key) => {
    const [lx, ly] = split.left.points[marks.left[key]];
    const [rx, ry] = split.right.points[marks.right[key]];
    return Math.hypot(lx - rx, ly - ry) / height;
  });
  return Math.exp(-5 * Math.max(...apart));
}
