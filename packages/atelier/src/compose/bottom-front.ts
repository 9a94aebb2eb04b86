import { components } from '../pixels/components.ts';
import { createPlane, type Mask, type Plane, threshold } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { clamp, median, smoothstep } from '../pixels/scalar.ts';
import { indexAt, pointAt } from './blend.ts';
import type { WornBottom } from './dressing.ts';
import { handsInFront } from './hands.ts';
import { coverageOf, type Scene } from './scene.ts';

/** A kept top whose hem hangs this far below the new waistband lies over it; one that ends nearer is tucked in. Trunk lengths. */
const HANGS = 0.035;
const COLUMNS = 64;
/** What seems to be the top again below a gap of this many trunk lengths is something else. */
const GAP = 0.05;
/** Smaller things that seem to be carried, as a share of the picture, are folds taken for something. */
const CARRIED = 0.006;

/** What hides a bottom: hands and arms, what is carried, and a top that hangs over its waistband. */
export function frontOfBottom(scene: Scene, bottom: WornBottom): { front: Plane; arms: Plane } {
  const { width, height } = scene.image;
  const front = createPlane(width, height);
  const arms = createPlane(width, height);
  const hands = handsInFront(scene);
  const sleeves = coverageOf(scene, bottom.sleeves);
  const hem = hemColumns(scene, bottom);
  const overlap = median(hem.slice(COLUMNS / 2 - 8, COLUMNS / 2 + 9));
  const hemDown = bottom.fit.waist.down(0) + overlap;
  const carried = carriedThings(scene);
  const { lowerGarment } = scene.person.parts;
  const reach = 0.5 * COLUMNS;
  for (let i = 0; i < front.data.length; i++) {
    const bag = carried.data[i] ? scene.carried.data[i] : 0;
    const sleeve = sleeves.data[i];
    const limb = hands.data[i] * (1 - sleeve);
    // The rim of a hand that lay on the old garment has taken on its colour.
    const arm = smoothstep(0.4, 0.9, limb + bag);
    arms.data[i] = arm;
    front.data[i] = Math.max(arm, sleeve);
    if (scene.kept.data[i] === 0 && overlap < HANGS) continue;
    const point = pointAt(scene, i);
    const { down, across } = scene.trunk.locate(point);
    const below = down - bottom.fit.waist.down(across);
    const column = Math.round((across / scene.trunk.shoulderWidth) * reach + reach);
    // What is not in a column of the trunk is a sleeve.
    const depth = hem[column] ?? Infinity;
    const hangs = smoothstep(0.7 * HANGS, 1.3 * HANGS, depth);
    const over = below < 0 ? 1 : hangs * smoothstep(0.012, 0.006, below - depth);
    front.data[i] = Math.max(
      front.data[i],
      smoothstep(0.35, 0.85, limb + bag + scene.kept.data[i] * over),
    );
    // Above the hem of a top that hangs over them, new bottoms show no more than the old ones did.
    if (overlap >= HANGS && down < hemDown) {
      const shown = smoothstep(0.25, 0.75, sample(lowerGarment, point[0], point[1]));
      front.data[i] = Math.max(front.data[i], 1 - shown);
    }
  }
  return { front, arms };
}

function carriedThings(scene: Scene): Mask {
  const mask = threshold(scene.carried, 0.5);
  const { labels, areas } = components(mask);
  const { width, height } = scene.person.image;
  const least = CARRIED * width * height * scene.zoom ** 2;
  for (let i = 0; i < labels.length; i++) {
    if (areas[labels[i]] < least) mask.data[i] = 0;
  }
  return mask;
}

/** How far the kept top hangs below the waistband, by columns across the trunk a 32nd of the shoulder width apart; scraps and dents in its hem evened out. */
function hemColumns(scene: Scene, bottom: WornBottom): Float32Array {
  const { trunk } = scene;
  const depths = new Float32Array(COLUMNS + 1);
  for (let column = 0; column <= COLUMNS; column++) {
    const across = ((2 * column) / COLUMNS - 1) * trunk.shoulderWidth;
    const waist = bottom.fit.waist.down(across);
    for (let below = 0; below - depths[column] < GAP; below += 0.004) {
      const at = indexAt(scene, trunk.place(waist + below, across));
      if (at < 0) break;
      if (scene.kept.data[at] > 0.5) depths[column] = below;
    }
  }
  const at = (k: number): number => depths[clamp(k, 0, COLUMNS)];
  return depths.map((_, k) => median([-4, -3, -2, -1, 0, 1, 2, 3, 4].map((j) => at(k + j))));
}
