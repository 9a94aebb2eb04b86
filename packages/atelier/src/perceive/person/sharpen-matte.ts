import { distanceTo } from '../../pixels/distance.ts';
import { pullPush } from '../../pixels/fill.ts';
import { createPlane, type Plane, threshold } from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { eachStretchedRow } from '../../pixels/stretch.ts';

type Planes = readonly [Plane, Plane, Plane];

/** Colours closer than this (of 0 to 1) cannot be told apart well enough to measure a share by them. */
const LEAST_CONTRAST = 0.08;

/**
 * Measures the share of pixels near the border by colour: where a pixel's colour lies between that of the person and
 * that of the background beside it. Removes light fringes and finds single hairs; where both sides look alike or the
 * colour lies off the line between them, the matte stays as it was. `coarse` is the guide at about half the size;
 * `width` is the band's half-width in pixels.
 */
export function sharpenMatte(guide: Planes, coarse: Planes, matte: Plane, width: number): Plane {
  const { width: across, height: down } = coarse[0];
  const small = resizePlane(matte, across, down);
  const toPerson = distanceTo(threshold(small, 0.5));
  const toOutside = distanceTo(threshold(invert(small), 0.5));
  const band = (width * across) / matte.width;
  const person = spread(coarse, toOutside, band * 0.45);
  const outside = spread(coarse, toPerson, band);
  const near = createPlane(across, down);
  for (let i = 0; i < near.data.length; i++) {
    const distance = Math.max(toPerson.data[i], toOutside.data[i]);
    near.data[i] = 1 - smoothstep(band * 0.6, band * 1.1, distance);
  }
  const result = createPlane(matte.width, matte.height);
  const planes = [near, ...person, ...outside];
  eachStretchedRow(planes, matte.width, matte.height, ([weight, ...colours], y) => {
    const start = y * matte.width;
    for (let x = 0; x < matte.width; x++) {
      const before = matte.data[start + x];
      result.data[start + x] =
        weight[x] > 0 ? measure(guide, colours, before, weight[x], start + x, x) : before;
    }
  });
  return result;
}

function invert(plane: Plane): Plane {
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = 1 - plane.data[i];
  return result;
}

/** Colours of the places at least `far` pixels from the border, carried over to all others. */
function spread(colours: readonly Plane[], distance: Plane, far: number): Plane[] {
  const weight = createPlane(distance.width, distance.height);
  for (let i = 0; i < weight.data.length; i++) weight.data[i] = distance.data[i] > far ? 1 : 0;
  return pullPush(colours, weight);
}

/** `colours` are the row's three channels of the person, then three of the background. */
function measure(
  guide: Planes,
  colours: readonly Float32Array[],
  before: number,
  weight: number,
  i: number,
  x: number,
): number {
  let along = 0;
  let contrast = 0;
  let away = 0;
  for (let c = 0; c < 3; c++) {
    const line = colours[c][x] - colours[c + 3][x];
    const from = guide[c].data[i] - colours[c + 3][x];
    along += from * line;
    contrast += line * line;
    away += from * from;
  }
  if (contrast < LEAST_CONTRAST ** 2) return before;
  const share = clamp(along / contrast, 0, 1);
  const off = Math.sqrt(Math.max(0, away - 2 * share * along + share * share * contrast));
  const trust =
    weight *
    smoothstep(LEAST_CONTRAST, 3 * LEAST_CONTRAST, Math.sqrt(contrast)) *
    (1 - smoothstep(0.12, 0.35, off / Math.sqrt(contrast)));
  return lerp(before, smoothstep(0.05, 0.92, share), trust);
}
