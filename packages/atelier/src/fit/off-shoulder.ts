import { distance, mix, type Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import { type Side, sides } from '../perceive/person.ts';
import type { Mask } from '../pixels/image.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import type { SleeveFit, SleeveTask } from './fit-sleeve.ts';
import { foreshortening, runOf, sleeveHalfWidth } from './sleeve-measures.ts';
import { across } from './sleeve-outline.ts';
import { signOf } from './trunk.ts';

/**
 * Whether the neckline runs on over the sleeves, so that the shoulders stay bare: the sleeves rise as high as the neck
 * points, which lie where the sleeves begin.
 */
export function isOffShoulder({ image, landmarks, sleeves }: TopReading): boolean {
  const tips = distance(landmarks.left.shoulderTip, landmarks.right.shoulderTip);
  return sides.every((side) => {
    const { neckPoint, shoulderTip, sleeve } = landmarks[side];
    if (!sleeve || sleeve.class === 'long') return false;
    const top = highest(sleeves[side]);
    return (
      distance(neckPoint, shoulderTip) < 0.12 * tips && top < neckPoint[1] + 0.01 * image.height
    );
  });
}

function highest({ width, data }: Mask): number {
  const first = data.indexOf(1);
  return first < 0 ? Infinity : Math.floor(first / width);
}

/** The band round the upper arm: its upper edge goes on from the neckline, its outer edge lies on the outside of the arm. */
export function fitOffShoulderSleeve(task: SleeveTask): SleeveFit {
  const { source, piece, arm, anchors, scale, grading, shoulderWidth } = task;
  const { upper, outer, inner } = bandCorners(piece, arm.side);
  const shrink = foreshortening(arm, shoulderWidth) * grading.length;
  const tipRun = runOf(arm, anchors.tip, 0.4 * shoulderWidth);
  const upperRun = clamp(
    tipRun - (source.shoulderTip[1] - upper[1]) * scale,
    0.06 * shoulderWidth,
    0.3 * shoulderWidth,
  );
  const outerRun = Math.min(upperRun + distance(upper, outer) * scale * shrink, 0.9 * arm.length);
  const pitRun = runOf(arm, anchors.armpit, 0.6 * shoulderWidth);
  const innerRun = Math.max(
    pitRun + 0.03 * shoulderWidth,
    outerRun - 0.12 * shoulderWidth,
    Math.min(pitRun + distance(source.armpit, inner) * scale * shrink, outerRun),
  );
  const half = sleeveHalfWidth(
    (distance(outer, inner) / 2) * scale * grading.girth,
    arm,
    outerRun,
    shoulderWidth,
    0.5,
  );
  const outside = (run: number): number =>
    Math.max(1.04 * arm.outerReach(run) + 0.025 * shoulderWidth, half);
  const topCorner = across(task, upperRun, outside(upperRun));
  const pins: Pin[] = [];
  for (const share of [0.33, 0.67, 1]) {
    pins.push({
      source: mix(source.shoulderTip, upper, share),
      target: mix(anchors.tip, topCorner, share),
      weight: 16,
    });
  }
  for (const share of [0.33, 0.67, 1]) {
    const run = lerp(upperRun, outerRun, share);
    pins.push({
      source: mix(upper, outer, share),
      target: across(task, run, outside(run)),
      weight: 12,
    });
  }
  for (const share of [0.5, 1]) {
    pins.push({
      source: mix(source.armpit, inner, share),
      target: across(task, lerp(pitRun, innerRun, share), -half),
      weight: 8,
    });
  }
  return { pins, hemRun: (outerRun + innerRun) / 2 };
}

/** Corners of the band as the farthest cloth up and outwards, outwards and down, and down and inwards. */
function bandCorners(
  { width, height, data }: Mask,
  side: Side,
): { readonly upper: Vec; readonly outer: Vec; readonly inner: Vec } {
  const farthest = (out: number, down: number): Vec => {
    let best: Vec = [0, 0];
    let most = -Infinity;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!data[y * width + x]) continue;
        const score = out * signOf(side) * x + down * y;
        if (score > most) [best, most] = [[x, y], score];
      }
    }
    return best;
  };
  return { upper: farthest(1, -1), outer: farthest(1, 0.5), inner: farthest(-0.3, 1) };
}
