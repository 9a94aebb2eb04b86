import { createPlane, type Plane } from '../pixels/image.ts';
import { smoothstep } from '../pixels/scalar.ts';
import { pointAt } from './blend.ts';
import type { WornBottom } from './dressing.ts';
import type { Scene } from './scene.ts';

/** A kept top whose hem hangs this far below the new waistband lies over it; one that ends nearer is tucked in. Trunk lengths. */
const HANGS = 0.035;
const COLUMNS = 64;

/** What lies in front of a bottom: hands and arms, what is carried, and a top that hangs over its waistband. */
export function frontOfBottom(scene: Scene, bottom: WornBottom): { front: Plane; arms: Plane } {
  const { width, height } = scene.image;
  const front = createPlane(width, height);
  const arms = createPlane(width, height);
  const hangs = hangingColumns(scene, bottom);
  const reach = 0.5 * COLUMNS;
  for (let i = 0; i < front.data.length; i++) {
    const arm = smoothstep(0.25, 0.75, scene.arms.data[i] + scene.carried.data[i]);
    arms.data[i] = arm;
    const kept = smoothstep(0.25, 0.75, scene.kept.data[i]);
    if (kept === 0) {
      front.data[i] = arm;
      continue;
    }
    const { down, across } = scene.trunk.locate(pointAt(scene, i));
    const below = down - bottom.waist.down(across);
    const column = Math.round((across / scene.trunk.shoulderWidth) * reach + reach);
    // Above the waistband nothing is drawn; what is not a column of the trunk is a sleeve.
    const over = below < 0 ? 1 : (hangs[column] ?? 1);
    front.data[i] = Math.max(arm, kept * over);
  }
  return { front, arms };
}

/** By columns across the trunk, whether the kept top hangs below the waistband there; 0 to 1, columns a 32nd of the shoulder width apart. */
function hangingColumns(scene: Scene, bottom: WornBottom): Float32Array {
  const { trunk, image, zoom } = scene;
  const depths = new Float32Array(COLUMNS + 1);
  for (let column = 0; column <= COLUMNS; column++) {
    const across = ((2 * column) / COLUMNS - 1) * trunk.shoulderWidth;
    const waist = bottom.waist.down(across);
    for (let below = 0; below < 1.2; below += 0.006) {
      const [x, y] = trunk.place(waist + below, across);
      const [px, py] = [Math.floor(x * zoom), Math.floor(y * zoom)];
      if (px < 0 || py < 0 || px >= image.width || py >= image.height) break;
      if (scene.kept.data[py * image.width + px] > 0.5) depths[column] = below;
    }
  }
  return depths.map((_, k) => {
    let sum = 0;
    for (let j = k - 2; j <= k + 2; j++) sum += depths[Math.min(COLUMNS, Math.max(0, j))] / 5;
    return smoothstep(0.7 * HANGS, 1.3 * HANGS, sum);
  });
}
