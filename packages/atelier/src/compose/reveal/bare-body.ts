import { sides } from '../../perceive/person.ts';
import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import type { Scene } from '../scene.ts';
import { layTrunk } from './bare-trunk.ts';
import { armRelief, legRelief } from './relief.ts';
import { drawStrip, eachStripPixel, type Section } from './strip.ts';

/** The bare body that clothes hide, by the pose and usual proportions, at the size of the answer. */
export interface BareBody {
  /** Share of body against what is behind it. */
  readonly share: Plane;
  /** Share of neck and trunk, whether or not limbs lie before them. */
  readonly trunk: Plane;
  /** The same, falling off softly towards the trunk's sides: how far the arms' surface is the chest's. */
  readonly chest: Plane;
  /** Share of an arm, which lies in front of the trunk. */
  readonly arms: Plane;
  /** The same where the old clothes hid it. */
  readonly hiddenArms: Plane;
  /** Share of body that is there even where the person's outline says otherwise: hidden limbs, and the trunk's inside. */
  readonly sure: Plane;
  /** Share of body by the smoothed outline of the shoulders, and how far that is to be believed rather than the photo's. */
  readonly brim: Plane;
  readonly brimSure: Plane;
  /** Part of the surface's unit normal to the right of the picture. */
  readonly normalX: Plane;
  /** Part of the surface's unit normal down the picture. */
  readonly normalY: Plane;
  /** Soft anatomy, as a change of log luminance. */
  readonly relief: Plane;
}

/** @param where only these pixels are worked out */
export function bareBody(scene: Scene, where: Mask): BareBody {
  const { width, height } = scene.image;
  const plane = (): Plane => createPlane(width, height);
  const body: BareBody = {
    share: plane(),
    trunk: plane(),
    chest: plane(),
    arms: plane(),
    hiddenArms: plane(),
    sure: plane(),
    brim: plane(),
    brimSure: plane(),
    normalX: plane(),
    normalY: plane(),
    relief: plane(),
  };
  const { legs, arms } = scene.lines;
  if (legs) {
    for (const side of sides) {
      layLimb(scene, body, where, {
        outline: legs[side],
        relief: legRelief,
        inward: 0,
        isArm: false,
      });
    }
  }
  layTrunk(scene, body, where);
  if (arms) {
    for (const side of sides) {
      layLimb(scene, body, where, {
        outline: arms[side],
        relief: armRelief,
        inward: side === 'left' ? -1 : 1,
        isArm: true,
      });
    }
  }
  return body;
}

interface Limb {
  readonly outline: readonly Section[];
  readonly relief: (across: number, along: number, inward: number) => number;
  /** Sign of `across` on the side where the limb's root passes into the trunk; 0 when none does. */
  readonly inward: number;
  /** Arms lie in front of the trunk. */
  readonly isArm: boolean;
}

function layLimb(
  scene: Scene,
  body: BareBody,
  where: Mask,
  { outline, relief, inward, isArm }: Limb,
): void {
  const { width, height } = scene.image;
  const { zoom, origin } = scene;
  const sections = outline.map((section) => ({
    ...section,
    centre: [section.centre[0] * zoom - origin[0], section.centre[1] * zoom - origin[1]] as const,
    back: section.back * zoom,
    front: section.front * zoom,
  }));
  const strip = drawStrip(sections, width, height);
  const edge = (from: number): number => {
    const { back, front } = sections[Math.round(strip.section[from])];
    return smoothstep(-1, 1, (1 - Math.abs(strip.across[from])) * 0.5 * (back + front));
  };
  eachStripPixel(strip, width, (at, from) => {
    if (!where.data[at]) return;
    const share = edge(from);
    if (share <= 0) return;
    const index = clamp(Math.floor(strip.section[from]), 0, sections.length - 2);
    const { direction } = sections[index];
    const along = lerp(
      sections[index].along,
      sections[index + 1].along,
      strip.section[from] - index,
    );
    const across = clamp(strip.across[from], -0.97, 0.97);
    const chest = merging(across * inward, along);
    // Above the armpits arm and trunk are one surface: there the one's look passes softly into the other's.
    const apart =
      ((1 - Math.abs(across)) * 0.5 * (sections[index].back + sections[index].front)) / scene.unit;
    const beneath = isArm ? body.chest.data[at] : body.share.data[at];
    const joined = beneath * smoothstep(0.75, 0.45, along);
    const look = share * lerp(1, smoothstep(0, 0.09, apart), joined);
    const [normalX, normalY] = [-direction[1] * across, direction[0] * across];
    body.share.data[at] = Math.max(body.share.data[at], share);
    const { hidden } = sections[index];
    if (hidden) body.sure.data[at] = Math.max(body.sure.data[at], share);
    if (isArm) body.arms.data[at] = Math.max(body.arms.data[at], share);
    if (isArm && hidden) body.hiddenArms.data[at] = Math.max(body.hiddenArms.data[at], share);
    body.normalX.data[at] = lerp(body.normalX.data[at], normalX * (1 - chest), look);
    body.normalY.data[at] = lerp(body.normalY.data[at], lerp(normalY, CHEST_TILT, chest), look);
    body.relief.data[at] = lerp(
      body.relief.data[at],
      relief(across, along, across * inward) * (1 - chest),
      look,
    );
  });
}

/** How much the upper chest faces upwards: the downward part of its normal. */
const CHEST_TILT = -0.2;

/** How far a place of an arm belongs to the chest: above the armpit the two are one surface. */
const merging = (inward: number, along: number): number =>
  smoothstep(0, 0.7, inward) * smoothstep(0.6, 0.3, along);
