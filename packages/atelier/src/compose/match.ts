import { blur } from '../pixels/box-filter.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { floats } from '@toile/memory';
import { randomFrom } from '../pixels/random.ts';
import { lerp, smoothstep } from '../pixels/scalar.ts';
import type { ClothLayer } from '../warp/render.ts';
import { type PhotoLook, sharpness } from './photo-look.ts';

/** Share of the photo's softness that the cloth takes on: prints must stay legible. */
const SOFTER = 0.8;
/** Blur, as sigma in pixels, that is too little to be seen. */
const LEAST_BLUR = 0.45;
/** Most that soft cloth is sharpened. */
const SHARPER = 0.6;
/** Grain weaker than this nobody sees. */
const LEAST_GRAIN = 0.005;
/** A change of exposure smaller than this share nobody sees. */
const LEAST_FACTOR = 0.003;
/** Share of the photo's grain that the cloth gets, which brings some of its own. */
const GRAIN = 0.8;

/**
 * Cloth as this photo's camera would have taken it: its exposure, as soft and as grainy, all gently. Hues stay those of
 * the garment's photo, which is how a shop shows them.
 */
export function matchCloth(layer: ClothLayer, look: PhotoLook): ClothLayer {
  const { width, height } = layer;
  if (width * height === 0) return layer;
  let planes = [layer.red, layer.green, layer.blue].map((data): Plane => ({ width, height, data }));
  const sigma = SOFTER * look.softness;
  planes = sigma >= LEAST_BLUR ? soften(planes, layer, sigma) : sharpen(planes, layer, look);
  const grain = look.grain > LEAST_GRAIN ? grainFor(planes, layer, look) : null;
  const changed = grain !== null || Math.abs(look.exposure - 1) > LEAST_FACTOR;
  const [red, green, blue] = planes.map(({ data }) =>
    changed ? data.map((value, i) => look.exposure * value + (grain ? grain.data[i] : 0)) : data,
  );
  return { ...layer, red, green, blue };
}

/** Blurs the covered part by itself: what lies beyond its edge has no colour. */
function soften(planes: readonly Plane[], layer: ClothLayer, sigma: number): Plane[] {
  const { width, height, coverage } = layer;
  const weight = blur({ width, height, data: coverage }, sigma);
  return planes.map((plane) => {
    const sums = blur({ width, height, data: plane.data.map((v, i) => v * coverage[i]) }, sigma);
    const data = plane.data.map((v, i) =>
      weight.data[i] > 0.02 && coverage[i] > 0 ? sums.data[i] / weight.data[i] : v,
    );
    return { width, height, data };
  });
}

/** Sharpens cloth that is softer than a sharp photo, by an unsharp mask. */
function sharpen(planes: Plane[], layer: ClothLayer, look: PhotoLook): Plane[] {
  const ratio = sharpness(...middleOf(layer));
  const amount = SHARPER * smoothstep(0.42, 0.25, ratio) * smoothstep(0.4, 0, look.softness);
  if (!(amount > 0.05)) return planes;
  const smooth = soften(planes, layer, 1);
  return planes.map((plane, c) => ({
    ...plane,
    data: plane.data.map((v, i) => v + amount * (v - smooth[c].data[i])),
  }));
}

/** Longer side of the piece of a layer whose sharpness stands for all of it. */
const PIECE = 320;

/** Luminance and coverage of the middle of a layer. */
function middleOf({
  width,
  height,
  red,
  green,
  blue,
  coverage,
}: ClothLayer): [Plane, Float32Array] {
  const luma = createPlane(Math.min(PIECE, width), Math.min(PIECE, height));
  const covered = floats(luma.data.length);
  const [left, top] = [(width - luma.width) >> 1, (height - luma.height) >> 1];
  for (let y = 0, i = 0; y < luma.height; y++) {
    let at = (top + y) * width + left;
    for (let x = 0; x < luma.width; x++, i++, at++) {
      luma.data[i] = lumaOf(red[at], green[at], blue[at]);
      covered[i] = coverage[at];
    }
  }
  return [luma, covered];
}

const lumaOf = (red: number, green: number, blue: number): number =>
  (0.299 * red + 0.587 * green + 0.114 * blue) / 255;

/** Random grain of the photo's strength; the same for the same layer. */
function grainFor(planes: readonly Plane[], layer: ClothLayer, look: PhotoLook): Plane {
  const { width, height } = layer;
  const random = randomFrom(width + height);
  const strength = 255 * GRAIN * look.grain;
  const grain = createPlane(width, height);
  const [red, green, blue] = planes;
  for (let i = 0; i < grain.data.length; i++) {
    // The sum of three even chances is near enough to normal; its deviation is one half.
    const chance = 2 * (random() + random() + random() - 1.5);
    // Film and sensors show the least grain in white and in black.
    grain.data[i] =
      strength *
      chance *
      lerp(0.5, 1, smoothstep(1, 0.75, lumaOf(red.data[i], green.data[i], blue.data[i])));
  }
  return grain;
}
