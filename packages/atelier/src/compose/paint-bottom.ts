import type { Plane } from '../pixels/image.ts';
import { createPlane } from '../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { soften } from '../pixels/soften.ts';
import { signOf } from '../fit/trunk.ts';
import type { Vec } from '../geometry/vector.ts';
import { blendCloth, pointAt } from './blend.ts';
import { frontOfBottom } from './bottom-front.ts';
import type { WornBottom } from './dressing.ts';
import { roundness } from './light.ts';
import { eachLayerPixel, type Scene, softShape } from './scene.ts';

/** How much of the old garment's shading is believed: faded denim looks like light and is none. */
const LIGHT = 0.5;
/** Cloth that is lit further burns its own colour out. */
const BRIGHTEST = 1.05;

/** Hands and wrists hang lower than this; trunk lengths. */
const HANDS = 0.75;

/** Paints trousers, shorts or a skirt: its shadows, then its pieces from back to front, behind hands and a hanging top. */
export function paintBottom(
  scene: Scene,
  bottom: WornBottom,
  colours: readonly Plane[],
  light: Plane,
): void {
  const { front, arms } = frontOfBottom(scene, bottom);
  castShadows(scene, bottom, colours, front);
  restore(scene, arms, colours);
  const armShade = soften(arms, 0.03 * scene.unit);
  const hemShade = soften(lowered(front, 0.025 * scene.unit), 0.03 * scene.unit);
  const [behind, before] = bottom.pieces;
  const legShade = bottom.legs ? softShape(scene, before, 0.04 * scene.unit, 0) : null;
  for (const layer of bottom.pieces) {
    eachLayerPixel(layer, scene.image.width, (at, from) => {
      const point = pointAt(scene, at);
      const cover = layer.coverage[from] * (1 - front.data[at]);
      if (cover <= 0) return;
      let shade = Math.min(BRIGHTEST, lerp(1, light.data[at], LIGHT)) * turning(bottom, point);
      const over = Math.max(armShade.data[at], hemShade.data[at]) * (1 - front.data[at]);
      shade *= 1 - 0.3 * over;
      if (legShade && layer === behind) {
        shade *= 1 - 0.3 * legShade.data[at] * belowCrotch(bottom, point);
      }
      blendCloth(colours, at, layer, from, shade, cover);
    });
  }
}

/** Darkening where hips and legs turn away from the camera. */
function turning({ body, legs }: WornBottom, point: Vec): number {
  const { down, across } = body.trunk.locate(point);
  const side = across < body.trunk.locate(body.crotch).across ? 'left' : 'right';
  const seat = (across * signOf(side)) / (1.06 * body.edge(side, clamp(down, 0.5, 1.3)));
  if (!legs) return roundness(seat, 0.14);
  const below = smoothstep(0, 0.25 * body.legs[side].upperLength, point[1] - body.crotch[1]);
  const leg = body.legs[side].locate(point).share / 1.2;
  return lerp(roundness(seat, 0.14), roundness(leg, 0.13), below);
}

function belowCrotch({ body }: WornBottom, point: Vec): number {
  return smoothstep(0, 0.15 * body.hipHalf, point[1] - body.crotch[1]);
}

/** Cloth darkens what lies just beyond its edges: skin at waist and hem, shoes; the background is too far away. */
function castShadows(
  scene: Scene,
  bottom: WornBottom,
  colours: readonly Plane[],
  front: Plane,
): void {
  const whole = createPlane(scene.image.width, scene.image.height);
  for (const layer of bottom.pieces) {
    const shape = softShape(scene, layer, 0.025 * scene.unit, 0.025 * scene.unit);
    for (let i = 0; i < whole.data.length; i++) {
      whole.data[i] = Math.max(whole.data[i], shape.data[i]);
    }
  }
  for (let i = 0; i < whole.data.length; i++) {
    if (whole.data[i] < 0.004) continue;
    const factor = 1 - 0.4 * whole.data[i] * scene.matte.data[i] * (1 - front.data[i]);
    for (const plane of colours) plane.data[i] *= factor;
  }
}

/** Hands that lay on the old garment are still those of the photo. */
function restore(scene: Scene, arms: Plane, colours: readonly Plane[]): void {
  for (let i = 0; i < arms.data.length; i++) {
    if (arms.data[i] === 0 || scene.trunk.locate(pointAt(scene, i)).down < HANDS) continue;
    for (let c = 0; c < 3; c++) {
      colours[c].data[i] = lerp(colours[c].data[i], scene.colours[c].data[i], arms.data[i]);
    }
  }
}

/** A plane moved down by so many pixels. */
function lowered(plane: Plane, drop: number): Plane {
  const moved = createPlane(plane.width, plane.height);
  const shift = Math.round(drop) * plane.width;
  moved.data.set(plane.data.subarray(0, plane.data.length - shift), shift);
  return moved;
}
