import { type Arm, outward } from '../../fit/arm.ts';
import { dot, subtract } from '../../geometry/vector.ts';
import type { Side } from '../../perceive/person.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { indexAt, pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';

/** A sleeve as far as the arm beneath it is concerned. */
export interface SleeveOnArm {
  readonly side: Side;
  /** Length along the arm, from the shoulder joint, at which the sleeve ends; pixels of the person's reading. */
  readonly hemRun: number;
}

/**
 * Bare arm that stands out beyond the outer edge of a sleeve: in a sleeve there is no room for it, so that the background
 * takes its place. Sleeves narrower than the arm they were fitted to would show it else.
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
      if (arms.data[i] < 0.02 || over.data[i] > 0.995 || matte.data[i] < 0.02) continue;
      const point = pointAt(scene, i);
      const { run, share } = arm.locate(point);
      if (share > 2.2 || run <= 0 || !inSleeve[Math.floor(run)]) continue;
      const place = arm.at(run);
      const out = dot(subtract(point, place.point), outward(side, place.direction));
      if (out > 0.3 * arm.halfWidth(run)) tucked.data[i] = 1;
    }
  }
  return tucked;
}

/** By each pixel of length along the arm, whether the sleeve lies over the arm's middle there. */
function runsInSleeve(scene: Scene, arm: Arm, over: Plane, hemRun: number): readonly boolean[] {
  return Array.from({ length: Math.max(0, Math.floor(0.96 * hemRun)) }, (_, run) => {
    const at = indexAt(scene, arm.at(run).point);
    return at >= 0 && over.data[at] > 0.9;
  });
}
