import { add, distance, mix, subtract, type Vec } from '../geometry/vector.ts';
import type { BagForm } from '../perceive/accessory/form.ts';
import { type Limb, type PersonReading, sides } from '../perceive/person.ts';
import { measureHead } from './accessory-head.ts';
import { type AccessoryPlace, boxAround } from './accessory-place.ts';

/** Height of a bag's body, and its greatest width, in eye distances of 63 mm: 27 and 36 cm. */
const TALL = 4.3;
const WIDEST = 5.7;
/** Longer straps over the body's height go over a shoulder. */
const LONGEST_HANDLE = 1.15;
/** How far a forearm may swing from hanging straight down, as its sine. */
const SWING = 0.45;

export type BagFit = { readonly place: AccessoryPlace } | { readonly refusal: string };

/** Bags with a short handle hang from a hand that hangs down itself. */
export function placeBag(person: PersonReading, form: BagForm): BagFit {
  const root = mix(form.roots.left, form.roots.right, 0.5);
  const tall = form.bottom[1] - root[1];
  if (root[1] - form.grip[1] > LONGEST_HANDLE * tall) {
    return {
      refusal:
        'The built-in engine can put a bag with a short handle into a hand, not a strap over a shoulder. Send a bag with a handle, or configure a generative engine.',
    };
  }
  const { unit } = measureHead(person);
  const scale = Math.min((TALL * unit) / tall, (WIDEST * unit) / form.width);
  const { width, height } = person.image;
  for (const side of sides) {
    const arm = person.pose.arms[side];
    if (!hangs(arm)) continue;
    const grip = add(arm.end.at, subtract(arm.tip.at, arm.end.at), 0.9);
    const toPerson = (point: Vec): Vec => add(grip, subtract(point, form.grip), scale);
    const half = form.width / 2;
    const low = toPerson([root[0] - half, form.bottom[1]]);
    const high = toPerson([root[0] + half, form.grip[1] - form.strap]);
    if (low[0] < 0 || high[0] >= width || low[1] >= height) continue;
    return {
      place: {
        what: 'bag',
        box: boxAround([low, high], 2),
        scale,
        toSource: (point) => add(form.grip, subtract(point, grip), 1 / scale),
        reveals: () => 1,
        flattens: () => 0,
      },
    };
  }
  return {
    refusal:
      'No hand of the person hangs down with room below it for the bag. Send a photo of the person standing, down to the knees at least, with an arm hanging.',
  };
}

/** Whether an arm hangs down to a hand that is seen. */
function hangs({ root, middle, end, tip }: Limb): boolean {
  if (Math.min(end.confidence, tip.confidence) < 0.5) return false;
  const upright = (from: Vec, to: Vec): boolean =>
    to[1] > from[1] && Math.abs(to[0] - from[0]) < SWING * distance(from, to);
  return upright(root.at, middle.at) && upright(middle.at, end.at);
}
