import type { Vec } from '../../geometry/vector.ts';
import { clamp, lerp, quantile } from '../../pixels/scalar.ts';
import { resample } from '../garment/contour.ts';
import type { GarmentSide, TopLandmarks } from '../garment.ts';
import { type Side, sides } from '../person.ts';
import { rowEdge, signOf, type WornView } from './profiles.ts';
import { alongArm, type WornArm } from './worn-arms.ts';
import { type BodyEdges, cornerOf, type Hem, readEdges, readHem } from './worn-edges.ts';
import { onBothSides, readNeck, readUpperEdge, strapEnd, type UpperEdge } from './worn-neck.ts';
import { barelyBegins, outerReach, readSleeve, seamEnd } from './worn-sleeve.ts';

type Both<T> = Readonly<Record<Side, T>>;

export interface WornTopShape {
  readonly landmarks: TopLandmarks;
  readonly upper: UpperEdge;
  readonly edges: BodyEdges;
  readonly hem: Hem;
  readonly neckSeen: number;
  readonly underHair: number;
}

const EDGE_POINTS = 8;
const HEM_POINTS = 33;
/** Height of an armpit below the shoulder joints by proportion, in trunk lengths. */
const USUAL_ARMPIT = 0.22;
/** Depth of a sleeved garment's armhole by proportion, in shoulder widths. */
const ARMHOLE = 0.55;
/** How far a slanting cuff reaches below the end of the sleeve's middle line, in shoulder widths. */
const SLANT = 0.22;

/** Landmarks of a worn top or dress on the upright canvas; null where no body of a garment is seen. */
export function readWornTop(view: WornView, arms: Both<WornArm>): WornTopShape | null {
  const { frame } = view;
  const upper = readUpperEdge(view);
  const neck = readNeck(view, upper);
  const lowest = lowestRow(view);
  if (lowest < frame.shoulderY + 0.35 * (frame.hipY - frame.shoulderY)) return null;
  // A hem read too low, into the garment below, is read again from where it was found.
  const bottom = bottomOf(hemAbove(view, lowest));
  const hem = hemAbove(view, bottom);
  const offShoulder = sides.every((side) => barelyBegins(view, arms[side]));
  const tips = onBothSides((side) =>
    offShoulder
      ? neck.points[side]
      : arms[side].sleeveEnd > 0
        ? seamEnd(view, arms[side])
        : strapEnd(upper, neck.points[side], side, frame.unit),
  );
  const clear = onBothSides((side) =>
    arms[side].sleeveEnd > 0 ? clearRow(view, arms[side], bottom) : frame.shoulderY,
  );
  const armpitY = onBothSides((side) =>
    arms[side].sleeveEnd > 0
      ? Math.min(clear[side], tips[side][1] + ARMHOLE * frame.unit)
      : bareArmpit(view, tips[side], side),
  );
  const top = Math.round(Math.min(armpitY.left, armpitY.right));
  const edges = underSleeves(view, readEdges(view, top, bottom), arms, clear);
  const edgeAt = (side: Side, y: number): number => {
    const list = edges[side];
    return list[clamp(Math.round(y) - edges.top, 0, list.length - 1)];
  };
  // Above the armpit the sleeve begins at the seam, below it where the body ends.
  const seamAt = (tip: Vec, armpit: Vec, y: number, side: Side): number => {
    if (y >= armpit[1]) return edgeAt(side, y);
    const along = clamp((y - tip[1]) / (armpit[1] - tip[1] || 1), 0, 1);
    return signOf(side) * (lerp(tip[0], armpit[0], along) - frame.centreX);
  };
  const corners = { left: hem.points[0], right: hem.points[hem.points.length - 1] };
  const readSide = (side: Side): GarmentSide => {
    const place = (y: number): Vec => [frame.centreX + signOf(side) * edgeAt(side, y), y];
    const armpit = place(armpitY[side]);
    const down = Array.from({ length: EDGE_POINTS }, (_, k) =>
      place(lerp(armpitY[side], corners[side][1], (k + 1) / EDGE_POINTS)),
    );
    const tip = tips[side];
    const sleeve =
      arms[side].sleeveEnd > 0
        ? readSleeve(view, arms[side], tip, armpit, (y) => seamAt(tip, armpit, y, side))
        : null;
    return { neckPoint: neck.points[side], shoulderTip: tip, armpit, edge: down, sleeve };
  };
  const seen = Math.min(neck.seen, hem.seen);
  return {
    landmarks: {
      ...onBothSides(readSide),
      neckline: neck.neckline,
      waist: null,
      hem: resample(
        [...hem.points].map(([x, y], k): Vec =>
          k === 0
            ? [frame.centreX - edgeAt('left', y), y]
            : k === hem.points.length - 1
              ? [frame.centreX + edgeAt('right', y), y]
              : [x, y],
        ),
        HEM_POINTS,
      ),
      centreX: (neck.points.left[0] + neck.points.right[0]) / 2,
      confidence: 0.4 + 0.5 * seen,
    },
    upper,
    edges,
    hem,
    neckSeen: neck.seen,
    underHair: neck.underHair,
  };
}

const hemAbove = (view: WornView, bottom: number): Hem =>
  readHem(
    view,
    cornerOf(view, bottom, 'left'),
    cornerOf(view, bottom, 'right'),
    lerp(view.frame.shoulderY, bottom, 0.6),
  );

