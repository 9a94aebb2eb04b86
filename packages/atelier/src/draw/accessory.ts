import type { AccessoryPlace } from '../fit/accessory-place.ts';
import type { AccessoryReading } from '../perceive/garment.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { floats } from '@toile/memory';
import { sample } from '../pixels/resize.ts';
import { clamp, smoothstep } from '../pixels/scalar.ts';
import { reduceBlocks } from '../pixels/soften.ts';

/** An accessory as it lies on the answer, cut to its box: what it adds to each colour and how much of what is behind it stays. */
export interface AccessoryLayer {
  readonly what: AccessoryPlace['what'];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Red, green and blue added, 0 to 1. */
  readonly added: readonly [Float32Array, Float32Array, Float32Array];
  /** Share of red, green and blue behind it that comes through. */
  readonly through: readonly [Float32Array, Float32Array, Float32Array];
  /** How much of the hair and whatever else stands out beside it is pressed flat. */
  readonly flattened: Float32Array;
}

/** Samples along each side of a pixel of the answer. */
const SAMPLES = 3;

/** Draws an accessory where it was placed, at the size of the answer, `zoom` answer pixels a pixel of the person's reading. */
export function drawAccessory(
  reading: AccessoryReading,
  place: AccessoryPlace,
  zoom: number,
  size: { readonly width: number; readonly height: number },
): AccessoryLayer {
  const [from, to] = place.box;
  const left = clamp(Math.floor(from[0] * zoom), 0, size.width);
  const top = clamp(Math.floor(from[1] * zoom), 0, size.height);
  const width = Math.max(0, clamp(Math.ceil(to[0] * zoom), 0, size.width) - left);
  const height = Math.max(0, clamp(Math.ceil(to[1] * zoom), 0, size.height) - top);
  const plane = (): Float32Array => floats(width * height);
  const added = [plane(), plane(), plane()] as const;
  const through = [plane(), plane(), plane()] as const;
  const flattened = plane();
  const source = openSource(reading, place.scale * zoom);
  const share = 1 / (SAMPLES * SAMPLES);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const middle = [(left + x + 0.5) / zoom, (top + y + 0.5) / zoom] as const;
      flattened[i] = place.flattens(middle);
      const seen = place.reveals(middle);
      for (const channel of through) channel[i] = 1 - seen;
      if (seen <= 0) continue;
      for (let k = 0; k < SAMPLES * SAMPLES; k++) {
        const u = ((k % SAMPLES) + 0.5) / SAMPLES;
        const v = (Math.floor(k / SAMPLES) + 0.5) / SAMPLES;
        const [sx, sy] = place.toSource([(left + x + u) / zoom, (top + y + v) / zoom]);
        const outside = sx < 0 || sy < 0 || sx >= reading.image.width || sy >= reading.image.height;
        for (let c = 0; c < 3; c++) {
          if (!outside) added[c][i] += seen * share * source.at(source.added[c], sx, sy);
          through[c][i] += seen * share * (outside ? 1 : source.at(source.through[c], sx, sy));
        }
      }
    }
  }
  return { what: place.what, left, top, width, height, added, through, flattened };
}

interface Source {
  readonly added: readonly Plane[];
  readonly through: readonly Plane[];
  at(plane: Plane, x: number, y: number): number;
}

/** Light let through by glass below which it is dark enough to hide what is behind, and above which it only tints. */
const DARK_GLASS = 0.2;
const CLEAR_GLASS = 0.6;
/** The darkest glass still shows a little of the eyes behind it. */
const MOST_HIDDEN = 0.9;

/** The accessory's picture in light added and light let through, near the density at which it will be drawn. */
function openSource({ image, matte, glass }: AccessoryReading, density: number): Source {
  const { width, height } = image;
  const blank = (): Plane => createPlane(width, height);
  const added = [blank(), blank(), blank()];
  const through = [blank(), blank(), blank()];
  for (let i = 0, o = 0; i < matte.data.length; i++, o += 3) {
    const lens = glass.data[i];
    const solid = Math.max(0, matte.data[i] - lens);
    const light =
      (0.299 * image.data[o] + 0.587 * image.data[o + 1] + 0.114 * image.data[o + 2]) / 255;
    const hidden = MOST_HIDDEN * smoothstep(CLEAR_GLASS, DARK_GLASS, light);
    for (let c = 0; c < 3; c++) {
      const colour = image.data[o + c] / 255;
      added[c].data[i] = colour * (solid + lens * hidden);
      through[c].data[i] = 1 - solid - lens + lens * (1 - hidden) * colour;
    }
  }
  const factor = Math.max(1, Math.floor(1 / density));
  return {
    added: added.map((plane) => reduceBlocks(plane, factor)),
    through: through.map((plane) => reduceBlocks(plane, factor)),
    at: (plane, x, y) => sample(plane, (x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5),
  };
}
