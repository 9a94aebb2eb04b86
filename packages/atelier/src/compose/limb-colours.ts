import { type Mask, type Plane, threshold } from '../pixels/image.ts';
import { median, smoothstep } from '../pixels/scalar.ts';
import { shrinkRim } from '../pixels/soften.ts';
import type { Scene } from './scene.ts';

/** How much of a pixel that shows a limb in part is painted as lying before cloth. */
export const inFrontOf = (limb: number): number => smoothstep(0.25, 0.75, limb);

/** How far from a limb's edge, in pixels of the reading, what lay behind it has mixed into its colour. */
const MIXED = 1.5;
/** How far beyond that the limb's own colour is looked for. */
const AROUND = 3;

/** Darker than this share of an arm's usual brightness are creases, and the line where it lies against the trunk. */
const CREASE = 0.5;

/**
 * Pixels of bare arms and hands that surely show nothing but their skin.
 *
 * @param colours of the picture in which the scene's arms show
 */
export function limbCores(scene: Scene, colours: readonly Plane[] = scene.colours): Mask {
  const cores = shrinkRim(threshold(scene.arms, 0.9), Math.max(1, Math.round(MIXED * scene.zoom)));
  const [red, green, blue] = colours;
  const light = (i: number): number => red.data[i] + green.data[i] + blue.data[i];
  const sample: number[] = [];
  for (let i = 0; i < cores.data.length; i += 7) if (cores.data[i]) sample.push(light(i));
  const darkest = sample.length > 0 ? CREASE * median(sample) : 0;
  for (let i = 0; i < cores.data.length; i++) {
    if (cores.data[i] && light(i) < darkest) cores.data[i] = 0;
  }
  return cores;
}

/**
 * Gives the pixels of `where` the colour of the arm or hand right beside them, as one estimates the foreground in matting:
 * at a limb's edge the photo shows a mixture with what lay behind it. Pixels without a limb near are left as they are.
 *
 * @param source colours of the cores
 * @param colours changed in place
 */
export function takeLimbColours(
  scene: Scene,
  cores: Mask,
  where: Mask,
  source: readonly Plane[],
  colours: readonly Plane[],
): void {
  const { width, height } = scene.image;
  const reach = Math.max(3, Math.round((MIXED + AROUND) * scene.zoom));
  // A step of several pixels samples a large answer's neighbourhood as finely as a small one's.
  const step = Math.max(1, Math.round(scene.zoom));
  for (let i = 0; i < where.data.length; i++) {
    if (!where.data[i]) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    const sum = [0, 0, 0];
    let total = 0;
    for (let dy = -reach; dy <= reach; dy += step) {
      if (y + dy < 0 || y + dy >= height) continue;
      for (let dx = -reach; dx <= reach; dx += step) {
        const j = i + dy * width + dx;
        if (x + dx < 0 || x + dx >= width || !cores.data[j]) continue;
        const weight = 1 / (1 + dx * dx + dy * dy) ** 2;
        total += weight;
        for (let c = 0; c < 3; c++) sum[c] += weight * source[c].data[j];
      }
    }
    if (total === 0) continue;
    for (let c = 0; c < 3; c++) colours[c].data[i] = sum[c] / total;
  }
}
