import { signOf } from '../fit/trunk.ts';
import type { Vec } from '../geometry/vector.ts';
import { createPlane, type Plane, type RgbImage } from '../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { soften } from '../pixels/soften.ts';
import { lightFrom, roundness } from './light.ts';
import { revealBeneath } from './reveal.ts';
import { type Dressing, eachLayerPixel, type Scene, softShape, totalCoverage } from './scene.ts';

/**
 * Puts the picture together from back to front: the person beneath, shadows, the body of the garment, the arms in
 * front of it, the sleeves, hair and face. Pixels that none of these touch stay those of the photo, to the bit.
 */
export function compose(scene: Scene, dressing: Dressing, seed: number): RgbImage {
  const coverage = totalCoverage(scene, dressing);
  const colours = revealBeneath(scene, coverage, seed);
  const light = lightFrom(scene);
  const front = armsInFront(scene, dressing);
  castShadows(scene, dressing, colours, front);
  const armShade = soften(front, 0.03 * scene.unit);
  paintBody(scene, dressing, colours, light, front, armShade);
  for (const sleeve of dressing.sleeves) paintSleeve(scene, sleeve, colours, light);
  restoreInFront(scene, coverage, colours);
  return toBytes(scene, colours);
}

const pointAt = (scene: Scene, index: number): Vec => [
  (index % scene.image.width) / scene.zoom,
  Math.floor(index / scene.image.width) / scene.zoom,
];

/** Bare arms and hands that lie over the garment's body: everything below the sleeve's end, or below the shoulder's cap. */
function armsInFront(scene: Scene, dressing: Dressing): Plane {
  const { width, height } = scene.image;
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    if (scene.arms.data[i] < 0.02) continue;
    const point = pointAt(scene, i);
    const side = scene.trunk.locate(point).across < 0 ? 'left' : 'right';
    const arm = scene.limbs[side];
    const sleeve = dressing.sleeves.find((candidate) => candidate.side === side);
    const start = sleeve
      ? Math.max(0.45 * arm.upperLength, 0.9 * sleeve.hemRun)
      : 0.4 * arm.upperLength;
    const { run, share } = arm.locate(point);
    const along = smoothstep(start - 0.12 * arm.upperLength, start + 0.05 * arm.upperLength, run);
    plane.data[i] =
      smoothstep(0.25, 0.75, scene.arms.data[i]) * smoothstep(1.5, 1.25, share) * along;
  }
  return plane;
}

/** Cloth darkens what lies just below its edges; the background is too far away to take a shadow. */
function castShadows(
  scene: Scene,
  dressing: Dressing,
  colours: readonly Plane[],
  front: Plane,
): void {
  const neck =
    Math.min(...(['left', 'right'] as const).map((s) => scene.limbs[s].joints[0][1])) * scene.zoom;
  const layers = [
    { layer: dressing.body, onArms: false },
    ...dressing.sleeves.map((sleeve) => ({ layer: sleeve.layer, onArms: true })),
  ];
  for (const { layer, onArms } of layers) {
    const shape = softShape(scene, layer, 0.02 * scene.unit, 0.02 * scene.unit);
    for (let i = 0; i < shape.data.length; i++) {
      if (shape.data[i] < 0.004) continue;
      const above = Math.floor(i / scene.image.width) < neck - 0.25 * scene.unit ? 0 : 1;
      const taken = scene.matte.data[i] * (onArms ? 1 : 1 - front.data[i]) * above;
      const factor = 1 - 0.3 * shape.data[i] * taken;
      for (const plane of colours) plane.data[i] *= factor;
    }
  }
}

function paintBody(
  scene: Scene,
  dressing: Dressing,
  colours: readonly Plane[],
  light: Plane,
  front: Plane,
  armShade: Plane,
): void {
  const layer = dressing.body;
  const sleeveShade = dressing.sleeves.map((sleeve) => ({
    shape: softShape(scene, sleeve.layer, 0.03 * scene.unit, 0),
  }));
  eachLayerPixel(layer, scene.image.width, (at, from) => {
    const { down, across } = scene.trunk.locate(pointAt(scene, at));
    const side = across < 0 ? 'left' : 'right';
    const edge =
      (across * signOf(side)) / (1.08 * scene.trunk.halfWidth(side, clamp(down, 0, 1.9)));
    // The shoulders face the light; the flanks below them turn away.
    let shade = light.data[at] * roundness(edge, 0.13 * smoothstep(0.15, 0.55, down));
    shade *= 1 - 0.25 * armShade.data[at] * (1 - front.data[at]);
    for (const { shape } of sleeveShade) shade *= 1 - 0.1 * shape.data[at];
    const cover = layer.coverage[from] * (1 - front.data[at]);
    blend(colours, at, [layer.red[from], layer.green[from], layer.blue[from]], shade, cover);
  });
}

function paintSleeve(
  scene: Scene,
  sleeve: Dressing['sleeves'][number],
  colours: readonly Plane[],
  light: Plane,
): void {
  const { layer } = sleeve;
  const arm = scene.limbs[sleeve.side];
  eachLayerPixel(layer, scene.image.width, (at, from) => {
    const { share, run } = arm.locate(pointAt(scene, at));
    const round = roundness(share / 1.25, 0.14 * smoothstep(0, 0.3 * arm.upperLength, run));
    const shade = lerp(1, light.data[at], 0.8) * round;
    blend(
      colours,
      at,
      [layer.red[from], layer.green[from], layer.blue[from]],
      shade,
      layer.coverage[from],
    );
  });
}

function blend(
  colours: readonly Plane[],
  at: number,
  cloth: readonly [number, number, number],
  shade: number,
  cover: number,
): void {
  // Cloth that is nearly white has no room to get brighter: what light adds must not burn its folds and prints out.
  const room = 1 - Math.max(cloth[0], cloth[1], cloth[2]) / 255;
  const factor = shade > 1 ? 1 + (shade - 1) * lerp(0.4, 1, room) : shade;
  for (let c = 0; c < 3; c++) {
    const plane = colours[c];
    plane.data[at] = lerp(plane.data[at], Math.min(1, (cloth[c] / 255) * factor), cover);
  }
}

/** Hair that hangs lower than the waist is taken for a dark fold of the old garment. */
const LONGEST_HAIR = 0.7;

/** Hair and face fall over the garment's collar. */
function restoreInFront(scene: Scene, coverage: Plane, colours: readonly Plane[]): void {
  const { width, height } = scene.image;
  for (let i = 0; i < width * height; i++) {
    if (coverage.data[i] <= 0) continue;
    const share = smoothstep(0.35, 0.75, scene.hair.data[i] + scene.face.data[i]);
    if (share <= 0 || scene.trunk.locate(pointAt(scene, i)).down > LONGEST_HAIR) continue;
    for (let c = 0; c < 3; c++) {
      colours[c].data[i] = lerp(colours[c].data[i], scene.colours[c].data[i], share);
    }
  }
}

function toBytes(scene: Scene, colours: readonly Plane[]): RgbImage {
  const { width, height } = scene.image;
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      data[3 * i + c] = clamp(Math.round(colours[c].data[i] * 255), 0, 255);
    }
  }
  return { width, height, data };
}
