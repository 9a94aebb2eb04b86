import type { TopReading } from '../perceive/garment.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import type { Pin } from '../warp/mesh.ts';
import type { Arm } from './arm.ts';
import { fitDress } from './fit-dress.ts';
import type { Folds } from './flare.ts';
import { type Grading, gradingOf, type WearOptions } from './garment-size.ts';
import { chooseScale, placeAnchors, type ShoulderAnchors } from './top-anchors.ts';
import { hemPins, middlePins, necklinePins } from './top-front.ts';
import { chooseHem } from './top-hem.ts';
import { shoulderPins } from './top-shoulders.ts';
import { sidePins } from './top-sides.ts';
import type { Trunk } from './trunk.ts';
import { findWornWaist, type WornWaist } from './worn-waist.ts';

/** Where the body of a top or dress goes on this person. */
export interface TopFit {
  /** Person pixels a garment pixel, before local stretch. */
  readonly scale: number;
  readonly grading: Grading;
  readonly pins: readonly Pin[];
  readonly anchors: Readonly<Record<Side, ShoulderAnchors>>;
  /** Height of the new hem in trunk coordinates. */
  readonly hemDown: number;
  /** Height of the old upper garment's hem in trunk coordinates, 0 when there is none. */
  readonly oldHemDown: number;
  /** The waistband that the top is tucked into, null when it hangs over it. */
  readonly tuck: WornWaist | null;
  /** Whether the sleeves show, or lie within those of a garment over them. */
  readonly sleevesShow: boolean;
  /** Of a dress, the folds in which its skirt hangs. */
  readonly folds: Folds | null;
}

/** Fits a top, coat or dress: shoulders to shoulders, sides to the trunk, the middle line down the front. */
export function fitTop(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  arms: Readonly<Record<Side, Arm>>,
  options: WearOptions = {},
): TopFit {
  const grading = gradingOf(options);
  const scale = chooseScale(person, garment, trunk);
  const anchors = placeAnchors(person, garment, trunk, scale, grading);
  const sleevesShow = options.beneath !== 'sleeves';
  const shared = { garment, trunk, anchors, scale, grading };
  const pins: Pin[] = sides.flatMap((side) =>
    shoulderPins(person, garment, trunk, side, anchors[side]),
  );
  if (garment.kind.value === 'dress') {
    const { heights, pins: dressPins, folds } = fitDress(person, shared);
    pins.push(...dressPins, ...necklinePins(shared, heights));
    return {
      scale,
      grading,
      pins,
      anchors,
      hemDown: heights.hemDown,
      oldHemDown: 0,
      tuck: null,
      sleevesShow,
      folds,
    };
  }
  const vertical = chooseHem(person, garment, trunk, anchors, scale, grading);
  for (const side of sides) pins.push(...sidePins(shared, side, vertical, arms));
  pins.push(
    ...middlePins(shared, vertical, (down) => trunk.place(down, trunk.frontAcross(down))),
    ...necklinePins(shared, vertical),
    ...hemPins(shared, vertical),
  );
  const { hemDown, oldHemDown } = vertical;
  const waist = options.tucked ? findWornWaist(person, trunk) : null;
  // A top that ends above the waistband cannot be tucked into it.
  const tuck = waist && hemDown > waist.down(0) ? waist : null;
  return { scale, grading, pins, anchors, hemDown, oldHemDown, tuck, sleevesShow, folds: null };
}
