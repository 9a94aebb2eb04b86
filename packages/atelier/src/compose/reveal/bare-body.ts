import { trapeziusHeight } from '../../fit/shoulders.ts';
import type { Trunk } from '../../fit/trunk.ts';
import { type Side, sides } from '../../perceive/person.ts';
import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';
import { outlineArm } from './arms.ts';
import { outlineLeg } from './legs.ts';
import { armRelief, legRelief, trunkRelief } from './relief.ts';
import { drawStrip, eachStripPixel, type Section } from './strip.ts';

/** The bare body that clothes hide, by the pose and usual proportions, at the size of the answer. */
export interface BareBody {
  /** Share of body against what is behind it. */
  readonly share: Plane;
  /** Share of an arm, which lies in front of the trunk. */
  readonly arms: Plane;
  /** The same where the old clothes hid it. */
  readonly hiddenArms: Plane;
  /** Share of body that is there even where the person's outline says otherwise: hidden limbs, and the trunk's inside. */
  readonly sure: Plane;
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
    arms: plane(),
    hiddenArms: plane(),
    sure: plane(),
    normalX: plane(),
    normalY: plane(),
    relief: plane(),
  };
  if (scene.removal.lower) {
    for (const side of sides) {
      layLimb(scene, body, where, {
        outline: outlineLeg(scene, side),
        relief: legRelief,
        inward: 0,
        isArm: false,
      });
    }
  }
  layTrunk(scene, body, where);
  if (scene.removal.upper) {
    for (const side of sides) {
      layLimb(scene, body, where, {
        outline: outlineArm(scene, side),
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
    const [normalX, normalY] = [-direction[1] * across, direction[0] * across];
    body.share.data[at] = Math.max(body.share.data[at], share);
    const { hidden } = sections[index];
    if (hidden) body.sure.data[at] = Math.max(body.sure.data[at], share);
    if (isArm) body.arms.data[at] = Math.max(body.arms.data[at], share);
    if (isArm && hidden) body.hiddenArms.data[at] = Math.max(body.hiddenArms.data[at], share);
    body.normalX.data[at] = lerp(body.normalX.data[at], normalX * (1 - chest), share);
    body.normalY.data[at] = lerp(body.normalY.data[at], lerp(normalY, CHEST_TILT, chest), share);
    body.relief.data[at] = lerp(
      body.relief.data[at],
      relief(across, along, across * inward) * (1 - chest),
      share,
    );
  });
}

/** How much the upper chest faces upwards: the downward part of its normal. */
const CHEST_TILT = -0.2;

/** How far a place of an arm belongs to the chest: above the armpit the two are one surface. */
const merging = (inward: number, along: number): number =>
  smoothstep(0, 0.7, inward) * smoothstep(0.6, 0.3, along);

/** Half-widths of a bare trunk in shoulder widths, by height: armpits, waist, hips. */
const TRUNK = [
  [0, 0.58],
  [0.15, 0.58],
  [0.3, 0.48],
  [0.45, 0.44],
  [0.68, 0.4],
  [0.85, 0.42],
  [1.05, 0.5],
  [1.2, 0.52],
] as const;

/** How far below the hip joints the trunk ends and the legs begin, in trunk lengths. */
const CROTCH = 1.14;

function layTrunk(scene: Scene, body: BareBody, where: Mask): void {
  const { width, height } = scene.image;
  const { trunk, zoom } = scene;
  const unit = trunk.shoulderWidth;
  const soft = 1 / zoom;
  const end = scene.removal.lower ? CROTCH : 1.8;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!where.data[at]) continue;
      const { down, across } = trunk.locate(pointAt(scene, at));
      const aside = Math.abs(across);
      const depth = down * trunk.length + shoulderRise(trunk, aside);
      const neck = NECK * unit - aside;
      if (down > end || (depth < -soft - CLINGING * unit && neck < -soft)) continue;
      const side: Side = across < 0 ? 'left' : 'right';
      const half = bareHalf(scene, side, down);
      const inTrunk =
        smoothstep(-soft, soft, half - aside) * smoothstep(-soft, soft, depth + CLINGING * unit);
      const share = Math.max(inTrunk, down < 0 ? smoothstep(-soft, soft, neck) : 0);
      if (share <= 0) continue;
      const [normalX, normalY] = trunkNormal(
        across / unit,
        (down * trunk.length) / unit,
        half / unit,
        depth / unit,
      );
      body.share.data[at] = Math.max(body.share.data[at], share);
      const within = Math.min(half - aside, depth) / unit;
      body.sure.data[at] = Math.max(body.sure.data[at], smoothstep(0.07, 0.1, within));
      body.normalX.data[at] = lerp(body.normalX.data[at], normalX, share);
      body.normalY.data[at] = lerp(body.normalY.data[at], normalY, share);
      const relief = trunkRelief(across / unit, (down * trunk.length) / unit);
      body.relief.data[at] = lerp(body.relief.data[at], relief, share);
    }
  }
}

