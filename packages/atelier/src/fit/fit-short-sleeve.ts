import { distance, mix } from '../geometry/vector.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import { cuffCorners } from './cuff-corners.ts';
import type { SleeveFit, SleeveTask } from './fit-sleeve.ts';
import { outward } from './arm.ts';
import { foreshortening, hangingHalves, runOf, sleeveHalfWidth } from './sleeve-measures.ts';
import { across, outsidePins } from './sleeve-outline.ts';

/**
 * A short sleeve is a piece with four corners: shoulder tip, armpit and the two ends of the cuff. Its outer edge is
 * laid round the shoulder and down the outside of the arm, its inner edge from the armpit down the inside.
 */
export function fitShortSleeve(task: SleeveTask): SleeveFit {
  const { source, sleeve, piece, arm, anchors, grading, shoulderWidth } = task;
  const scale = task.scale * grading.length;
  const cuff = cuffCorners(source, sleeve, piece);
  const shrink = foreshortening(arm, shoulderWidth);
  const tipRun = runOf(arm, anchors.tip, 0.3 * shoulderWidth);
  const pitRun = runOf(arm, anchors.armpit, 0.6 * shoulderWidth);
  const outerEnd = tipRun + distance(source.shoulderTip, cuff.outer) * scale * shrink;
  const innerEnd = pitRun + distance(source.armpit, cuff.inner) * scale * shrink;
  const hemRun = clamp((outerEnd + innerEnd) / 2, pitRun + 0.06 * shoulderWidth, 0.92 * arm.length);
  const half = sleeveHalfWidth(
    (distance(cuff.outer, cuff.inner) / 2) * task.scale * grading.girth,
    arm,
    hemRun,
    shoulderWidth,
    0,
  );
  const upward = -outward(arm.side, arm.at(hemRun).direction)[1];
  const halves = hangingHalves(half, arm.halfWidth(hemRun), upward);
  const pins: Pin[] = [];
  pins.push(...outsidePins(task, cuff.outer, hemRun, halves.outer));
  for (const share of [0.5, 1]) {
    const run = lerp(pitRun, hemRun, share);
    // No skin shows between the sleeve and the body that the arm hangs against.
    const covering = arm.innerReach(run) + 0.02 * shoulderWidth;
    pins.push({
      source: mix(source.armpit, cuff.inner, share),
      target: across(task, run, -Math.max(halves.inner, covering)),
      weight: 8,
    });
  }
  pins.push({
    source: mix(cuff.outer, cuff.inner, 0.5),
    target: across(task, hemRun, (halves.outer - halves.inner) / 2),
    weight: 4,
  });
  return { pins, hemRun };
}
