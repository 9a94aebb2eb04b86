import { type Arm, outward } from '../../fit/arm.ts';
import { add, dot, subtract, type Vec } from '../../geometry/vector.ts';
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
/** Share of clothes that stay on, below which a pixel hardly shows them. */
const LEAST_KEPT = 0.3;
/** Breadth of an arm's soft rim, in shoulder widths. */
const RIM = 0.014;

/** What shows of an arm inside of its sleeve in no broader a rim than this, in shoulder widths, does so by mistake. */
const INNER_RIM = 0.05;
/** Sleeves that go on this many upper arms end in no slanting hem beside the body. */
const LONG = 1.3;

/**
 * Arm, bare or in the old sleeve, that stands out beyond the outer edge of a sleeve, or shows in a rim at the inner edge of
 * a long one, before the body or the background: in a sleeve there is no room for it, so that the background takes its
 * place. Sleeves narrower than the arm they were fitted to would show it else.
 *
 * @param over coverage of the sleeves
 * @param cloth coverage of everything that is put on
 */
export function tuckedArms(
  scene: Scene,
  sleeves: readonly SleeveOnArm[],
  over: Plane,
  cloth: Plane,
): Mask {
  const { arms, matte } = scene;
  const tucked = createMask(arms.width, arms.height);
  for (const { side, hemRun } of sleeves) {
    const arm = scene.limbs[side];
    const inSleeve = runsInSleeve(scene, arm, over, hemRun);
    for (let i = 0; i < tucked.data.length; i++) {
      const mayShow = arms.data[i] >= 0.02 || scene.old.data[i] > 0;
      if (!mayShow || over.data[i] > 0.995 || matte.data[i] < 0.02) continue;
      if (staysOn(scene, i)) continue;
      const point = pointAt(scene, i);
      const { run, share } = arm.locate(point);
      if (share > STANDING_OUT || run <= 0 || !inSleeve[Math.floor(run)]) continue;
      const place = arm.at(run);
      const outer = outward(side, place.direction);
      const out = dot(subtract(point, place.point), outer);
      const beside = 0.3 * arm.halfWidth(run);
      const isLong = hemRun > LONG * arm.upperLength;
      if (out > beside || (isLong && out < -beside && isInRim(scene, point, outer, over, cloth))) {
        tucked.data[i] = 1;
      }
    }
  }
  return withRim(scene, tucked, Math.max(2, RIM * scene.unit));
}

/** Whether the sleeve lies close by on the arm's side of a point, and the body of a garment or the background on the other. */
function isInRim(scene: Scene, point: Vec, outer: Vec, over: Plane, cloth: Plane): boolean {
  const reach = INNER_RIM * scene.trunk.shoulderWidth;
  const meets = (way: number, isThere: (at: number) => boolean): boolean => {
    for (let step = 0; step <= reach; step += 1 / scene.zoom) {
      const at = indexAt(scene, add(point, outer, way * step));
      if (at >= 0 && isThere(at)) return true;
    }
    return false;
  };
  const isBody = (at: number): boolean => cloth.data[at] > 0.9 && over.data[at] < 0.1;
  const isBehind = (at: number): boolean => scene.matte.data[at] < 0.1;
  return meets(1, (at) => over.data[at] > 0.9) && meets(-1, (at) => isBody(at) || isBehind(at));
}

/** The rim of an arm, soft in the photo, goes with it; what is wholly arm beside it stays, and so do clothes that do. */
function withRim(scene: Scene, tucked: Mask, radius: number): Mask {
  const grown = growRim(tucked, radius);
  for (let i = 0; i < grown.data.length; i++) {
    if (tucked.data[i]) continue;
    if (scene.arms.data[i] > 0.9 || staysOn(scene, i)) grown.data[i] = 0;
  }
  return grown;
}

/** Whether a pixel shows clothes that stay on rather than an arm or what comes off. */
export const staysOn = ({ kept, arms, oldShare }: Scene, i: number): boolean =>
  kept.data[i] > Math.max(LEAST_KEPT, arms.data[i], oldShare.data[i]);

/** By each pixel of length along the arm, whether the sleeve lies over the arm's middle there. */
function runsInSleeve(scene: Scene, arm: Arm, over: Plane, hemRun: number): readonly boolean[] {
  return Array.from({ length: Math.max(0, Math.floor(0.96 * hemRun)) }, (_, run) => {
    const at = indexAt(scene, arm.at(run).point);
    return at >= 0 && over.data[at] > 0.9;
  });
}
