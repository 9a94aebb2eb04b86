import type { Plane, RgbImage } from '../pixels/image.ts';
import { bytes, copyFloats, inRegion } from '@toile/memory';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { cleanLimbs } from './clean-limbs.ts';
import { type Dressing, layersOf, sleevesOf } from './dressing.ts';
import { handsInFront } from './hands.ts';
import { lightFrom } from './light.ts';
import { paintBottom } from './paint-bottom.ts';
import { paintTop } from './paint-top.ts';
import { revealBeneath } from './reveal/reveal.ts';
import { coverageOf, type Scene } from './scene.ts';

/**
 * Puts the scene's picture together from back to front: the person beneath, then garment after garment with its shadows and
 * what lies in front of it, hair and face. Pixels that none of these touch stay those of the photo, to the bit.
 */
export function compose(opened: Scene, dressing: Dressing, seed: number): RgbImage {
  const scene = opened.removal.lower ? withHands(opened) : opened;
  const coverage = coverageOf(scene, layersOf(dressing));
  const sleeves = sleevesOf(dressing);
  const overArms = coverageOf(
    scene,
    sleeves.map(({ layer }) => layer),
  );
  const { colours, scene: revealed } = revealBeneath(
    scene,
    { body: coverage, arms: overArms, garments: dressing.garments },
    seed,
  );
  const bare = cleanLimbs(revealed, scene, coverage, colours);
  for (const garment of dressing.garments) {
    const light = inRegion(() => lightFrom(scene, garment.kind === 'bottom'));
    inRegion(() => {
      if (garment.kind === 'top') paintTop(bare, garment, colours, light);
      else paintBottom(bare, garment, colours, light);
    });
  }
  restoreInFront(scene, coverage, colours);
  return toBytes(scene, colours);
}

/** Hands end where they look like the lower clothes that come off. */
function withHands(scene: Scene): Scene {
  const hands = handsInFront(scene);
  const data = copyFloats(scene.arms.data);
  for (let i = 0; i < data.length; i++) if (scene.oldRim.data[i]) data[i] = hands.data[i];
  return { ...scene, arms: { ...scene.arms, data } };
}

/** Hair and face fall over the garment's collar. */
function restoreInFront(scene: Scene, coverage: Plane, colours: readonly Plane[]): void {
  const { width, height } = scene.image;
  for (let i = 0; i < width * height; i++) {
    if (coverage.data[i] <= 0) continue;
    const share = smoothstep(0.35, 0.75, scene.hair.data[i] + scene.face.data[i]);
    if (share <= 0) continue;
    for (let c = 0; c < 3; c++) {
      colours[c].data[i] = lerp(colours[c].data[i], scene.colours[c].data[i], share);
    }
  }
}

function toBytes(scene: Scene, colours: readonly Plane[]): RgbImage {
  const { width, height } = scene.image;
  const data = bytes(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      data[3 * i + c] = clamp(Math.round(colours[c].data[i] * 255), 0, 255);
    }
  }
  return { width, height, data };
}
