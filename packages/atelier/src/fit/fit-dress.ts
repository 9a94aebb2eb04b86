import { mix } from '../geometry/vector.ts';
import { type PersonReading, sides } from '../perceive/person.ts';
import { smoothstep } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import { type DressHeights, hangDress } from './dress-heights.ts';
import { bodiceHalfWidth, dressSidePins } from './dress-sides.ts';
import { hangSkirt } from './dress-skirt.ts';
import type { Folds } from './flare.ts';
import { edgeAt } from './garment-edge.ts';
import { middlePins, type TopTask } from './top-front.ts';

/** Where a dress goes below its shoulders. */
export interface DressFit {
  readonly heights: DressHeights;
  readonly pins: readonly Pin[];
  readonly folds: Folds;
}

/** Sides and middle of a dress: its bodice on the trunk down to the waist, its skirt hanging from there. */
export function fitDress(person: PersonReading, task: TopTask): DressFit {
  const { trunk } = task;
  const heights = hangDress(task);
  const { waistY, waistDown } = heights;
  const [left, right] = sides.map((side) =>
    bodiceHalfWidth(task, side, waistY, waistDown, heights),
  );
  const skirt = hangSkirt(person, task, heights, (left + right) / 2);
  const pins = sides.flatMap((side) => dressSidePins(task, side, heights, skirt));
  const middle = middlePins(task, heights, (down) =>
    mix(
      trunk.place(down, trunk.frontAcross(down)),
      skirt.middle(down),
      smoothstep(waistDown, 1, down),
    ),
  );
  const folds: Folds = {
    hem: heights.hemY,
    edges: (y) => [edgeAt(task.garment, 'left', y)[0], edgeAt(task.garment, 'right', y)[0]],
    hidden: skirt.folded,
  };
  return { heights, pins: [...pins, ...middle], folds };
}
