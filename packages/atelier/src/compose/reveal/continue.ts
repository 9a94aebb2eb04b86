import { blur } from '../../pixels/box-filter.ts';
import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { pullPush } from '../../pixels/fill.ts';
import { clamp, quantile } from '../../pixels/scalar.ts';
import { growRim } from '../../pixels/soften.ts';
import type { Scene } from '../scene.ts';
import { boxAround, type Cut, cutMask, cutPlane, pasteCut } from '../../pixels/cut.ts';
import { inRegion } from '@toile/memory';
import { detailLike } from './detail.ts';
import { fillFromExemplars } from './exemplar.ts';
import { enlarge, growColours, growingFactor, meansOf } from './grow.ts';

/** Difference of colours a few pixels apart above which a surface has structure that must go on: walls, foliage, denim. */
const STRUCTURE = 0.045;
/** Margin around a hole, in shoulder widths, from which structure is copied. */
const MARGIN = 0.5;

/**
 * A surface carried on over a hole from the pixels that surely show it: a plain one smoothly, with its own grain; one
 * with texture or structure by copying from around the hole.
 *
 * @param fine the photo's fine detail
 */
export function continueSurface(
  scene: Scene,
  seeds: Mask,
  hole: Mask,
  fine: Plane,
  random: () => number,
): readonly Plane[] {
  const smooth = inRegion(() => growColours(scene, seeds, hole));
  const hidden = without(hole, seeds);
  const cut = boxAround(hidden, Math.round(MARGIN * scene.unit));
  if (!cut) return smooth;
  if (roughness(scene, seeds, cut) > STRUCTURE) {
    const filled = inRegion(() =>
      fillFromExemplars({
        colours: scene.colours.map((plane) => cutPlane(plane, cut)),
        guess: smooth.map((plane) => cutPlane(plane, cut)),
        hole: cutMask(hidden, cut),
        source: cutMask(seeds, cut),
        random,
      }),
    );
    if (filled) {
      const copied = smooth.map(({ width, height }) => createPlane(width, height));
      for (const [c, plane] of copied.entries()) pasteCut(plane, cut, filled[c], hidden);
      meetBorder(scene, smooth, copied, hidden, seeds);
      return copied;
    }
  }
  const grain = inRegion(() => detailLike(scene, fine, seeds, hole, random));
  for (const { data } of smooth) {
    for (let i = 0; i < data.length; i++)
      data[i] = hole.data[i] ? data[i] * (1 + grain.data[i]) : 0;
  }
  return smooth;
}

/** How far what was copied may be lightened or darkened to meet the hole's border. */
const MEET = 0.15;
/** Over which distance that is levelled, in shoulder widths: the texture copied is kept. */
const LEVEL = 0.06;

/** Shifts what was copied, softly over the hole, to the tone that the surface has at the hole's border; the smooth surface remains where nothing was copied. */
function meetBorder(
  scene: Scene,
  smooth: readonly Plane[],
  copied: readonly Plane[],
  hidden: Mask,
  seeds: Mask,
): void {
  const border = growRim(seeds, Math.max(4, 0.05 * scene.unit));
  const { means, share } = meansOf(
    scene,
    (i) => (hidden.data[i] && border.data[i] ? 1 : 0),
    (i, c) => clamp(smooth[c].data[i] - copied[c].data[i], -MEET, MEET),
  );
  const factor = growingFactor(scene);
  for (const [c, grown] of pullPush(means, share).entries()) {
    inRegion(() => {
      const { data } = copied[c];
      const shift = enlarge(blur(grown, (LEVEL * scene.unit) / factor), factor, hidden);
      for (let i = 0; i < data.length; i++) {
        data[i] = hidden.data[i] ? data[i] + shift.data[i] : smooth[c].data[i];
      }
    });
  }
}

/** How much colours differ over a twentieth of the shoulders' width, at the roughest fifth of the surface around the hole. */
function roughness(scene: Scene, seeds: Mask, cut: Cut): number {
  const step = Math.max(2, Math.round(0.05 * scene.unit));
  const { width } = seeds;
  const differences: number[] = [];
  for (let y = cut.top; y + step < cut.top + cut.height; y += 3) {
    for (let x = cut.left; x + step < cut.left + cut.width; x += 3) {
      const i = y * width + x;
      for (const other of [i + step, i + step * width]) {
        if (!seeds.data[i] || !seeds.data[other]) continue;
        let sum = 0;
        for (const { data } of scene.colours) sum += Math.abs(data[i] - data[other]) / 3;
        differences.push(sum);
      }
    }
  }
  return differences.length > 50 ? quantile(differences, 0.8) : 0;
}

function without(mask: Mask, other: Mask): Mask {
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = mask.data[i] && !other.data[i] ? 1 : 0;
  }
  return result;
}
