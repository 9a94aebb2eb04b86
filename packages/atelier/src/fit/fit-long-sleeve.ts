import {
  add,
  distance,
  mix,
  normalize,
  scale as times,
  subtract,
  type Vec,
} from '../geometry/vector.ts';
import type { Sleeve } from '../perceive/garment.ts';
import { lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import { type Arm, outward } from './arm.ts';
import type { SleeveFit, SleeveTask } from './fit-sleeve.ts';
import { foreshortening, runOf, sleeveHalfWidth } from './sleeve-measures.ts';
import { outsidePins } from './sleeve-outline.ts';

/** Share of a long sleeve that belongs to the shoulder. */
const CAP = 0.22;

/** A long sleeve follows the arm by its axis, from the armhole to the wrist, whatever the elbow does. */
export function fitLongSleeve(task: SleeveTask): SleeveFit {
  const { sleeve, arm, anchors, scale, grading, shoulderWidth } = task;
  const start = runOf(arm, mix(anchors.tip, anchors.armpit, 0.45), 0.3 * shoulderWidth);
  const full = arm.length - start;
  const natural = sleeve.length * scale * grading.length * foreshortening(arm, shoulderWidth);
  const length = natural > 0.78 * full ? full * 1.02 : natural;
  const pins: Pin[] = [];
  const count = sleeve.axis.length - 1;
  for (let k = 0; k <= count; k++) {
    const share = k / count;
    if (share < CAP) continue;
    const run = start + share * length;
    // Above the first crossing the outline runs round the shoulder.
    if (pins.length === 0) pins.push(...shoulderPins(task, k, run));
    pins.push(...crossPins(task, k, run, share));
  }
  return { pins, hemRun: start + length };
}

function shoulderPins(task: SleeveTask, k: number, run: number): Pin[] {
  const { sleeve, arm, scale, shoulderWidth } = task;
  const sourceAway = outward(arm.side, axisDirection(sleeve, k));
  const corner = add(sleeve.axis[k], sourceAway, sleeve.halfWidths[k]);
  const half = sleeveHalfWidth(sleeve.halfWidths[k] * scale, arm, run, shoulderWidth, CAP);
  return outsidePins(task, corner, run, half);
}

function crossPins(task: SleeveTask, k: number, run: number, share: number): Pin[] {
  const { sleeve, arm, scale, grading, shoulderWidth } = task;
  const { point, direction } = arm.at(run);
  const own = sleeve.halfWidths[k];
  const half = sleeveHalfWidth(own * scale * grading.girth, arm, run, shoulderWidth, share);
  const outer = outerHalfWidth(arm, run, half, shoulderWidth);
  const away = outward(arm.side, direction);
  const sourceAway = outward(arm.side, axisDirection(sleeve, k));
  const pins: Pin[] = [
    { source: add(sleeve.axis[k], sourceAway, own), target: add(point, away, outer), weight: 8 },
  ];
  if (share >= 0.3) {
    pins.push(
      {
        source: add(sleeve.axis[k], times(sourceAway, -1), own),
        target: add(point, away, -half),
        weight: 8,
      },
      { source: sleeve.axis[k], target: add(point, away, (outer - half) / 2), weight: 4 },
    );
  }
  return pins;
}

/** Near the shoulder the sleeve must reach over what the person wears now; at the wrist its own width is enough. */
function outerHalfWidth(arm: Arm, run: number, half: number, shoulderWidth: number): number {
  const reach = 1.05 * arm.outerReach(run) + 0.01 * shoulderWidth;
  return Math.max(half, lerp(reach, half, run / arm.length));
}

function axisDirection(sleeve: Sleeve, k: number): Vec {
  const before = sleeve.axis[Math.max(0, k - 1)];
  const after = sleeve.axis[Math.min(sleeve.axis.length - 1, k + 1)];
  return distance(before, after) > 0 ? normalize(subtract(after, before)) : [0, 1];
}
