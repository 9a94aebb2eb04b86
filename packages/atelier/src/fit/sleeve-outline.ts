import { add, distance, mix, normalize, subtract, type Vec } from '../geometry/vector.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import { outward } from './arm.ts';
import type { SleeveTask } from './fit-sleeve.ts';
import { outlineNear } from './outline.ts';

/** Places at which the outline of a sleeve is looked for between shoulder tip and cuff. */
const TRACES = 20;

/** The sleeve's outer outline on the garment, from the shoulder tip to `corner`, however far it bulges beyond the chord. */
function sourceOutline(task: SleeveTask, corner: Vec): Vec[] {
  const tip = task.source.shoulderTip;
  const chord = distance(tip, corner);
  const direction = outward(task.arm.side, normalize(subtract(corner, tip)));
  const path: Vec[] = [tip];
  for (let k = 1; k < TRACES; k++) {
    const share = k / TRACES;
    // Near its ends the outline meets the chord, and a ray may run on into the cloth beside it.
    const most = chord * Math.min(0.6, 2 * share, 0.15 + 2 * (1 - share));
    path.push(outlineNear(task.shapes.garment, mix(tip, corner, share), direction, most));
  }
  return [...path, corner];
}

export function across({ arm }: SleeveTask, run: number, offset: number): Vec {
  const { point, direction } = arm.at(run);
  return add(point, outward(arm.side, direction), offset);
}

/**
 * The outside of the sleeve on the person: from the shoulder tip round the deltoid on the silhouette, then down the
 * outside of the arm, always over what the person wears now, to the hem, where the sleeve has its own width.
 */
function outerOutline(task: SleeveTask, hemRun: number, half: number): Vec[] {
  const { arm, source, shapes, shoulderWidth, carrySeam } = task;
  const tip = carrySeam(source.shoulderTip);
  const joint = arm.joints[0];
  const ease = 0.025 * shoulderWidth;
  const bendRun = Math.min(0.18 * shoulderWidth, 0.4 * hemRun);
  const down = across(task, bendRun, 1.03 * arm.outerReach(bendRun) + ease);
  const from = normalize(subtract(tip, joint));
  const to = normalize(subtract(down, joint));
  const path: Vec[] = [tip];
  for (const share of [0.25, 0.5, 0.75]) {
    const direction = normalize(mix(from, to, share));
    const near = lerp(distance(joint, tip), distance(joint, down), share);
    const edge = outlineNear(
      shapes.person,
      add(joint, direction, near),
      direction,
      0.2 * shoulderWidth,
    );
    // From the seam, which lies on the shoulder, the cloth rises gently over the cap.
    path.push(add(edge, direction, (0.6 + 1.4 * share) * ease));
  }
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const run = lerp(bendRun, hemRun, share);
    const covering = 1.03 * arm.outerReach(run) + ease;
    path.push(across(task, run, Math.max(covering, lerp(covering, half, share * share))));
  }
  return path;
}

/** The point at a share of a path's length. */
function alongPath(path: readonly Vec[], share: number): Vec {
  const lengths = path.slice(1).map((point, k) => distance(path[k], point));
  let left = share * lengths.reduce((sum, part) => sum + part, 0);
  for (let k = 0; k < lengths.length; k++) {
    if (left <= lengths[k] || k === lengths.length - 1) {
      return mix(path[k], path[k + 1], lengths[k] > 0 ? clamp(left / lengths[k], 0, 1) : 0);
    }
    left -= lengths[k];
  }
  return path[path.length - 1];
}

/**
 * Pins along the outside of a sleeve, from the shoulder tip to `corner` on the garment and to `endRun` down the arm,
 * where the sleeve is `half` wide: the garment's outline goes to the outline of the person.
 */
export function outsidePins(task: SleeveTask, corner: Vec, endRun: number, half: number): Pin[] {
  const outline = outerOutline(task, endRun, half);
  const own = sourceOutline(task, corner);
  return [0.06, 0.12, 0.18, 0.25, 0.32, 0.4, 0.6, 0.8, 1].map((share) => ({
    source: alongPath(own, share),
    target: alongPath(outline, share),
    weight: share < 0.5 ? 24 : 8,
  }));
}
