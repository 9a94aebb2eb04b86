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
import { across, outsidePins } from './sleeve-outline.ts';

/** Share of a long sleeve that belongs to the shoulder. */
const CAP = 0.22;
/** Share from which its inner edge runs beside the body, below the armpit. */
const INNER_FROM = 0.3;
/** Pull of the pins along it, which has to cover the arm. */
const COVERING = 24;

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
    if (share >= INNER_FROM && (k - 1) / count < INNER_FROM) pins.push(...armpitPins(task, k, run));
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

/** The inner edge from the armpit to where it is first laid across the arm. */
function armpitPins(task: SleeveTask, k: number, run: number): Pin[] {
  const { source, arm, anchors, shoulderWidth } = task;
  const start = runOf(arm, anchors.armpit, run);
  const towards = innerEdge(task, k);
  return [0.35, 0.7].map((share) => {
    const there = lerp(start, run, share);
    const half = sleeveHalfWidth(0, arm, there, shoulderWidth, INNER_FROM);
    return {
      source: mix(source.armpit, towards, share),
      target: across(task, there, -covering(task, there, half)),
      weight: COVERING,
    };
  });
}

/** Where the inner edge of a sleeve crosses the garment's picture. */
function innerEdge({ sleeve, arm }: SleeveTask, k: number): Vec {
  const inward = times(outward(arm.side, axisDirection(sleeve, k)), -1);
  return add(sleeve.axis[k], inward, sleeve.halfWidths[k]);
}

/** Half a sleeve towards the body: no skin shows between it and the body that the arm hangs against. */
const covering = ({ arm, shoulderWidth }: SleeveTask, run: number, half: number): number =>
  Math.max(half, arm.innerReach(run) + 0.02 * shoulderWidth);

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
  if (share >= INNER_FROM) {
    const inner = covering(task, run, half);
    pins.push(
      { source: innerEdge(task, k), target: add(point, away, -inner), weight: COVERING },
      { source: sleeve.axis[k], target: add(point, away, (outer - inner) / 2), weight: 4 },
    );
  }
  return pins;
}

/** A bent elbow stands out this far from the arm's middle line at most, in half-widths of the bare arm. */
const ELBOW = 1.45;

/**
 * Near the shoulder the sleeve must reach over what the person wears now; at the wrist its own width is enough. In between
 * it covers the arm as far as that may stand out.
 */
function outerHalfWidth(arm: Arm, run: number, half: number, shoulderWidth: number): number {
  const reach = 1.05 * arm.outerReach(run) + 0.01 * shoulderWidth;
  const bare = Math.min(reach, ELBOW * arm.halfWidth(run));
  return Math.max(half, bare, lerp(reach, half, run / arm.length));
}

function axisDirection(sleeve: Sleeve, k: number): Vec {
  const before = sleeve.axis[Math.max(0, k - 1)];
  const after = sleeve.axis[Math.min(sleeve.axis.length - 1, k + 1)];
  return distance(before, after) > 0 ? normalize(subtract(after, before)) : [0, 1];
}
