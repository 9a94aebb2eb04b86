import { blur } from '../../pixels/box-filter.ts';
import { labOf } from '../../pixels/colour.ts';
import { distanceTo } from '../../pixels/distance.ts';
import { pullPush } from '../../pixels/fill.ts';
import {
  createMask,
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  threshold,
} from '../../pixels/image.ts';
import { copyBytes, inRegion } from '@toile/memory';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { reduceBlocks, shrinkRim } from '../../pixels/soften.ts';
import type { Scene } from '../scene.ts';
import type { BareBody } from './bare-body.ts';
import { enlarge, growingFactor, meansOf } from './grow.ts';
import { featuresOf, learnTone, type SkinTone } from './skin-tone.ts';
import { detailLike } from './detail.ts';
import { either } from './masks.ts';
import { mottle } from './mottle.ts';

/** The skin that the photo shows. */
export interface ShownSkin {
  /** Bare skin away from the old garment's shadow and the face. */
  readonly bare: Mask;
  /** The part from which tone, light and texture may be learned: not that in the chin's shadow. */
  readonly lit: Mask;
}

export function shownSkin(scene: Scene): ShownSkin {
  const bare = bareSkin(scene);
  const lit = { ...bare, data: copyBytes(bare.data) };
  const { chin, shoulderMiddle } = scene.person.pose;
  // Half of the neck lies in the chin's shadow.
  const half = chin[1] + 0.45 * Math.max(0, shoulderMiddle[1] - chin[1]);
  const top = Math.max(0, Math.ceil(half * scene.zoom - scene.origin[1]));
  lit.data.fill(0, 0, top * bare.width);
  return { bare, lit };
}

function bareSkin(scene: Scene): Mask {
  const { width, height } = scene.image;
  const sure = shrinkRim(threshold(scene.skin, 0.6), Math.max(2, 0.01 * scene.unit));
  const { tone } = scene.person.skin;
  const seen = createMask(width, height);
  for (let i = 0; i < seen.data.length; i++) {
    if (!sure.data[i] || scene.oldRim.data[i]) continue;
    const [l, a, b] = labOf(
      scene.image.data[3 * i],
      scene.image.data[3 * i + 1],
      scene.image.data[3 * i + 2],
    );
    const likely = Math.abs(a - tone[1]) < 11 && Math.abs(b - tone[2]) < 13 && l > tone[0] - 24;
    seen.data[i] = likely && l < tone[0] + 34 ? 1 : 0;
  }
  return seen;
}

/**
 * This person's bare skin on the body's shape, for the pixels of `where`: learned tone and light on the surface's
 * normals, drawn towards the skin that shows nearby, with its own fine texture.
 *
 * @param fine the photo's fine detail
 */
export function paintSkin(
  scene: Scene,
  body: BareBody,
  shown: ShownSkin,
  where: Mask,
  fine: Plane,
  random: () => number,
): readonly Plane[] {
  const { width, height } = scene.image;
  const tone = learnTone(scene, body, shown.lit);
  const gain = inRegion(() => shadingGain(scene, shown.bare, where));
  const nearby = inRegion(() => departures(scene, body, shown, tone, gain, where));
  const texture = inRegion(() => detailLike(scene, fine, shown.lit, where, random));
  const uneven = inRegion(() => mottle(width, height, scene.unit, random));
  const result = scene.colours.map(() => createPlane(width, height));
  for (let i = 0; i < where.data.length; i++) {
    if (!where.data[i]) continue;
    const detail = texture.data[i] + uneven.data[i];
    const shade = gain.data[i] * shadeAt(body, tone, i);
    for (let c = 0; c < 3; c++) {
      const flush = FLUSH[c] * uneven.data[i];
      const log = tone.albedo[c] + tone.slopes[c] * (shade + detail) + flush + nearby[c].data[i];
      result[c].data[i] = clamp(Math.exp(log), 0, 1);
    }
  }
  return result;
}

