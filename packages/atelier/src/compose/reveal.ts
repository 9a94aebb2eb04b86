import { blur } from '../pixels/box-filter.ts';
import { labOf } from '../pixels/colour.ts';
import { pullPush } from '../pixels/fill.ts';
import {
  createMask,
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  threshold,
} from '../pixels/image.ts';
import { resizePlane } from '../pixels/resize.ts';
import { growRim, reduceBlocks, shrinkRim } from '../pixels/soften.ts';
import { randomFrom } from '../pixels/random.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { Scene } from './scene.ts';
import { trapeziusHeight } from '../fit/shoulders.ts';
import { signOf } from '../fit/trunk.ts';

/**
 * The person without the old upper garment, where the new one leaves it open: skin above the waist, the lower garment
 * below it, the background beside the body, each grown in from its own surroundings. Elsewhere the photo, untouched.
 *
 * @param coverage what the new garment hides: nothing needs revealing there
 * @param seed of the grain that keeps the filled places from looking painted
 */
export function revealBeneath(scene: Scene, coverage: Plane, seed: number): readonly Plane[] {
  const { width, height } = scene.image;
  const share = blur(maskToPlane(scene.oldRim), 1);
  if (!anythingToReveal(scene.oldRim, coverage)) {
    return scene.colours.map((plane) => ({ ...plane, data: Float32Array.from(plane.data) }));
  }
  const skin = growFrom(scene, skinSeeds(scene));
  const lower = growFrom(scene, lowerSeeds(scene));
  const background = growFrom(scene, backgroundSeeds(scene));
  const body = bodyShare(scene);
  const result = scene.colours.map((plane) => ({ ...plane, data: Float32Array.from(plane.data) }));
  const random = randomFrom(seed);
  const waist = waistDown(scene);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (share.data[i] < 0.01) continue;
      const grain = (random() + random() - 1) * 0.012;
      const { down } = scene.trunk.locate([x / scene.zoom, y / scene.zoom]);
      const below = belowWaist(scene, i, smoothstep(waist - 0.015, waist + 0.015, down));
      for (let c = 0; c < 3; c++) {
        const inside = lerp(skin[c].data[i], lower[c].data[i], below);
        const filled = lerp(background[c].data[i], inside, body.data[i]) + grain;
        result[c].data[i] = lerp(result[c].data[i], clamp(filled, 0, 1), share.data[i]);
      }
    }
  }
  return result;
}

/** Longer side of the grid on which colours are grown: what is grown is smooth, so that more pixels would show no more. */
const GROWING_SIDE = 400;

/** The photo's colours grown outwards from the seeds over the whole picture. */
function growFrom(scene: Scene, seeds: Mask): Plane[] {
  const { width, height } = scene.image;
  const factor = Math.max(1, Math.round(Math.max(width, height) / GROWING_SIDE));
  const weight = maskToPlane(seeds);
  const reduce = (plane: Plane): Plane => reduceBlocks(plane, factor);
  const share = reduce(weight);
  // Premultiplied, so that the neighbours of a seed do not bleed into it.
  const colours = scene.colours.map((plane) => {
    const reduced = reduce(multiply(plane, weight));
    return {
      ...reduced,
      data: reduced.data.map((value, i) => (share.data[i] > 0 ? value / share.data[i] : 0)),
    };
  });
  return pullPush(colours, share).map((plane) => resizePlane(plane, width, height));
}

function multiply(a: Plane, b: Plane): Plane {
  const result = createPlane(a.width, a.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = a.data[i] * b.data[i];
  return result;
}

function anythingToReveal(old: Mask, coverage: Plane): boolean {
  return old.data.some((value, i) => value === 1 && coverage.data[i] < 0.995);
}

/** Where the waist is taken to be: at the old hem, or a little above the hips when a long top hid it. */
function waistDown(scene: Scene): number {
  const { width, height } = scene.image;
  let lowest = 0;
  for (let k = 12; k < 60; k++) {
    const [x, y] = scene.trunk.axis(k / 50);
    const at = Math.floor(y * scene.zoom) * width + Math.floor(x * scene.zoom);
    if (y * scene.zoom < height && scene.old.data[at]) lowest = k / 50;
  }
  return lowest < 0.72 ? 0.9 : Math.min(lowest, 0.9);
}

/** Beside the old garment the photo says what is there; under it the waist decides between skin and lower garment. */
function belowWaist(scene: Scene, index: number, byHeight: number): number {
  if (scene.old.data[index]) return byHeight;
  const skin = scene.skin.data[index];
  const lower = scene.lower.data[index];
  return skin + lower > 0.3 ? lower / (skin + lower) : byHeight;
}

function skinSeeds(scene: Scene): Mask {
  const { width, height } = scene.image;
  const sure = shrinkRim(threshold(scene.skin, 0.6), 2);
  const chin = scene.person.pose.chin[1] * scene.zoom;
  const { tone } = scene.person.skin;
  const seeds = createMask(width, height);
  for (let i = 0; i < seeds.data.length; i++) {
    if (!sure.data[i] || scene.oldRim.data[i] || Math.floor(i / width) < chin) continue;
    const [l, a, b] = labOf(
      scene.image.data[3 * i],
      scene.image.data[3 * i + 1],
      scene.image.data[3 * i + 2],
    );
    const likely =
      Math.abs(a - tone[1]) < 11 &&
      Math.abs(b - tone[2]) < 13 &&
      l > tone[0] - 24 &&
      l < tone[0] + 22;
    seeds.data[i] = likely ? 1 : 0;
  }
  return seeds;
}

function lowerSeeds(scene: Scene): Mask {
  const sure = shrinkRim(threshold(scene.lower, 0.6), 2);
  for (let i = 0; i < sure.data.length; i++) if (scene.oldRim.data[i]) sure.data[i] = 0;
  return sure;
}

function backgroundSeeds(scene: Scene): Mask {
  const near = growRim(threshold(scene.matte, 0.05), Math.max(4, scene.unit * 0.03));
  const seeds = createMask(near.width, near.height);
  for (let i = 0; i < seeds.data.length; i++) seeds.data[i] = near.data[i] ? 0 : 1;
  return seeds;
}

/** How surely there is body, not background, under the old garment: by the trunk's and the arms' measured shapes. */
function bodyShare(scene: Scene): Plane {
  const { width, height } = scene.image;
  const plane = createPlane(width, height);
  const soft = 0.02 * scene.trunk.shoulderWidth;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      // Beside the old garment there is either the person or not, and the matte knows.
      if (!scene.old.data[i]) {
        plane.data[i] = scene.matte.data[i];
        continue;
      }
      const point = [x / scene.zoom, y / scene.zoom] as const;
      const { down, across } = scene.trunk.locate(point);
      const side = across < 0 ? 'left' : 'right';
      const top = trapeziusHeight(scene.trunk, across) / scene.trunk.length;
      const edge = scene.trunk.halfWidth(side, down < 0.12 ? 0.12 : down);
      const trunk =
        down > -top && down < 1.8 ? smoothstep(soft, -soft, across * signOf(side) - edge) : 0;
      const arm = scene.limbs[side].locate(point);
      plane.data[i] = Math.max(trunk, smoothstep(1.06, 0.94, arm.share)) * scene.matte.data[i];
    }
  }
  return plane;
}