/** Clothes that end this far above the shoulders' usual line lie on the shoulders themselves; in shoulder widths. */
const CLINGING = 0.06;

/** Half-width of a neck in shoulder widths. */
const NECK = 0.18;

/** Height of the body's upper outline above the shoulder joints: it falls from the neck in a hollow and rounds off outwards. */
function shoulderRise(trunk: Trunk, aside: number): number {
  const share = aside / trunk.shoulderWidth;
  const hollow = 2.4 * Math.max(0, 0.32 - share) ** 2;
  const round = 3 * Math.max(0, share - 0.36) ** 2;
  return trapeziusHeight(trunk, aside) + (hollow - round) * trunk.shoulderWidth;
}

/** Above the waist the bare trunk is no wider than its proportions allow; below it a kept lower garment shows. */
function bareHalf(scene: Scene, side: Side, down: number): number {
  const { trunk, removal } = scene;
  const dressed = trunk.halfWidth(side, Math.max(0.12, down));
  if (down > 0.9 && !removal.lower) return dressed;
  for (let k = 1; k < TRUNK.length; k++) {
    const [from, low] = TRUNK[k - 1];
    const [to, high] = TRUNK[k];
    if (down > to) continue;
    const usual = lerp(low, high, clamp((down - from) / (to - from), 0, 1));
    const bare = 1.05 * usual * trunk.shoulderWidth;
    // Above the armpits the arms close the outline.
    return lerp(bare, Math.min(dressed, bare), smoothstep(0.18, 0.32, down));
  }
  return dressed;
}

/** How steeply the chest falls to the breastbone. */
const GROOVE = 5;

/** The surface of neck, shoulders, chest and belly: x, y, half-width and depth below the shoulder line in shoulder widths. */
function trunkNormal(x: number, y: number, half: number, depth: number): readonly [number, number] {
  const groove =
    x * Math.exp(-((x / 0.11) ** 2)) * smoothstep(-0.1, 0.05, y) * smoothstep(0.7, 0.4, y);
  const neck = smoothstep(-0.1, -0.22, y) * smoothstep(0.24, 0.17, Math.abs(x));
  const aside = clamp(x / half, -1, 1);
  // Above the armpits the chest passes into the arms.
  const flank = 0.85 * Math.sign(aside) * Math.abs(aside) ** 2.4 * smoothstep(0.2, 0.5, y);
  const top = -0.7 * Math.exp(-Math.max(0, depth) / 0.07);
  const chest = -0.22 * smoothstep(0.5, -0.05, y) + 0.1 * smoothstep(0.5, 0.8, y);
  const throat = clamp(x / 0.2, -0.9, 0.9);
  return [
    lerp(flank - GROOVE * groove, throat, neck),
    lerp(clamp(top + chest, -0.8, 0.5), 0.1, neck),
  ];
}
