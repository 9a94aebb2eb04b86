import { pathLength, pointAlong } from '../geometry/path.ts';
import { distance, mix, type Vec } from '../geometry/vector.ts';
import type { BottomLandmarks, BottomSide } from '../perceive/garment.ts';
import { type Side, sides } from '../perceive/person.ts';
import { clamp } from '../pixels/scalar.ts';

/** One leg of the garment: its edges, and where on the outer edge the leg begins. */
export interface GarmentLeg {
  readonly outer: readonly Vec[];
  readonly inner: readonly Vec[];
  /** Length down the outer edge, from the waist, of the place opposite the crotch. */
  readonly start: number;
  readonly outerLength: number;
  readonly innerLength: number;
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

export function measureTrousers(landmarks: BottomLandmarks, crotch: Vec): TrouserMeasures {
  const waistMiddle = middleOfWaist(landmarks);
  const rise = distance(waistMiddle, crotch);
  const legs = {
    left: measureGarmentLeg(landmarks.left, rise),
    right: measureGarmentLeg(landmarks.right, rise),
  };
  const widths = [0.55, 0.7, 0.85].map((share) =>
    distance(
      pointAlong(legs.left.outer, share * legs.left.start),
      pointAlong(legs.right.outer, share * legs.right.start),
    ),
  );
  return {
    waistMiddle,
    crotch,
    rise,
    inseam: (legs.left.innerLength + legs.right.innerLength) / 2,
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

function measureGarmentLeg(side: BottomSide, rise: number): GarmentLeg {
  const outerLength = pathLength(side.outer);
  const innerLength = pathLength(side.inner);
  // A leg's two edges are equally long, so what the outer one has more lies above the crotch.
  const start = clamp(outerLength - innerLength, 0.8 * rise, 1.25 * rise);
  return { outer: side.outer, inner: side.inner, start, outerLength, innerLength };
}
