import { trapeziusHeight } from '../../fit/shoulders.ts';
import type { Trunk } from '../../fit/trunk.ts';
import type { Side } from '../../perceive/person.ts';
import type { Mask } from '../../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';
import type { BareBody } from './bare-body.ts';
import type { KeptOutline } from './kept-outline.ts';
import { trunkRelief } from './relief.ts';

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

/** Over which distance from its side the chest's surface passes into the arm's, in shoulder widths. */
const SIDE = 0.14;

/** How far below the hip joints the trunk ends and the legs begin, in trunk lengths. */
const CROTCH = 1.14;

/** Lays neck, shoulders, chest and belly into the body, for the pixels of `where`. */
export function layTrunk(scene: Scene, body: BareBody, where: Mask): void {
  const { width, height } = scene.image;
  const { trunk, zoom, lines } = scene;
  const unit = trunk.shoulderWidth;
  const { kept, chest: frame } = lines;
  const soft = 1 / zoom;
  const end = scene.removal.lower ? CROTCH : 1.8;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!where.data[at]) continue;
      const { down, across } = trunk.locate(pointAt(scene, at));
      const aside = Math.abs(across);
      const side: Side = across < 0 ? 'left' : 'right';
      const rise = shoulderRise(trunk, aside);
      // Pixels from the shoulders' usual line up to the outline that the photo shows.
      const gap = frame.outline(side, aside) - rise;
      const depth = down * trunk.length + rise;
      const front = across - frame.breastbone(down);
      const neck = NECK * unit - Math.abs(front);
      const above = depth + clinging(trunk, gap);
      if (down > end || (above < -soft && neck < -soft)) continue;
      const half = bareHalf(scene, side, down, kept);
      const inTrunk = smoothstep(-soft, soft, half - aside) * smoothstep(-soft, soft, above);
      const brim = down * trunk.length + frame.shoulder(side, aside);
      if ((scene.oldRim.data[at] || frame.bridged(side, aside)) && scene.hair.data[at] < 0.3) {
        body.brim.data[at] = smoothstep(-soft, soft, brim);
        body.brimSure.data[at] =
          smoothstep(0.12, 0.09, Math.abs(brim) / unit) *
          smoothstep(0.08, 0.02, down) *
          likely(trunk, gap);
      }
      const share = Math.max(inTrunk, down < 0 ? smoothstep(-soft, soft, neck) : 0);
      if (share <= 0) continue;
      const [normalX, normalY] = trunkNormal(
        front / unit,
        (down * trunk.length) / unit,
        half / unit,
        depth / unit,
      );
      body.share.data[at] = Math.max(body.share.data[at], share);
      body.trunk.data[at] = share;
      body.chest.data[at] = share * smoothstep(0, SIDE, (half - aside) / unit);
      const within = Math.min(half - aside, depth) / unit;
      body.sure.data[at] = Math.max(body.sure.data[at], smoothstep(0.07, 0.1, within));
      body.normalX.data[at] = lerp(body.normalX.data[at], normalX, share);
      body.normalY.data[at] = lerp(body.normalY.data[at], normalY, share);
      const relief = trunkRelief(front / unit, (down * trunk.length) / unit);
      body.relief.data[at] = lerp(body.relief.data[at], relief, share);
    }
  }
}

/** Clothes that end this far above the shoulders' usual line lie on the shoulders themselves; in shoulder widths. */
const CLINGING = 0.06;
/** So do those that end further up, as long as they follow no hood, hair or high collar: shoulders differ and are raised. */
const RAISED = 0.2;

/** How likely the outline of the old clothes is that of a shoulder in them: not that of hoods, high collars or the neck. */
function likely({ shoulderWidth }: Trunk, gap: number): number {
  const share = gap / shoulderWidth;
  return smoothstep(RAISED, 0.75 * RAISED, share) * smoothstep(-0.16, -0.12, share);
}

/** How far above its usual line the shoulder may go: to the outline that the photo shows, if that is near enough. */
function clinging(trunk: Trunk, gap: number): number {
  const least = CLINGING * trunk.shoulderWidth;
  return lerp(least, Math.max(least, gap), likely(trunk, gap));
}

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
function bareHalf(scene: Scene, side: Side, down: number, kept: KeptOutline): number {
  const { trunk, removal } = scene;
  const dressed = trunk.halfWidth(side, Math.max(0.12, down));
  if (down > 0.9 && !removal.lower) {
    const half = kept(side, down);
    return Number.isFinite(half) ? half : dressed;
  }
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
