import { createPlane, type Mask, type Plane, threshold } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { indexAt, pointAt } from '../blend.ts';
import type { Scene } from '../scene.ts';
import type { BareBody } from './bare-body.ts';

/** Where the waist is taken to be: at the old hem, or a little above the hips when a long top hid it. */
function waistDown(scene: Scene): number {
  let lowest = 0;
  for (let k = 12; k < 60; k++) {
    const at = indexAt(scene, scene.trunk.axis(k / 50));
    if (at >= 0 && scene.old.data[at]) lowest = k / 50;
  }
  return lowest < 0.72 ? 0.9 : Math.min(lowest, 0.9);
}

/**
 * How much of each open pixel's body shows the garment that is kept on: beside the old clothes the photo says it; under
 * an old top the waist decides between skin and lower garment; above old trousers the kept top is taken to go on to the
 * hips, unless skin shows between the two.
 */
export function keptShare(scene: Scene, body: BareBody, open: Mask): Plane {
  const { width, height } = scene.image;
  const plane = createPlane(width, height);
  const { upper, lower } = scene.removal;
  if (upper && lower) return plane;
  const border = upper ? waistDown(scene) : 1;
  const midriff = !upper && showsMidriff(scene);
  for (let i = 0; i < open.data.length; i++) {
    if (!open.data[i]) continue;
    const { down } = scene.trunk.locate(pointAt(scene, i));
    const below = smoothstep(border - 0.015, border + 0.015, down);
    const byHeight = upper ? below : midriff ? 0 : 1 - below;
    const skin = scene.skin.data[i];
    const kept = scene.kept.data[i];
    const seen = !scene.old.data[i] && skin + kept > 0.3;
    plane.data[i] = (seen ? kept / (skin + kept) : byHeight) * (1 - body.arms.data[i]);
  }
  return plane;
}

/** Share of skin along the upper edge of the old lower garment from which on the kept top ends above it. */
const MIDRIFF = 0.12;

/** Whether skin shows between the kept top and the old lower garment: then the top is not tucked in. */
function showsMidriff(scene: Scene): boolean {
  const { width, height } = scene.image;
  const step = Math.max(1, Math.round(0.02 * scene.unit));
  let skin = 0;
  let cloth = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 2 * step; y < height; y++) {
      const i = y * width + x;
      if (!scene.old.data[i]) continue;
      // A column meets the garment's upper edge first.
      const above = i - step * width;
      const { down, across } = scene.trunk.locate(pointAt(scene, above));
      if (down < 1 && Math.abs(across) < 0.4 * scene.trunk.shoulderWidth) {
        const limb = scene.arms.data[above];
        skin += Math.max(0, scene.skin.data[above] - limb);
        cloth += scene.kept.data[above];
      }
      break;
    }
  }
  return skin > MIDRIFF * (skin + cloth);
}

/** Kept clothes, away from the shadow that the old hem threw on them. */
export function keptSeeds(scene: Scene): Mask {
  const sure = shrinkRim(threshold(scene.kept, 0.6), 2);
  const shaded = growRim(scene.old, 0.08 * scene.unit);
  for (let i = 0; i < sure.data.length; i++) if (shaded.data[i]) sure.data[i] = 0;
  return sure;
}
