import { createMask, type Plane, threshold } from '../pixels/image.ts';
import { copyFloats } from '../pixels/memory.ts';
import { lerp } from '../pixels/scalar.ts';
import { growRim } from '../pixels/soften.ts';
import { inFrontOf, limbCores, takeLimbColours } from './limb-colours.ts';
import type { Scene } from './scene.ts';

/**
 * Frees the edges of bare arms and hands that come to lie before new cloth of what lay behind them in the photo: old
 * clothes or a light wall would shine as a rim around them. Changes `colours` in place.
 *
 * @param visible the scene before anything was revealed
 * @param coverage of the new clothes; elsewhere nothing changes
 * @returns the scene with the limbs' own colours in its photo
 */
export function cleanLimbs(
  scene: Scene,
  visible: Scene,
  coverage: Plane,
  colours: readonly Plane[],
): Scene {
  const cores = limbCores(scene, colours);
  // Limbs that were revealed may go on beyond the edge of those that were seen.
  const seen = limbCores(visible);
  const border = growRim(threshold(visible.arms, 0.2), 1);
  for (let i = 0; i < cores.data.length; i++) {
    if (border.data[i] && !seen.data[i]) cores.data[i] = 0;
  }
  const near = growRim(threshold(scene.arms, 0.2), 1);
  // Where a top that stays on lies against a limb, nothing has changed behind it.
  const kept = scene.removal.upper
    ? createMask(near.width, near.height)
    : growRim(threshold(scene.kept, 0.5), 4 * scene.zoom);
  const edge = createMask(near.width, near.height);
  for (let i = 0; i < edge.data.length; i++) {
    const within = near.data[i] && !cores.data[i] && scene.hair.data[i] + scene.face.data[i] < 0.1;
    edge.data[i] = within && !kept.data[i] && coverage.data[i] > 0.02 ? 1 : 0;
  }
  const own = colours.map((plane) => ({ ...plane, data: copyFloats(plane.data) }));
  takeLimbColours(scene, cores, edge, colours, own);
  const [red, green, blue] = scene.colours.map((plane, c) => {
    const data = copyFloats(plane.data);
    for (let i = 0; i < data.length; i++) {
      if (!edge.data[i]) continue;
      data[i] = own[c].data[i];
      const share = shareBeneath(scene.arms.data[i], coverage.data[i]);
      colours[c].data[i] = lerp(colours[c].data[i], own[c].data[i], share);
    }
    return { ...plane, data };
  });
  return { ...scene, colours: [red, green, blue] };
}

/**
 * How much of a limb's own colour goes into what cloth is painted over: where the cloth covers only part of a pixel, the
 * rest goes on showing limb and surroundings as the photo does.
 */
function shareBeneath(limb: number, cover: number): number {
  const inFront = cover * inFrontOf(limb);
  return inFront / Math.max(1e-6, 1 - cover + inFront);
}
