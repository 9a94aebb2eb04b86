import { blur } from '../pixels/box-filter.ts';
import { lumaPlane } from '../pixels/colour.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { resizePlane } from '../pixels/resize.ts';
import { clamp, lerp, quantile, smoothstep } from '../pixels/scalar.ts';
import { pointAt } from './blend.ts';
import type { Scene } from './scene.ts';

/**
 * The photo's own light, as factors on the new cloth: what the old garment and the skin beneath show of shading and
 * folds, each surface measured against its own median, so that its colour cancels out. A patterned or very dark old
 * garment tells nothing, and the factor stays near 1.
 *
 * @param legs whether the new garment may have legs; else what the old one shows below the hips, the gap between its legs
 *   above all, is not believed
 */
export function lightFrom(scene: Scene, legs: boolean): Plane {
  const { width, height } = scene.image;
  const luma = lumaPlane(scene.image);
  const kinds = surfaceKinds(scene);
  const surfaces = [NO_SURFACE, UPPER, LOWER, SKIN].map((kind) =>
    kind === NO_SURFACE ? UNKNOWN : measure(luma, kinds, kind, kind === SKIN ? 0.6 : 1),
  );
  // Shading and folds are soft: half the size of a one-megapixel picture holds them, whatever the answer's size.
  const factor = Math.max(1, Math.round(Math.max(width, height) / 560));
  const columns = Math.ceil(width / factor);
  const relative = createPlane(columns, Math.ceil(height / factor));
  const weight = createPlane(relative.width, relative.height);
  const share = 1 / (factor * factor);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const { middle, trust } = surfaces[kinds[i]];
      if (trust <= 0) continue;
      const believed = !legs && scene.removal.lower ? aboveLegs(scene, i) : 1;
      const cell = Math.floor(y / factor) * columns + Math.floor(x / factor);
      weight.data[cell] += share * believed * trust;
      relative.data[cell] += share * believed * trust * clamp(luma.data[i] / middle, 0.35, 1.8);
    }
  }
  return resizePlane(shadeOf(relative, weight, scene.unit / factor), width, height);
}

const NO_SURFACE = 0;
const UPPER = 1;
const LOWER = 2;
const SKIN = 3;

/** Which surface each pixel shows: each of the old garments, skin away from them, or none that tells of light. */
function surfaceKinds(scene: Scene): Uint8Array {
  const { width, height } = scene.image;
  const { parts, image } = scene.person;
  const kinds = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(image.height - 1, Math.floor(y / scene.zoom)) * image.width;
    for (let x = 0; x < width; x++, i++) {
      if (scene.old.data[i]) {
        const at = row + Math.min(image.width - 1, Math.floor(x / scene.zoom));
        kinds[i] = parts.upperGarment.data[at] >= parts.lowerGarment.data[at] ? UPPER : LOWER;
      } else if (scene.skin.data[i] > 0.7 && !scene.oldRim.data[i]) {
        kinds[i] = SKIN;
      }
    }
  }
  return kinds;
}

/** 1 above the hips, 0 where legs part. */
const aboveLegs = (scene: Scene, i: number): number =>
  smoothstep(1.05, 0.95, scene.trunk.locate(pointAt(scene, i)).down);

function shadeOf(relative: Plane, weight: Plane, unit: number): Plane {
  const broad = ratio(blur(relative, 0.09 * unit), blur(weight, 0.09 * unit));
  const fine = ratio(blur(relative, 0.02 * unit), blur(weight, 0.02 * unit));
  const trust = blur(weight, 0.03 * unit);
  const light = createPlane(relative.width, relative.height);
  for (let i = 0; i < light.data.length; i++) {
    const sure = clamp(1.4 * trust.data[i] - 0.1, 0, 1);
    const shading = clamp(broad.data[i], 0.72, 1.15) ** (0.6 * sure);
    const fold = clamp(fine.data[i] / broad.data[i], 0.72, 1.22) ** (0.7 * sure);
    light.data[i] = shading * fold;
  }
  return light;
}

interface Surface {
  readonly middle: number;
  /** How much its shading tells: 0 for patterned, dark or missing surfaces. */
  readonly trust: number;
}

const UNKNOWN: Surface = { middle: 1, trust: 0 };

function measure(luma: Plane, kinds: Uint8Array, kind: number, most: number): Surface {
  const values: number[] = [];
  for (let i = 0; i < kinds.length; i += 7) if (kinds[i] === kind) values.push(luma.data[i]);
  if (values.length < 50) return UNKNOWN;
  const middle = Math.max(0.02, quantile(values, 0.5));
  const spread = (quantile(values, 0.9) - quantile(values, 0.1)) / middle;
  const plain = smoothstep(1.1, 0.5, spread);
  return { middle, trust: most * plain * smoothstep(0.08, 0.3, middle) };
}

function ratio(values: Plane, weights: Plane): Plane {
  const result = createPlane(values.width, values.height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = weights.data[i] > 0.02 ? values.data[i] / weights.data[i] : 1;
  }
  return result;
}

/** Darkening towards the sides of the trunk, as round bodies have it; `edge` 0 in the middle, 1 at the side. */
export const roundness = (edge: number, strength: number): number =>
  lerp(1, 1 - strength, clamp(edge, 0, 1) ** 4);
