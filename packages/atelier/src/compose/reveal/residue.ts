import { add, normalize, subtract, type Vec } from '../../geometry/vector.ts';
import { blur } from '../../pixels/box-filter.ts';
import { createPlane, type Mask, maskToPlane, type Plane } from '../../pixels/image.ts';
import { inRegion } from '@toile/memory';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { sample } from '../../pixels/resize.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { indexAt, pointAt } from '../blend.ts';
import { onHand } from '../old-clothes.ts';
import type { Scene } from '../scene.ts';
import { growColours } from './grow.ts';

/** How far, in shoulder widths, the old garment's colour and shadow may have reached over its edge. */
const REACH = 0.05;

/** How far its hem's shadow falls on a garment that stays on, in shoulder widths. */
const HEM_SHADOW = 0.08;

/** How far beside the clothes a hem may have been taken for something else, in shoulder widths. */
const HEM = 0.025;
/** Distances in RGB, from 0 to 1, from the cloth's colour within which a pixel surely shows it, and beyond which not. */
const SAME = [0.1, 0.2] as const;

/** Most of the new skin laid over the old beside the old clothes. */
const PASSING = 0.75;

/** The pixels around the old clothes in which anything of them may be left. */
export const reachOfOld = (scene: Scene): Mask => growRim(scene.old, farthest(scene));

/** How far that is, in pixels. */
const farthest = ({ removal, unit }: Scene): number =>
  Math.max(5, (removal.lower ? REACH : HEM_SHADOW) * unit);

/** What would be there without the clothes. */
interface Uncovering {
  readonly colours: readonly Plane[];
  /** Share of skin in these colours. */
  readonly bare: Plane;
  /** Share of the person in them. */
  readonly inside: Plane;
}

/**
 * How much of each pixel is to be replaced by what lies beneath: all within the old clothes, and around them as much as
 * the photo shows of the clothes' colour or of their shadow on skin. Hair, face and things carried in front stay.
 *
 * @param places all pixels in which anything of the clothes may be left, and those of them that are looked at
 */
export function residueShare(
  scene: Scene,
  { reach, open }: { readonly reach: Mask; readonly open: Mask },
  { colours: beneath, bare, inside }: Uncovering,
): Plane {
  const { width, height } = scene.image;
  const cloth = inRegion(() => growColours(scene, shrinkRim(scene.old, 2), open));
  const core = grownSoftly(scene.old, Math.max(1, 0.007 * scene.unit), 0.7);
  const rim = Math.max(5, REACH * scene.unit);
  const near = grownSoftly(scene.old, 0.6 * rim, 0.22 * rim);
  const shadow = farthest(scene);
  const below = grownSoftly(scene.old, 0.7 * shadow, 0.15 * shadow);
  const hems = grownSoftly(scene.old, Math.max(2, HEM * scene.unit), 1);
  // Where the parse is wrong about what lies at the end of the reach, no step shall tell.
  const ending = inRegion(() => blur(maskToPlane(shrinkRim(reach, 2)), 1));
  const result = createPlane(width, height);
  for (let i = 0; i < result.data.length; i++) {
    if (!open.data[i]) continue;
    const limb = scene.arms.data[i];
    const point = pointAt(scene, i);
    const hand =
      limb > 0.02 && !besideCuff(scene, point)
        ? onHand(scene.limbs, scene.trunk.shoulderWidth, point)
        : 0;
    let left = core.data[i];
    if (left < 0.999) {
      const { mixed, darker, apart } = compare(scene.colours, cloth, beneath, i);
      const bled = smoothstep(0.06, 0.22, mixed);
      // Hands are full of shade of their own.
      const shade = lerp(
        smoothstep(0.08, 0.2, darker),
        smoothstep(0.03, 0.1, darker),
        bare.data[i],
      );
      const shaded = shade * inside.data[i] * (1 - hand);
      const tolerance = toleranceOf(bare.data[i], inside.data[i]);
      const strange = smoothstep(1, 2, apart / tolerance) * (1 - hand);
      // New skin passes into the old over a few pixels, so that no step of tone tells where the neckline was.
      const passing = PASSING * bare.data[i] * (1 - hand);
      left = Math.max(left, near.data[i] * Math.max(bled, shaded, strange, passing));
      const stays = inside.data[i] - bare.data[i];
      left = Math.max(left, stays * below.data[i] * smoothstep(0.02, 0.08, darker));
      // Where the person's outline draws back with the clothes, nothing of it may stay.
      left = Math.max(left, smoothstep(0.05, 0.3, scene.matte.data[i] - inside.data[i]));
    }
    const inFront =
      scene.hair.data[i] + scene.face.data[i] + carriedAt(scene, cloth, hems.data[i], i);
    // Hands stay as they are, but for the pixels of their edge, which the old clothes share.
    const held = hand * smoothstep(0.6, 0.95, limb);
    const stands = (1 - held) * (1 - smoothstep(0.3, 0.7, inFront));
    result.data[i] = left * stands * ending.data[i];
  }
  return result;
}

