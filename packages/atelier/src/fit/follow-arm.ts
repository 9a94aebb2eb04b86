import { add, normalize, scale as times, subtract, type Vec } from '../geometry/vector.ts';
import type { Sleeve } from '../perceive/garment.ts';
import type { Pin } from '../warp/mesh.ts';
import { type Arm, outward } from './arm.ts';
import type { SleeveFit, SleeveTask } from './fit-sleeve.ts';
import { runOf, sleeveHalfWidth } from './sleeve-measures.ts';

/** The middle of a sleeve this many half-widths of the arm off the arm's own middle has left the arm: 1.5 is the most of a puff. */
const ASTRAY = 2;
/** Whether a laid sleeve has left the arm that it should clothe. */
export function goesAstray(sleeve: Sleeve, arm: Arm, carried: (point: Vec) => Vec): boolean {
  return sleeve.axis.slice(1).some((point) => arm.locate(carried(point)).share > ASTRAY);
}

const FIRM = 24;

/**
 * The plainest way to lay a sleeve: as a tube along the arm, whatever the armhole says. For sleeves that the better ways
 * would lead astray.
 */
export function followArm(task: SleeveTask): SleeveFit {
  const { sleeve, arm, anchors, scale, grading, shoulderWidth } = task;
  const start = runOf(arm, anchors.tip, 0.2 * shoulderWidth);
  const length = Math.min(sleeve.length * scale * grading.length, 1.02 * arm.length - start);
  const last = sleeve.axis.length - 1;
  const pins = sleeve.axis.flatMap((at, k): Pin[] => {
    const share = k / last;
    const run = start + share * length;
    const { point, direction } = arm.at(run);
    const away = outward(arm.side, direction);
    const own = sleeve.halfWidths[k];
    const half = sleeveHalfWidth(own * scale * grading.girth, arm, run, shoulderWidth, share);
    const along = subtract(sleeve.axis[Math.min(last, k + 1)], sleeve.axis[Math.max(0, k - 1)]);
    const sourceAway = outward(arm.side, normalize(along));
    return [-1, 0, 1].map((sign) => ({
      source: add(at, times(sourceAway, sign), own),
      target: add(point, times(away, sign), half),
      weight: FIRM,
    }));
  });
  return { pins, hemRun: start + length };
}
