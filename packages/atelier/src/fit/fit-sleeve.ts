import type { GarmentSide, Sleeve } from '../perceive/garment.ts';
import type { Mask, Plane } from '../pixels/image.ts';
import type { Pin } from '../warp/mesh.ts';
import type { Arm } from './arm.ts';
import type { Grading } from './garment-size.ts';
import { fitLongSleeve } from './fit-long-sleeve.ts';
import { fitShortSleeve } from './fit-short-sleeve.ts';
import { fitOffShoulderSleeve } from './off-shoulder.ts';
import type { ShoulderAnchors } from './top-anchors.ts';
import { mix, type Vec } from '../geometry/vector.ts';

/** Where a sleeve goes along this arm. */
export interface SleeveFit {
  readonly pins: readonly Pin[];
  /** Length along the arm, from the shoulder joint, at which the sleeve ends; pixels. */
  readonly hemRun: number;
}

/** What a sleeve is fitted from and to. */
export interface SleeveTask {
  readonly source: GarmentSide;
  readonly sleeve: Sleeve;
  /** Whether the sleeve is a band round the upper arm that leaves the shoulder bare. */
  readonly offShoulder: boolean;
  /** The garment's pixels that belong to this sleeve; not empty. */
  readonly piece: Mask;
  readonly arm: Arm;
  readonly anchors: ShoulderAnchors;
  /** Person pixels a garment pixel. */
  readonly scale: number;
  readonly grading: Grading;
  readonly shoulderWidth: number;
  readonly shapes: { readonly garment: Plane; readonly person: Plane };
  /** Where the body of the garment has carried a point of the armhole. */
  readonly carrySeam: (point: Vec) => Vec;
}

/**
 * Lays a sleeve along the bent arm. Its length and width come from the garment's own proportions, but it is never
 * narrower than the arm; its seam follows wherever the body of the garment has carried the armhole.
 */
export function fitSleeve(task: SleeveTask): SleeveFit {
  const fitted = task.offShoulder
    ? fitOffShoulderSleeve(task)
    : task.sleeve.class === 'long'
      ? fitLongSleeve(task)
      : fitShortSleeve(task);
  return { ...fitted, pins: [...seamPins(task), ...fitted.pins] };
}

function seamPins({ source, carrySeam }: SleeveTask): Pin[] {
  // Close together at the shoulder tip, where body and sleeve meet in a visible outline.
  return [0, 0.05, 0.12, 0.25, 0.5, 0.75, 1].map((share) => {
    const point = mix(source.shoulderTip, source.armpit, share);
    return { source: point, target: carrySeam(point), weight: 60 };
  });
}