/** A mask grown and then blurred, in pixels. */
const grownSoftly = (mask: Mask, radius: number, sigma: number): Plane =>
  inRegion(() => blur(maskToPlane(growRim(mask, radius)), sigma));

/** Length of hand below a cuff that lies in its shadow, in shoulder widths. */
const CUFF_SHADOW = [0.012, 0.024, 0.036];

/** Whether an old sleeve ends right above this place of an arm. */
function besideCuff(scene: Scene, point: Vec): boolean {
  const arm = scene.limbs[scene.trunk.locate(point).across < 0 ? 'left' : 'right'];
  const [, , wrist, knuckles] = arm.joints;
  const upward = normalize(subtract(wrist, knuckles));
  return CUFF_SHADOW.some((share) => {
    const [x, y] = add(point, upward, share * scene.trunk.shoulderWidth);
    const at = indexAt(scene, [x, y]);
    return at >= 0 && scene.old.data[at] > 0 && sample(scene.person.parts.upperGarment, x, y) > 0.5;
  });
}

/** How far a colour may lie from what was expected, as a distance in RGB from 0 to 1, before it is taken for a scrap. */
const toleranceOf = (bare: number, inside: number): number =>
  0.03 * (1 - inside) + 0.045 * bare + 0.25 * (inside - bare);

/** How surely a share is that of a pixel which shows the thing alone. */
export const wholly = (share: number): number => smoothstep(0.75, 0.98, share);

/**
 * How surely something carried, or a shoe, lies in front. Right beside the clothes what only partly shows it, or has
 * their colour, is their hem.
 *
 * @param beside how near the clothes are, 0 to 1
 */
function carriedAt(scene: Scene, cloth: readonly Plane[], beside: number, i: number): number {
  const carried = scene.carried.data[i];
  if (beside === 0 || carried === 0) return carried;
  const other = smoothstep(SAME[0], SAME[1], distanceAt(scene.colours, cloth, i));
  return lerp(carried, wholly(carried) * other, beside);
}

function distanceAt(a: readonly Plane[], b: readonly Plane[], i: number): number {
  return Math.hypot(...a.map((plane, c) => plane.data[i] - b[c].data[i]));
}

/** How far from `beneath` towards the cloth's colour the photo lies, how far from it, and how much darker than it. */
function compare(
  photo: readonly Plane[],
  cloth: readonly Plane[],
  beneath: readonly Plane[],
  i: number,
): { readonly mixed: number; readonly apart: number; readonly darker: number } {
  let along = 0.004;
  let product = 0;
  let square = 0;
  let light = 0.01;
  let seen = 0.01;
  for (let c = 0; c < 3; c++) {
    const way = cloth[c].data[i] - beneath[c].data[i];
    const off = photo[c].data[i] - beneath[c].data[i];
    along += way * way;
    product += way * off;
    square += off * off;
    light += beneath[c].data[i];
    seen += photo[c].data[i];
  }
  return {
    mixed: clamp(product / along, 0, 1),
    apart: Math.sqrt(square),
    darker: Math.log(light / seen),
  };
}
