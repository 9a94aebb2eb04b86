import { invert } from '../pixels/distance.ts';
import { createMask, createPlane, type Mask, type Plane, threshold } from '../pixels/image.ts';
import { copyFloats, inRegion } from '@toile/memory';
import { lerp, smoothstep } from '../pixels/scalar.ts';
import { growRim, shrinkRim } from '../pixels/soften.ts';
import { inFrontOf, limbCores, takeLimbColours } from './limb-colours.ts';
import type { Scene } from './scene.ts';

/** At this depth in a limb that is seen, pixels of the reading, nothing shines through. */
const DEEP = 3;

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
  const [red, green, blue] = inRegion(() => cleanedColours(scene, visible, coverage, colours));
  return { ...scene, colours: [red, green, blue] };
}

/** The colours of the scene's photo with the limbs' own at their edges; what is painted on changes in place. */
function cleanedColours(
  scene: Scene,
  visible: Scene,
  coverage: Plane,
  colours: readonly Plane[],
): readonly Plane[] {
  const cores = limbCores(scene, colours);
  // Limbs that were revealed may go on beyond the edge of those that were seen.
  const seen = limbCores(visible);
  const border = growRim(threshold(visible.arms, 0.2), 1);
  for (let i = 0; i < cores.data.length; i++) {
    if (border.data[i] && !seen.data[i]) cores.data[i] = 0;
  }
  const near = growRim(threshold(scene.arms, 0.2), 1);
  // Nails and the lines between fingers are dark as well, and stay.
  const deep = shrinkRim(threshold(visible.arms, 0.9), Math.max(2, Math.round(DEEP * scene.zoom)));
  // Where a top that stays on lies against a limb, nothing has changed behind it.
  const kept = scene.removal.upper
    ? createMask(near.width, near.height)
    : growRim(threshold(scene.kept, 0.5), 4 * scene.zoom);
  const edge = createMask(near.width, near.height);
  for (let i = 0; i < edge.data.length; i++) {
    const rim = near.data[i] && !cores.data[i] && !deep.data[i];
    const within = rim && scene.hair.data[i] + scene.face.data[i] < 0.1;
    edge.data[i] = within && !kept.data[i] && coverage.data[i] > 0.02 ? 1 : 0;
  }
  const own = copies(colours);
  takeLimbColours(scene, cores, edge, colours, own);
  const mixed = inRegion(() => mixedShare(visible, edge, own));
  return scene.colours.map((plane, c) => {
    const data = copyFloats(plane.data);
    for (let i = 0; i < data.length; i++) {
      if (!edge.data[i]) continue;
      data[i] = lerp(data[i], own[c].data[i], mixed.data[i]);
      const share = shareBeneath(scene.arms.data[i], coverage.data[i]);
      colours[c].data[i] = lerp(colours[c].data[i], data[i], share);
    }
    return { ...plane, data };
  });
}

const copies = (planes: readonly Plane[]): Plane[] =>
  planes.map((plane) => ({ ...plane, data: copyFloats(plane.data) }));

/** Shares of what lay behind a limb in a pixel's colour, from which on it is doubted and from which on it is replaced. */
const MIXED = [0.03, 0.15] as const;

/**
 * How far the photo's colour at a limb's edge is to be replaced: where it lies on the way from the limb's own colour to that
 * of what lay behind. Nails, and fingers in the shade, lie elsewhere and stay. What was revealed is replaced wholly.
 *
 * @param own colours of the limb right beside each pixel of `edge`
 */
function mixedShare(visible: Scene, edge: Mask, own: readonly Plane[]): Plane {
  const { arms, colours } = visible;
  const outside = invert(growRim(threshold(arms, 0.05), 1));
  const behind = copies(own);
  takeLimbColours(visible, outside, edge, colours, behind);
  const result = createPlane(arms.width, arms.height);
  for (let i = 0; i < edge.data.length; i++) {
    if (!edge.data[i]) continue;
    if (arms.data[i] < SEEN) {
      result.data[i] = 1;
      continue;
    }
    let along = 0;
    let length = 0;
    for (let c = 0; c < 3; c++) {
      const way = behind[c].data[i] - own[c].data[i];
      along += way * (colours[c].data[i] - own[c].data[i]);
      length += way * way;
    }
    result.data[i] = length > 0 ? smoothstep(MIXED[0], MIXED[1], along / length) : 0;
  }
  return result;
}

/** From this share on a limb is seen in the photo. */
const SEEN = 0.5;

/**
 * How much of a limb's own colour goes into what cloth is painted over: where the cloth covers only part of a pixel, the
 * rest goes on showing limb and surroundings as the photo does.
 */
function shareBeneath(limb: number, cover: number): number {
  const inFront = cover * inFrontOf(limb);
  return inFront / Math.max(1e-6, 1 - cover + inFront);
}
