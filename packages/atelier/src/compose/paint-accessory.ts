import type { AccessoryLayer } from '../draw/accessory.ts';
import type { PersonReading } from '../perceive/person.ts';
import { pullPush } from '../pixels/fill.ts';
import { createMask, createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { growRim, soften } from '../pixels/soften.ts';

/** A soft shadow: its spread and how far it falls, in eye distances, and how dark it is at most. */
interface Shadow {
  readonly spread: number;
  readonly drop: number;
  readonly strength: number;
}

const shadows: Readonly<Record<AccessoryLayer['what'], Shadow>> = {
  glasses: { spread: 0.07, drop: 0.07, strength: 0.3 },
  hat: { spread: 0.2, drop: 0.22, strength: 0.5 },
  necklace: { spread: 0.04, drop: 0.05, strength: 0.4 },
  bag: { spread: 0.2, drop: 0.1, strength: 0.3 },
};

/**
 * Lays an accessory over a picture: what it presses flat goes, its shadow falls on the person, and hair, hands and chin
 * come in front of it where they are. Pixels away from it stay to the bit.
 *
 * @param unit eye distance in pixels of the person's reading
 */
export function paintAccessory(
  picture: RgbImage,
  person: PersonReading,
  layer: AccessoryLayer,
  unit: number,
): RgbImage {
  const { width, data } = picture;
  const zoom = width / person.image.width;
  const stage = cut(picture, layer, Math.ceil(unit * zoom));
  const look = (plane: Plane, i: number): number =>
    sample(
      plane,
      (stage.left + (i % stage.width) + 0.5) / zoom - 0.5,
      (stage.top + Math.floor(i / stage.width) + 0.5) / zoom - 0.5,
    );
  const cover = createPlane(stage.width, stage.height);
  const front = createPlane(stage.width, stage.height);
  eachPixel(stage, layer, (i, k) => {
    cover.data[i] = 1 - layer.through[1][k];
    front.data[i] = inFront(layer.what, person, (plane) => look(plane, i));
  });
  flatten(stage, layer, cover, (i) => look(person.matte, i), HALO * unit * zoom);
  castShadow(stage, cover, shadows[layer.what], unit * zoom, (i) => look(person.matte, i));
  const light = sideLight(picture, person);
  eachPixel(stage, layer, (i, k) => {
    const share = 1 - front.data[i];
    const lit = light((stage.left + (i % stage.width)) / zoom);
    for (let c = 0; c < 3; c++) {
      const behind = stage.colours[c].data[i];
      const laid = behind * layer.through[c][k] + lit * layer.added[c][k];
      stage.colours[c].data[i] = lerp(behind, laid, share);
    }
  });
  const result = Uint8Array.from(data);
  for (let y = 0, i = 0; y < stage.height; y++) {
    for (let x = 0; x < stage.width; x++, i++) {
      const at = 3 * ((stage.top + y) * width + stage.left + x);
      for (let c = 0; c < 3; c++) {
        result[at + c] = clamp(Math.round(stage.colours[c].data[i] * 255), 0, 255);
      }
    }
  }
  return { ...picture, data: result };
}

/** The part of the picture that an accessory and its shadow can change. */
interface Stage {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly colours: readonly Plane[];
}

function cut(picture: RgbImage, layer: AccessoryLayer, margin: number): Stage {
  const left = Math.max(0, layer.left - margin);
  const top = Math.max(0, layer.top - margin);
  const width = Math.min(picture.width, layer.left + layer.width + margin) - left;
  const height = Math.min(picture.height, layer.top + layer.height + margin) - top;
  const colours = [0, 1, 2].map((c) => {
    const plane = createPlane(width, height);
    for (let y = 0, i = 0; y < height; y++) {
      const row = (top + y) * picture.width + left;
      for (let x = 0; x < width; x++, i++) plane.data[i] = picture.data[3 * (row + x) + c] / 255;
    }
    return plane;
  });
  return { left, top, width, height, colours };
}

/** Visits the pixels of a layer: the index on the stage and in the layer. */
function eachPixel(
  stage: Stage,
  layer: AccessoryLayer,
  visit: (at: number, from: number) => void,
): void {
  for (let y = 0, k = 0; y < layer.height; y++) {
    const row = (layer.top - stage.top + y) * stage.width + layer.left - stage.left;
    for (let x = 0; x < layer.width; x++, k++) visit(row + x, k);
  }
}

/** How much of a pixel lies before the accessory. */
function inFront(
  what: AccessoryLayer['what'],
  { parts }: PersonReading,
  look: (plane: Plane) => number,
): number {
  switch (what) {
    case 'glasses':
      return smoothstep(0.45, 0.9, look(parts.hair));
    case 'necklace':
      return smoothstep(0.2, 0.6, look(parts.hair) + look(parts.face) + look(parts.background));
    case 'bag':
      return smoothstep(0.3, 0.7, look(parts.leftArm) + look(parts.rightArm));
    case 'hat':
      return 0;
  }
}

/** Width of the line that sharpening leaves around hair, eye distances. */
const HALO = 0.08;

/** Hair that the hat presses flat gives way to what is behind it. */
function flatten(
  stage: Stage,
  layer: AccessoryLayer,
  cover: Plane,
  matte: (i: number) => number,
  halo: number,
): void {
  const gone = createPlane(stage.width, stage.height);
  const known = createPlane(stage.width, stage.height);
  let any = false;
  const own = createMask(stage.width, stage.height);
  for (let i = 0; i < own.data.length; i++) own.data[i] = matte(i) < 0.02 ? 0 : 1;
  // Cameras draw a light line around dark hair, which goes with it.
  const near = growRim(own, Math.max(2, halo));
  for (let i = 0; i < known.data.length; i++) known.data[i] = 1 - near.data[i];
  eachPixel(stage, layer, (i, k) => {
    if (layer.flattened[k] <= 0 || known.data[i] === 1 || cover.data[i] > 0.98) return;
    gone.data[i] = layer.flattened[k];
    any = true;
  });
  if (!any) return;
  const behind = pullPush(stage.colours, known);
  for (let i = 0; i < gone.data.length; i++) {
    if (gone.data[i] <= 0) continue;
    for (let c = 0; c < 3; c++) {
      const plane = stage.colours[c].data;
      plane[i] = lerp(plane[i], behind[c].data[i], gone.data[i]);
    }
  }
}

function castShadow(
  stage: Stage,
  cover: Plane,
  { spread, drop, strength }: Shadow,
  unit: number,
  onto: (i: number) => number,
): void {
  const shape = createPlane(stage.width, stage.height);
  const rows = Math.round(drop * unit) * stage.width;
  shape.data.set(cover.data.subarray(0, Math.max(0, cover.data.length - rows)), rows);
  const soft = soften(shape, Math.max(0.7, spread * unit)).data;
  for (let i = 0; i < soft.length; i++) {
    if (soft[i] < 0.004) continue;
    const factor = 1 - strength * soft[i] * onto(i);
    for (const plane of stage.colours) plane.data[i] *= factor;
  }
}

/** How much of the face's own fall of light from side to side an accessory shows. */
const SIDE_LIGHT = 0.5;

/** The light from side to side as the face shows it, about 1 in its middle. */
function sideLight(
  { width, data }: RgbImage,
  { pose, parts, image }: PersonReading,
): (x: number) => number {
  const zoom = width / image.width;
  const middle = (pose.eyes.left.at[0] + pose.eyes.right.at[0]) / 2;
  const reach = Math.max(4, 1.1 * Math.abs(pose.eyes.right.at[0] - pose.eyes.left.at[0]));
  let [sum, count, moment, spread] = [0, 0, 0, 0];
  for (let i = 0; i < parts.face.data.length; i += 3) {
    if (parts.face.data[i] < 0.9) continue;
    const x = i % image.width;
    const at = 3 * (Math.round(Math.floor(i / image.width) * zoom) * width + Math.round(x * zoom));
    const luma = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    const across = (x - middle) / reach;
    sum += luma;
    count++;
    moment += luma * across;
    spread += across * across;
  }
  if (count < 50) return () => 1;
  const slope = clamp(moment / spread / (sum / count), -0.35, 0.35) * SIDE_LIGHT;
  return (x) => 1 + slope * clamp((x - middle) / reach, -1.3, 1.3);
}