const bottomOf = ({ points }: Hem): number =>
  Math.round(
    quantile(
      points.map(([, y]) => y),
      0.8,
    ),
  );

/** Lowest row in which the middle of the trunk shows cloth. */
function lowestRow(view: WornView): number {
  const { centreX, unit, shoulderY } = view.frame;
  const { width, height, data } = view.share;
  const from = Math.round(centreX - 0.3 * unit);
  const to = Math.round(centreX + 0.3 * unit);
  for (let y = height - 1; y > shoulderY; y--) {
    let cloth = 0;
    for (let x = Math.max(0, from); x < Math.min(width, to); x++) {
      if (data[y * width + x] > 0.5) cloth++;
    }
    if (cloth > 0.25 * (to - from)) return y;
  }
  return 0;
}

/**
 * Below a hollow armhole the edge comes out again and then goes down the side: the row between that lies farthest out
 * from the straight line. An armhole that is not hollow ends where armpits usually are.
 */
function bareArmpit(view: WornView, tip: Vec, side: Side): number {
  const { shoulderY, hipY, unit } = view.frame;
  const at = (down: number): number => Math.round(lerp(shoulderY, hipY, down));
  const first = Math.round(Math.max(tip[1] + 0.06 * unit, at(0)));
  const last = at(0.42);
  const edges: number[] = [];
  for (let y = first; y <= last; y++) {
    edges.push(rowEdge(view, y, side)?.at ?? edges[edges.length - 1] ?? 0);
  }
  const hollow = edges.indexOf(Math.min(...edges.slice(0, Math.max(1, at(0.3) - first))));
  const end = edges.length - 1;
  let knee = -1;
  let farthest = 0.02 * unit;
  for (let k = hollow + 1; k < end; k++) {
    const chord = lerp(edges[hollow], edges[end], (k - hollow) / (end - hollow));
    if (edges[k] - chord > farthest) {
      farthest = edges[k] - chord;
      knee = k;
    }
  }
  const usual = at(USUAL_ARMPIT);
  return knee < 0 ? usual : clamp(first + knee, at(0.12), at(0.4));
}

/** First row below every row in which the sleeve lies against the body; the last row when it does so down to the hem. */
function clearRow(view: WornView, arm: WornArm, bottom: number): number {
  const { shoulderY, hipY, unit } = view.frame;
  const first = Math.round(lerp(shoulderY, hipY, 0.12));
  const { point } = alongArm(arm, arm.sleeveEnd);
  const last = Math.min(bottom, Math.round(point[1] + SLANT * unit));
  let touching = first;
  for (let y = first; y <= last; y++) {
    const edge = rowEdge(view, y, arm.side);
    if (edge && edge.at >= innerSide(view, arm, y)) touching = y;
  }
  return touching >= bottom - 2 ? bottom : touching + 1;
}

/** Distance from the middle line to the inner side of the arm at a height; infinite where no arm is. */
function innerSide(view: WornView, arm: WornArm, y: number): number {
  const place = crossing(arm, y);
  if (place === null) return Infinity;
  const { point } = alongArm(arm, place);
  const reach = outerReach(view, arm, Math.min(place, 0.95 * arm.sleeveEnd));
  return signOf(arm.side) * (point[0] - view.frame.centreX) - 0.8 * reach;
}

/** The run at which the arm's middle line is at this height. */
function crossing({ joints, upper }: WornArm, y: number): number | null {
  for (const [k, from] of [joints[0], joints[1]].entries()) {
    const to = joints[k + 1];
    if (to[1] - from[1] < 1 || y < from[1] || y > to[1]) continue;
    const share = (y - from[1]) / (to[1] - from[1]);
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    return (k === 0 ? 0 : upper) + share * length;
  }
  return null;
}

/** Where a sleeve lies against the body its edge is not seen: it goes on from below, at most to the sleeve's inner edge. */
function underSleeves(
  view: WornView,
  edges: BodyEdges,
  arms: Both<WornArm>,
  clear: Both<number>,
): BodyEdges {
  const fix = (side: Side): readonly number[] => {
    const list = edges[side];
    const first = Math.round(clear[side]) - edges.top + 8;
    if (arms[side].sleeveEnd <= 0 || first <= 0) return list;
    const known = list.slice(first, first + Math.round(0.25 * view.frame.unit));
    const slope =
      known.length > 8
        ? clamp((known[0] - known[known.length - 1]) / known.length, -0.05, 0.22)
        : 0;
    return list.map((value, k) => {
      if (k >= first) return value;
      const y = edges.top + k;
      const place = crossing(arms[side], y);
      const outer =
        place === null
          ? 0
          : outerReach(view, arms[side], Math.min(place, 0.95 * arms[side].sleeveEnd));
      const inner =
        place === null
          ? Infinity
          : signOf(side) * (alongArm(arms[side], place).point[0] - view.frame.centreX) -
            0.8 * outer;
      const carried = known.length > 8 ? known[0] + slope * (first - k) : inner;
      return clamp(
        Math.min(carried, inner),
        0.3 * view.frame.unit,
        Math.max(value, 0.3 * view.frame.unit),
      );
    });
  };
  return { ...edges, left: fix('left'), right: fix('right') };
}
