import { blur } from '../../pixels/box-filter.ts';
import { labOf } from '../../pixels/colour.ts';
import { pullPush } from '../../pixels/fill.ts';
import { createMask, createPlane, type Mask, type Plane, threshold } from '../../pixels/image.ts';
import { clamp, smoothstep } from '../../pixels/scalar.ts';
import { shrinkRim } from '../../pixels/soften.ts';
import type { Scene } from '../scene.ts';
import type { BareBody } from './bare-body.ts';
import { enlarge, growingFactor, meansOf } from './grow.ts';
import { featuresOf, learnTone, type SkinTone } from './skin-tone.ts';
import { detailLike } from './detail.ts';
import { mottle } from './mottle.ts';

/** Skin from which tone, light and texture may be learned: surely bare, away from the old garment's shadow and the face. */
export function visibleSkin(scene: Scene): Mask {
  const { width } = scene.image;
  const sure = shrinkRim(threshold(scene.skin, 0.6), Math.max(2, 0.01 * scene.unit));
  const { chin, shoulderMiddle } = scene.person.pose;
  // Half of the neck lies in the chin's shadow.
  const half = chin[1] + 0.45 * Math.max(0, shoulderMiddle[1] - chin[1]);
  const top = half * scene.zoom - scene.origin[1];
  const { tone } = scene.person.skin;
  const seen = createMask(width, scene.image.height);
  for (let i = 0; i < seen.data.length; i++) {
    if (!sure.data[i] || scene.oldRim.data[i] || Math.floor(i / width) < top) continue;
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
  seen: Mask,
  where: Mask,
  fine: Plane,
  random: () => number,
): readonly Plane[] {
  const { width, height } = scene.image;
  const tone = learnTone(scene, body, seen);
  const nearby = departures(scene, body, seen, tone, where);
  const texture = detailLike(scene, fine, seen, where, random);
  const uneven = mottle(width, height, scene.unit, random);
  const result = scene.colours.map(() => createPlane(width, height));
  for (let i = 0; i < where.data.length; i++) {
    if (!where.data[i]) continue;
    const detail = texture.data[i] + uneven.data[i];
    const shade = shadeAt(body, tone, i);
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

/**
 * How the visible skin departs from what tone and light say, carried from there over the hidden skin: near the edge of
 * an old neckline it makes the new skin meet the old, further off it fades (a screened pull-push fill).
 */
function departures(
  scene: Scene,
  body: BareBody,
  seen: Mask,
  tone: SkinTone,
  where: Mask,
): readonly Plane[] {
  const { means, share } = meansOf(
    scene,
    (i) => (seen.data[i] ? smoothstep(0.3, 0.9, body.share.data[i]) : 0),
    (i, c) => {
      const log = Math.log(Math.max(0.02, scene.colours[c].data[i]));
      const shade = shadeAt(body, tone, i);
      const expected = tone.albedo[c] + tone.slopes[c] * shade;
      return clamp(log - expected, -0.5, 0.5);
    },
  );
  const factor = growingFactor(scene);
  const least = clamp((0.35 * factor) / (SWAY * scene.unit), 0.001, 0.1);
  for (let i = 0; i < share.data.length; i++) {
    if (share.data[i] > least) continue;
    for (const plane of means) plane.data[i] *= share.data[i] / least;
    share.data[i] = least;
  }
  return pullPush(means, share).map((plane) => enlarge(blur(plane, 1), factor, where));
}
