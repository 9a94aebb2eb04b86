import type { Vec } from '../../geometry/vector.ts';
import { clamp } from '../../pixels/scalar.ts';
import { resample } from './contour.ts';

/** One member of the family of necklines. */
export interface NeckShape {
  /** Depth over width. */
  readonly depth: number;
  /** Roundness at the bottom: 1 is a V, 2 a parabola, 6 nearly square. */
  readonly power: number;
  /** Steepness at the ends: 1 as the power gives it, 2 upright as an ellipse's. */
  readonly root: number;
  /** How far the lowest point lies off the middle, over width. */
  readonly skew: number;
  /**
   * How far its ends lie inwards of the neck points, over width: positive for the inner edge of a band around the neck,
   * negative where the neck points were taken too far in.
   */
  readonly inset: number;
}

const SAMPLES = 41;

/** A coarse grid over the family. */
export function* neckShapes(): Generator<NeckShape> {
  for (let depth = 0.06; depth < 2.6; depth += depth < 0.5 ? 0.02 : depth < 1.2 ? 0.035 : 0.06) {
    for (const power of [1, 1.2, 1.4, 1.6, 1.8, 2.3, 3.2, 6]) {
      // The arms of a deep V bulge outwards.
      for (const root of power < 1.5 && depth > 0.8 ? [1, 1.35] : [1, 1.6]) {
        if (power < 1.5 && root > 1.5) continue;
        if (power > 2 && depth > 1.3) continue;
        yield { depth, power, root, skew: 0, inset: 0 };
      }
    }
  }
}

/** Neighbours of a shape at a given fineness (1 is as coarse as the grid). */
export function neighbours(shape: NeckShape, fineness: number): NeckShape[] {
  const { depth, power, root, skew, inset } = shape;
  const deeper = 0.03 * fineness * Math.max(0.6, depth);
  return [
    { ...shape, depth: depth + deeper },
    { ...shape, depth: Math.max(0.03, depth - deeper) },
    { ...shape, power: clamp(power * (1 + 0.12 * fineness), 0.9, 8) },
    { ...shape, power: clamp(power / (1 + 0.12 * fineness), 0.9, 8) },
    { ...shape, root: clamp(root + 0.25 * fineness, 1, 2.2) },
    { ...shape, root: clamp(root - 0.25 * fineness, 1, 2.2) },
    { ...shape, skew: clamp(skew + 0.03 * fineness, -0.12, 0.12) },
    { ...shape, skew: clamp(skew - 0.03 * fineness, -0.12, 0.12) },
    { ...shape, inset: clamp(inset + 0.03 * fineness, -0.12, 0.1) },
    { ...shape, inset: clamp(inset - 0.03 * fineness, -0.12, 0.1) },
  ];
}

/** The neck points as first taken, and the garment's upper edge, from left to right and somewhat beyond them. */
export interface NeckFrame {
  readonly left: Vec;
  readonly right: Vec;
  readonly upper: readonly Vec[];
}

/** The curve of a shape at equal steps, from end to end on the garment's upper edge. */
export function drawNeck(shape: NeckShape, frame: NeckFrame): Vec[] {
  const { depth, power, root, skew, inset } = shape;
  const width = frame.right[0] - frame.left[0];
  const left = inset === 0 ? frame.left : upperAt(frame.upper, frame.left[0] + inset * width);
  const right = inset === 0 ? frame.right : upperAt(frame.upper, frame.right[0] - inset * width);
  const lowest = 0.5 + skew;
  const fine = Array.from({ length: 81 }, (_, k): Vec => {
    // Denser towards the ends, where steep curves run.
    const u = 0.5 - 0.5 * Math.cos((Math.PI * k) / 80);
    const off = u < lowest ? (lowest - u) / lowest : (u - lowest) / (1 - lowest);
    const fall = (1 - Math.min(1, off) ** power) ** (1 / root);
    return [
      left[0] + (right[0] - left[0]) * u,
      left[1] + (right[1] - left[1]) * u + depth * width * fall,
    ];
  });
  return resample(fine, SAMPLES);
}

/** The point of the upper edge at an x. */
export function upperAt(upper: readonly Vec[], x: number): Vec {
  for (let i = 1; i < upper.length; i++) {
    const [ax, ay] = upper[i - 1];
    const [bx, by] = upper[i];
    if (ax <= x && bx >= x) return [x, ay + ((by - ay) * (x - ax)) / (bx - ax || 1)];
  }
  return x < upper[0][0] ? upper[0] : upper[upper.length - 1];
}

/** How usual a neckline is, 0..1: round ones of middling depth and Vs of any are, square and lopsided ones less. */
export function usualness({ depth, power, skew, inset }: NeckShape): number {
  const limit = power < 2 ? 2.2 : power < 2.8 ? 0.9 : 0.62;
  const deep = Math.exp(-0.5 * (Math.max(0, depth - limit) / 0.3) ** 2);
  const square = power > 5 ? 0.84 : 1;
  const shallowV = power < 1.35 && depth < 0.6 ? 0.72 : 1;
  return (
    deep * square * shallowV * (1 - Math.abs(skew)) * (1 - (inset < 0 ? 2 : 0.6) * Math.abs(inset))
  );
}
