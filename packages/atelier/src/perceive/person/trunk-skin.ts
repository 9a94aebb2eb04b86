import { components } from '../../pixels/components.ts';
import { createMask, type Mask } from '../../pixels/image.ts';
import { type Body, nearChain } from './body.ts';

/** Bare skin of the trunk is at least this large, in squares of the shoulders' width. */
const LARGE = 0.02;
/** So near to an arm's middle line, in its half-widths, and beyond this place along it (1 is the elbow), what is bare is the arm. */
const MIDDLE = 0.5;
const BELOW_SHOULDER = 0.4;

/** Large pieces of skin in which there is no arm: a strip of bare waist may be thinner than any arm, and is none. */
export function skinWithoutArms(skin: Mask, body: Body): Mask {
  const { labels, areas } = components(skin);
  const isArm = new Uint8Array(areas.length);
  for (let i = 0; i < labels.length; i += 3) {
    const label = labels[i];
    if (label === 0 || isArm[label]) continue;
    const point = [(i % skin.width) + 0.5, Math.floor(i / skin.width) + 0.5] as const;
    for (const arm of [body.arms.left, body.arms.right]) {
      const { ratio, along } = nearChain(arm, point);
      if (ratio < MIDDLE && along > BELOW_SHOULDER) isArm[label] = 1;
    }
  }
  const least = LARGE * body.shoulderWidth ** 2;
  const result = createMask(skin.width, skin.height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    result.data[i] = label > 0 && !isArm[label] && areas[label] > least ? 1 : 0;
  }
  return result;
}
