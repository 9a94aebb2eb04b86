import { type Arm, outward } from '../../fit/arm.ts';
import { dot, subtract } from '../../geometry/vector.ts';
import type { Side } from '../../perceive/person.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { growRim } from '../../pixels/soften.ts';
import { indexAt, pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';

/** A sleeve as far as the arm beneath it is concerned. */
export interface SleeveOnArm {
  readonly side: Side;
  /** Length along the arm, from the shoulder joint, at which the sleeve ends; pixels of the person's reading. */
  readonly hemRun: number;
}

/** Farther than this from an arm's middle line, in its half-widths, nothing is the arm: a bent elbow stands out most. */
const STANDING_OUT = 2.4;
/** Breadth of an arm's soft rim, in shoulder widths. */
const RIM = 0.014;

/**
 * Arm, bare or in the old sleeve, that stands out beyond the outer edge of a sleeve: in a sleeve there is no room for it,
 * so that the background takes its place. Sleeves narrower than the arm they were fitted to would show it else.
 *
 * @param over coverage of the sleeves
 */
export function tuckedArms(scene: Scene, sleeves: readonly SleeveOnArm[], over: Plane): Mask {
  const { arms, matte } = scene;
  const tucked = createMask(arms.width, arms.height);
  for (const { side, hemRun } of sleeves) {
    const arm = scene.limbs[side];
    const inSleeve = runsInSleeve(scene, arm, over, hemRun);
    for (let i = 0; i < tucked.data.length; i++) {
      const mayShow = arms.data[i] >= 0.02 || scene.old.data[i] > 0;
      if (!mayShow || over.data[i] > 0.995 || matte.data[i] < 0.02) continue;
      const point = pointAt(scene, i);
      const { run, share } = arm.locate(point);
      if (share > STANDING_OUT || run <= 0 || !inSleeve[Math.floor(run)]) continue;
      const place = arm.at(run);
      const out = dot(subtract(point, place.point), outward(side, place.direction));
      if (out > 0.3 * arm.halfWidth(run)) tucked.data[i] = 1;
    }
  }
  return withRim(tucked, arms, Math.max(2, RIM * scene.unit));
}

/** The rim of an arm, soft in the photo, goes with it; what is wholly arm beside it stays. */
function withRim(tucked: Mask, arms: Plane, radius: number): Mask {
  const grown = growRim(tucked, radius);
  for (let i = 0; i < grown.data.length; i++) {
    if (!tucked.data[i] && arms.data[i] > 0.9) grown.data[i] = 0;
  }
  return grown;
}

/** By each pixel of length along the arm, whether the sleeve lies over the arm's middle there. */
function runsInSleeve(scene: Scene, arm: Arm, over: Plane, hemRun: number): readonly boolean[] {
  return Array.from({ length: Math.max(0, Math.floor(0.96 * hemRun)) }, (_, run) => {
    const at = indexAt(scene, arm.at(run).point);
    return at >= 0 && over.data[at] > 0.9;
  });
}