/** Where skin is darker it is redder: change of log red, green and blue by that of log luminance. */
const FLUSH = [-0.5, 0.1, 0.2] as const;

/** Fall of light towards a surface's edge under which its anatomy shows as `relief` has it. */
const USUAL_FALL = 0.42;

/** Change of log luminance by the surface's place in the light and by its anatomy, which hard light shows more of. */
function shadeAt(body: BareBody, tone: SkinTone, i: number): number {
  const [x, y, edge] = featuresOf(body.normalX.data[i], body.normalY.data[i]);
  const hardness = clamp(-tone.light[2] / USUAL_FALL, 0.8, 1.5);
  return (
    tone.light[0] * x + tone.light[1] * y + tone.light[2] * edge + hardness * body.relief.data[i]
  );
}

/** Shoulder widths over which the skin that shows holds its sway over the learned tone. */
const SWAY = 0.7;
/** Over which it does so point for point, with what light and shade lie on it. */
const CLOSE_SWAY = 0.25;

/**
 * How the visible skin departs from what tone and light say, carried from there over the hidden skin: near the edge of
 * an old neckline it makes the new skin meet the old, further off it fades (screened pull-push fills, a broad one and one
 * of what it leaves over).
 */
function departures(
  scene: Scene,
  body: BareBody,
  shown: ShownSkin,
  tone: SkinTone,
  gain: Plane,
  where: Mask,
): readonly Plane[] {
  const factor = growingFactor(scene);
  const sampled = (skin: Mask): Departures =>
    meansOf(
      scene,
      (i) => (skin.data[i] ? smoothstep(0.3, 0.9, body.share.data[i]) : 0),
      (i, c) => {
        const log = Math.log(Math.max(0.02, scene.colours[c].data[i]));
        const shade = gain.data[i] * shadeAt(body, tone, i);
        const expected = tone.albedo[c] + tone.slopes[c] * shade;
        return clamp(log - expected, -0.5, 0.5);
      },
    );
  const carry = ({ means, share }: Departures, sway: number): readonly Plane[] => {
    screen(means, share, clamp((0.35 * factor) / (sway * scene.unit), 0.001, 0.1));
    return pullPush(means, share).map((plane) => blur(plane, 1));
  };
  const broad = carry(sampled(shown.lit), SWAY);
  const close = sampled(shown.bare);
  for (const [c, { data }] of close.means.entries()) {
    for (let cell = 0; cell < data.length; cell++) data[cell] -= broad[c].data[cell];
  }
  const rest = carry(close, CLOSE_SWAY);
  return broad.map((plane, c) => {
    for (let cell = 0; cell < plane.data.length; cell++) plane.data[cell] += rest[c].data[cell];
    return enlarge(plane, factor, where);
  });
}

type Departures = ReturnType<typeof meansOf>;

/** Draws the values towards 0 where nothing is known, the more the greater the least share. */
function screen(means: readonly Plane[], share: Plane, least: number): void {
  for (let cell = 0; cell < share.data.length; cell++) {
    if (share.data[cell] > least) continue;
    for (const plane of means) plane.data[cell] *= share.data[cell] / least;
    share.data[cell] = least;
  }
}

/** Share of the learned shading that is believed right beside skin that shows, which tells its own light and shade better. */
const BESIDE_SKIN = 0.25;
/** Shoulder widths from there at which all of it is believed. */
const FAR = 0.25;

/** How much of the learned shading each pixel takes on: less of it the nearer it lies to skin that shows. */
function shadingGain(scene: Scene, bare: Mask, where: Mask): Plane {
  const factor = growingFactor(scene);
  const cells = reduceBlocks(maskToPlane(bare), factor);
  const distance = distanceTo(threshold(cells, 0.5));
  const whole = (FAR * scene.unit) / factor;
  for (let cell = 0; cell < distance.data.length; cell++) {
    distance.data[cell] = lerp(BESIDE_SKIN, 1, smoothstep(0, whole, distance.data[cell]));
  }
  return enlarge(distance, factor, either(where, bare));
}
