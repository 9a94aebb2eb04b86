import { pathLength, pointAlong } from '../geometry/path.ts';
import { distance, dot, mix, normalize, subtract, type Vec } from '../geometry/vector.ts';
import type { BottomLandmarks, BottomReading, BottomSide } from '../perceive/garment.ts';
import { type Side, sides } from '../perceive/person.ts';
import type { Plane } from '../pixels/image.ts';
import { onOutline } from './cloth-edge.ts';

/** One leg of the garment, from the height of the crotch to the hem. */
export interface GarmentLeg {
  /** The outer edge above the leg, from the waist's corner down. */
  readonly hip: readonly Vec[];
  /** Places on the edges at a share of the leg's length. */
  outer(share: number): Vec;
  inner(share: number): Vec;
  /** Down the leg, pixels. */
  readonly length: number;
}

/** Lengths of trousers or shorts in garment pixels. */
export interface TrouserMeasures {
  readonly waistMiddle: Vec;
  readonly crotch: Vec;
  /** Waist to crotch down the middle. */
  readonly rise: number;
  /** Crotch to hem along the inner edges. */
  readonly inseam: number;
  /** Half the width across the hips. */
  readonly hipHalf: number;
  readonly legs: Readonly<Record<Side, GarmentLeg>>;
}

export function measureTrousers(garment: BottomReading, crotch: Vec): TrouserMeasures {
  const { landmarks, front } = garment;
  const waistMiddle = middleOfWaist(landmarks);
  const legs = {
    left: measureGarmentLeg(landmarks.left, crotch, front, 'left'),
    right: measureGarmentLeg(landmarks.right, crotch, front, 'right'),
  };
  const widths = [0.55, 0.7, 0.85].map((share) =>
    distance(
      pointAlong(legs.left.hip, share * pathLength(legs.left.hip)),
      pointAlong(legs.right.hip, share * pathLength(legs.right.hip)),
    ),
  );
  return {
    waistMiddle,
    crotch,
    rise: distance(waistMiddle, crotch),
    inseam: (legs.left.length + legs.right.length) / 2,
    hipHalf: Math.max(...widths) / 2,
    legs,
  };
}

/** The place of the waist half way between its corners. */
export function middleOfWaist({ waist }: BottomLandmarks): Vec {
  return pointAlong(waist, pathLength(waist) / 2);
}

/** How far the waist's edge lies off the straight line from corner to middle, at the middle of each half; as a bow. */
export function waistBow(landmarks: BottomLandmarks): Vec {
  const { waist } = landmarks;
  const length = pathLength(waist);
  const middle = middleOfWaist(landmarks);
  const bows = sides.map((side): Vec => {
    const corner = side === 'left' ? waist[0] : waist[waist.length - 1];
    const at = pointAlong(waist, (side === 'left' ? 0.25 : 0.75) * length);
    const chord = mix(corner, middle, 0.5);
    return [4 * (at[0] - chord[0]), 4 * (at[1] - chord[1])];
  });
  return [0, (bows[0][1] + bows[1][1]) / 2];
}

/**
 * Both edges are read by how far down the leg they have come, not by their own lengths: an inner edge that arches away
 * from the crotch would otherwise lag behind the outer one.
 */
function measureGarmentLeg(edges: BottomSide, crotch: Vec, cloth: Plane, side: Side): GarmentLeg {
  const outer = onOutline(edges.outer, cloth, side);
  const inner = onOutline(edges.inner, cloth, side === 'left' ? 'right' : 'left');
  const beside = outer.find(([, y]) => y >= crotch[1]) ?? outer[outer.length - 1];
  const hem = mix(outer[outer.length - 1], inner[inner.length - 1], 0.5);
  const down = normalize(subtract(hem, mix(beside, crotch, 0.5)));
  const depth = (point: Vec): number => dot(subtract(point, crotch), down);
  const hip: Vec[] = [];
  for (const point of outer) {
    if (depth(point) >= 0) break;
    hip.push(point);
  }
  hip.push(atDepth(outer, depth, 0));
  const outerDepth = depth(outer[outer.length - 1]);
  const innerDepth = depth(inner[inner.length - 1]);
  return {
    hip,
    outer: (share) => atDepth(outer, depth, share * outerDepth),
    inner: (share) => atDepth(inner, depth, share * innerDepth),
    length: (outerDepth + innerDepth) / 2,
  };
}

/** The first place of a path that has come so far down. */
function atDepth(path: readonly Vec[], depth: (point: Vec) => number, wanted: number): Vec {
  const next = path.findIndex((point) => depth(point) >= wanted);
  if (next < 0) return path[path.length - 1];
  if (next === 0) return path[0];
  const [from, to] = [depth(path[next - 1]), depth(path[next])];
  return mix(path[next - 1], path[next], (wanted - from) / (to - from || 1));
}
