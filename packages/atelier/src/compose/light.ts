import { blur } from '../pixels/box-filter.ts';
import { createMask, createPlane, type Mask, type Plane } from '../pixels/image.ts';
import { bytes, floats } from '@toile/memory';
import { resizePlane } from '../pixels/resize.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { reduceBlocks, shrinkRim } from '../pixels/soften.ts';
import { pointAt } from './blend.ts';
import type { Scene } from './scene.ts';
import { type Cells, type Surfaces, surfacesOf } from './surface.ts';

/** Most that the old cloth's broad shading, and its folds, may darken or lighten the new cloth, in log luminance. */
const MOST_SHADING = 0.2;
const MOST_FOLD = 0.12;
/** Share of the old cloth's shading and folds that the new cloth takes on: it falls in folds of its own besides. */
const SHADING = 0.7;
const FOLD = 0.7;

/**
 * The photo's own light, as factors on the new cloth: what the old garment and the skin beneath show of shading and
 * soft folds, each surface measured against its own median, so that its colour cancels out. Seams, borders, prints,
 * fading and texture are no light: places of another hue or of sudden contrast are left out, and a surface that is full
 * of them, or very dark, tells little, so that the factor stays near 1.
 *
 * @param legs whether the new garment may have legs; else what the old one shows below the hips, the gap between its legs
 *   above all, is not believed
 */
export function lightFrom(scene: Scene, legs: boolean): Plane {
  const { width, height } = scene.image;
  // Shading and folds are soft: half the size of a one-megapixel picture holds them, whatever the answer's size.
  const factor = Math.max(1, Math.round(Math.max(width, height) / 560));
  const cells = cellsOf(scene, factor, legs);
  const masks = [UPPER, LOWER, SKIN].map((kind) => ({
    inside: insideOf(cells, kind),
    skin: kind === SKIN,
  }));
  const shade = shadeOf(
    cells,
    masks.map(({ inside }) => inside),
    surfacesOf(cells, masks),
  );
  return resizePlane(shade, width, height);
}

const UPPER = 1;
const LOWER = 2;
const SKIN = 3;

function cellsOf(scene: Scene, factor: number, legs: boolean): Cells {
  const [red, green, blue] = scene.colours.map((plane) => reduceBlocks(plane, factor));
  const { width, height } = red;
  const { parts, image } = scene.person;
  const count = width * height;
  const kinds = bytes(count);
  const believed = floats(count).fill(1);
  const luma = floats(count);
  const hue = floats(count);
  for (let y = 0, cell = 0; y < height; y++) {
    const row = Math.min(scene.image.height - 1, y * factor + (factor >> 1));
    for (let x = 0; x < width; x++, cell++) {
      const column = Math.min(scene.image.width - 1, x * factor + (factor >> 1));
      const i = row * scene.image.width + column;
      const point = pointAt(scene, i);
      if (scene.old.data[i]) {
        const at =
          Math.min(image.height - 1, Math.floor(point[1])) * image.width +
          Math.min(image.width - 1, Math.floor(point[0]));
        kinds[cell] = parts.upperGarment.data[at] >= parts.lowerGarment.data[at] ? UPPER : LOWER;
      } else if (scene.skin.data[i] > 0.7 && !scene.oldRim.data[i]) {
        kinds[cell] = SKIN;
      }
      if (!kinds[cell]) continue;
      if (!legs && scene.removal.lower) {
        believed[cell] = smoothstep(1.05, 0.95, scene.trunk.locate(point).down);
      }
      const [r, g, b] = [red.data[cell], green.data[cell], blue.data[cell]];
      luma[cell] = Math.log(Math.max(0.02, 0.299 * r + 0.587 * g + 0.114 * b));
      hue[cell] = Math.log((r + 0.03) / (b + 0.03));
    }
  }
  return { width, height, unit: scene.unit / factor, kinds, believed, luma, hue };
}

/** How far from its border a surface begins to tell of light, in shoulder widths: hems and waistbands are no folds. */
const BORDER = 0.035;

function insideOf({ width, height, unit, kinds }: Cells, kind: number): Mask {
  const mask = createMask(width, height);
  for (let cell = 0; cell < kinds.length; cell++) mask.data[cell] = kinds[cell] === kind ? 1 : 0;
  return shrinkRim(mask, Math.max(1, BORDER * unit));
}

function shadeOf(cells: Cells, insides: readonly Mask[], surfaces: Surfaces): Plane {
  const { width, height, unit } = cells;
  const light = createPlane(width, height);
  const relative = createPlane(width, height);
  const broadly = createPlane(width, height);
  const finely = createPlane(width, height);
  const hues = createPlane(width, height);
  for (const [k, inside] of insides.entries()) {
    for (let cell = 0; cell < light.data.length; cell++) {
      if (!inside.data[cell]) continue;
      relative.data[cell] = clamp(cells.luma[cell] - surfaces.luma[k], -0.8, 0.5);
      hues.data[cell] = cells.hue[cell] - surfaces.hue[k];
      broadly.data[cell] = cells.believed[cell] * surfaces.shading[k];
      finely.data[cell] = cells.believed[cell] * surfaces.folds[k];
    }
  }
  const wide = 0.1 * unit;
  const first = weighted(relative, broadly, wide);
  const usual = weighted(hues, broadly, wide);
  for (let cell = 0; cell < light.data.length; cell++) {
    if (broadly.data[cell] <= 0) continue;
    const off = Math.abs(relative.data[cell] - first.data[cell]);
    const strange = Math.abs(hues.data[cell] - usual.data[cell]) - 0.4 * off;
    const like = smoothstep(0.5, 0.3, off) * smoothstep(0.1, 0.03, strange);
    broadly.data[cell] *= like;
    finely.data[cell] *= like;
  }
  const broad = weighted(relative, broadly, wide);
  const fine = weighted(relative, finely, 0.022 * unit);
  const broadTrust = blur(broadly, 0.05 * unit);
  const fineTrust = blur(finely, 0.03 * unit);
  for (let cell = 0; cell < light.data.length; cell++) {
    const sure = clamp(1.3 * broadTrust.data[cell] - 0.1, 0, 1);
    const folded = clamp(1.3 * fineTrust.data[cell] - 0.2, 0, 1);
    const shading = limited(SHADING * sure * broad.data[cell], MOST_SHADING);
    const fold = limited(FOLD * folded * (fine.data[cell] - broad.data[cell]), MOST_FOLD);
    light.data[cell] = Math.exp(shading + fold);
  }
  return light;
}

/** The weighted mean of values around each cell; 0 where nothing near has weight. */
function weighted(values: Plane, weights: Plane, sigma: number): Plane {
  const products = createPlane(values.width, values.height);
  for (let i = 0; i < products.data.length; i++) {
    products.data[i] = values.data[i] * weights.data[i];
  }
  const sums = blur(products, sigma);
  const shares = blur(weights, sigma);
  for (let i = 0; i < sums.data.length; i++) {
    sums.data[i] = shares.data[i] > 0.01 ? sums.data[i] / shares.data[i] : 0;
  }
  return sums;
}

const limited = (value: number, most: number): number => most * Math.tanh(value / most);

/** Darkening towards the sides of the trunk, as round bodies have it; `edge` 0 in the middle, 1 at the side. */
export const roundness = (edge: number, strength: number): number =>
  lerp(1, 1 - strength, clamp(edge, 0, 1) ** 4);
