import type { Arm } from '../fit/arm.ts';
import { fitSleeve, type SleeveFit, type SleeveTask } from '../fit/fit-sleeve.ts';
import type { TopFit } from '../fit/fit-top.ts';
import { followArm, goesAstray } from '../fit/follow-arm.ts';
import { isOffShoulder } from '../fit/off-shoulder.ts';
import type { Trunk } from '../fit/trunk.ts';
import type { Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import { distanceNear } from '../pixels/distance.ts';
import { createMask, type Mask, type Plane, threshold } from '../pixels/image.ts';
import { growRim } from '../pixels/soften.ts';
import { layCloth } from '../warp/lay-cloth.ts';
import { carry, type ClothMesh } from '../warp/mesh.ts';
import { printShare } from '../warp/print.ts';
import { bodyMask, measureToSleeves, reachOf, type ToSleeves } from './top-coverage.ts';

/** Cells of the cloth grid down the garment's height: finer than the smallest bend that a sleeve makes. */
const GRID = 44;

/** A sleeve must bend with its arm: of the care for a print it takes this share. */
const SLEEVE_PRINT = 0.12;

/** A top laid on the person: the mesh of its body, and one of each sleeve. */
export interface LaidTop {
  readonly body: ClothMesh;
  readonly sleeves: readonly LaidSleeve[];
  readonly toSleeves: ToSleeves;
  /** Distance of every pixel near the body to it, garment pixels. */
  readonly toBody: Plane;
}

export interface LaidSleeve {
  readonly side: Side;
  readonly mesh: ClothMesh;
  /** Length along the arm, from the shoulder joint, at which the sleeve ends; pixels of the person's reading. */
  readonly hemRun: number;
  /** Whether its armhole would have led it away from the arm, so that it was laid as a plain tube along the arm. */
  readonly astray: boolean;
}

/** Lays the body on its pins, then each sleeve on its own, sewn to where the body has carried the armhole. */
export function layTop(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  limbs: Readonly<Record<Side, Arm>>,
  fit: TopFit,
): LaidTop {
  const step = Math.max(6, Math.round(garment.image.height / GRID));
  const print = printShare(garment);
  const cloth = { step, print, bending: 3 };
  const bendable = { ...cloth, print: (at: Vec) => SLEEVE_PRINT * print(at) };
  const reach = reachOf(garment, step);
  const toSleeves = measureToSleeves(garment, reach);
  const toBody = distanceNear(bodyMask(garment, toSleeves), reach);
  const whole = growRim(threshold(garment.matte, 0.02), 2);
  const body = layCloth(within(toBody, reach, whole), fit.pins, cloth);
  const offShoulder = isOffShoulder(garment);
  const sleeves: LaidSleeve[] = [];
  for (const side of sides) {
    const source = garment.landmarks[side];
    if (!source.sleeve) continue;
    const task: SleeveTask = {
      source,
      sleeve: source.sleeve,
      offShoulder,
      piece: garment.sleeves[side],
      arm: limbs[side],
      anchors: fit.anchors[side],
      scale: fit.scale,
      grading: fit.grading,
      shoulderWidth: trunk.shoulderWidth,
      shapes: { garment: garment.matte, person: person.matte },
      carrySeam: (point) => carry(body, point),
    };
    const piece = within(toSleeves[side], 2 * step);
    const lay = ({ pins }: SleeveFit): ClothMesh => layCloth(piece, pins, bendable);
    const fitted = fitSleeve(task);
    const mesh = lay(fitted);
    const astray = goesAstray(source.sleeve, limbs[side], (point) => carry(mesh, point));
    const plain = astray ? followArm(task) : fitted;
    sleeves.push({ side, mesh: astray ? lay(plain) : mesh, hemRun: plain.hemRun, astray });
  }
  return { body, sleeves, toSleeves, toBody };
}

function within(distance: Plane, reach: number, also?: Mask): Mask {
  const mask = createMask(distance.width, distance.height);
  for (let i = 0; i < mask.data.length; i++) {
    mask.data[i] = distance.data[i] <= reach && (!also || also.data[i] === 1) ? 1 : 0;
  }
  return mask;
}
