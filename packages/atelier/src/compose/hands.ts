import { type Lab, labOf } from '../pixels/colour.ts';
import { keepLarge } from '../pixels/components.ts';
import { createPlane, type Mask, type Plane, threshold } from '../pixels/image.ts';
import { median, smoothstep } from '../pixels/scalar.ts';
import { growRim, shrinkRim } from '../pixels/soften.ts';
import { pointAt } from './blend.ts';
import type { Scene } from './scene.ts';

/** Half the width of a thin finger, in shoulder widths: what lies nearer to an arm's edge is doubted. */
const FINGER = 0.028;
/** Half the width of what no finger is as thin as, in shoulder widths. */
const THREAD = 0.008;
/** Smaller bits of arm, against the larger arm, hang in the air. */
const SCRAP = 0.15;
/** Hands hang lower than this; trunk lengths. */
const HIGHEST = 0.55;

/**
 * Bare arms and hands in front of the lower body. What lies at an arm's edge and plainly has the colour of the old clothes
 * is a shaded edge of those clothes, whatever the parts say.
 */
export function handsInFront(scene: Scene): Plane {
  const { width, height } = scene.image;
  const arms = keepLarge(threshold(scene.arms, 0.5), SCRAP);
  const near = growRim(arms, 3);
  const deep = shrinkRim(arms, Math.max(2, FINGER * scene.unit));
  const skin = middleColour(scene, arms);
  const cloth = middleColour(scene, scene.old);
  const { left, right } = scene.limbs;
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    if (!near.data[i] || scene.arms.data[i] === 0) continue;
    const point = pointAt(scene, i);
    if (scene.trunk.locate(point).down < HIGHEST) {
      plane.data[i] = scene.arms.data[i];
      continue;
    }
    if (!deep.data[i] && skin && cloth && plainly(scene, i, cloth, skin)) continue;
    const away = Math.min(left.locate(point).share, right.locate(point).share);
    plane.data[i] = scene.arms.data[i] * smoothstep(1.5, 1.25, away);
  }
  return withoutThreads(plane, Math.max(1.5, THREAD * scene.unit));
}

/** The plane without what is thinner than twice the radius. */
function withoutThreads(plane: Plane, radius: number): Plane {
  const stout = growRim(shrinkRim(threshold(plane, 0.5), radius), radius + 1.5);
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < result.data.length; i++) if (stout.data[i]) result.data[i] = plane.data[i];
  return result;
}

/** Whether a pixel's colour is much nearer to the first than to the second; shade changes lightness most, so it counts little. */
function plainly(scene: Scene, index: number, first: Lab, second: Lab): boolean {
  const own = labAt(scene, index);
  const away = (other: Lab): number =>
    Math.hypot(0.2 * (own[0] - other[0]), own[1] - other[1], own[2] - other[2]);
  return away(first) < 0.8 * away(second);
}

function labAt({ image: { data } }: Scene, index: number): Lab {
  return labOf(data[3 * index], data[3 * index + 1], data[3 * index + 2]);
}

function middleColour(scene: Scene, mask: Mask): Lab | null {
  const values: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < mask.data.length; i += 11) {
    if (!mask.data[i]) continue;
    labAt(scene, i).forEach((value, c) => values[c].push(value));
  }
  if (values[0].length < 20) return null;
  return [median(values[0]), median(values[1]), median(values[2])];
}
