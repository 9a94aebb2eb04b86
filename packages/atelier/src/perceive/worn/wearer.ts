import type { GarmentProblem } from '../garment.ts';
import { lerp } from '../../pixels/scalar.ts';
import { type PersonReading, type Side, sides } from '../person.ts';
import { sleevedBefore } from '../person/forearm.ts';
import type { Wanted } from './cut-worn.ts';
import { type DressEvidence, readDress } from './dress-evidence.ts';
import type { WornView } from './profiles.ts';
import type { WornBottomShape } from './worn-bottom.ts';

export type Choice =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly problem: GarmentProblem };

/** Share of the picture below which a garment is not there to be taken. */
const LEAST = 0.012;
const ADVICE =
  'Send a photo of somebody who faces the camera with hanging arms, or a flat-lay photo.';

/** What need not be looked for where a top or a bottom is asked for. */
const unasked: DressEvidence = { dress: false, legs: false, bareWaist: false };

/** Which of the wearer's clothes is meant. An overall has legs, and is taken by its upper part. */
export function whichGarment(
  wearer: PersonReading,
  expected: 'tops' | 'bottoms' | 'one-pieces' | undefined,
): Choice {
  const { parts } = wearer;
  const { dress, legs, bareWaist } =
    expected === 'tops' || expected === 'bottoms' ? unasked : readDress(wearer);
  const share = (data: Float32Array): number => {
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += data[i];
    return (4 * sum) / data.length;
  };
  const upper = share(parts.upperGarment.data);
  const lower = share(parts.lowerGarment.data);
  const wanted: Wanted =
    expected === 'tops'
      ? 'upper'
      : expected === 'bottoms'
        ? 'lower'
        : expected === 'one-pieces' || (dress && expected === undefined)
          ? 'both'
          : upper >= LEAST
            ? 'upper'
            : 'lower';
  const there = wanted === 'upper' ? upper : wanted === 'lower' ? lower : upper + lower;
  if (there < LEAST) {
    return {
      ok: false,
      problem: {
        kind: 'no-garment',
        message: `The person in the garment image shows hardly anything of ${wanted === 'lower' ? 'trousers or a skirt' : 'a top'}. Send an image in which the garment is seen.`,
      },
    };
  }
  if (wanted === 'both' && (legs || bareWaist)) {
    return {
      ok: false,
      problem: {
        kind: 'unsupported-garment',
        message: legs
          ? 'The person in the garment image wears trousers or shorts, and the built-in engine takes off dresses, not overalls. Ask for the top or the bottom alone, or send an image of a dress.'
          : 'The person in the garment image wears a top and a skirt, not a dress. Ask for the top or the bottom alone, or send an image of a dress.',
      },
    };
  }
  return { ok: true, wanted };
}

/** Why a garment cannot be taken off this wearer, with advice; null when it can. */
export function unsuitable(wearer: PersonReading, wanted: Wanted): string | null {
  const { pose } = wearer;
  const headSeen = pose.shoulderMiddle[1] - 0.55 * pose.shoulderWidth > 0;
  if (pose.facing === 'back' && headSeen) {
    return `The person in the garment image is seen from behind. ${ADVICE}`;
  }
  if (pose.facing === 'side' || (Math.abs(pose.yaw) > 52 && Math.abs(pose.yaw) < 128)) {
    return `The person in the garment image is seen from the side. ${ADVICE}`;
  }
  if (pose.seated && wanted !== 'upper') {
    return `The person in the garment image sits, which hides how the garment falls. ${ADVICE}`;
  }
  const raised = sides.some(
    (side) =>
      pose.arms[side].middle.confidence > 0.5 &&
      pose.arms[side].middle.at[1] < pose.arms[side].root.at[1],
  );
  if (raised && wanted !== 'lower') {
    return `The person in the garment image raises an arm, which pulls the garment out of shape. ${ADVICE}`;
  }
  if (wanted !== 'lower' && sides.some((side) => lieAcross(wearer, side))) {
    return `An arm lies across the garment in its image, and hides it. ${ADVICE}`;
  }
  if (wanted !== 'lower' && sides.some((side) => bentBefore(wearer, side))) {
    return `A sleeve of the garment lies before its body in the garment image, and hides it. ${ADVICE}`;
  }
  if (pose.shoulderWidth < LEAST_WIDTH) {
    return 'The person in the garment image is too small for the garment to be seen well. Send a closer photo.';
  }
  return null;
}

/** Fewer pixels between the shoulders, and neither edges nor patterns of the cloth are seen. */
const LEAST_WIDTH = 90;

/** A forearm this near to the middle line, in shoulder widths, lies on the garment's body when its hand is this high, in trunk lengths. */
const BESIDE = 0.6;
const HANGING = 0.85;

/** Whether a forearm in a sleeve lies before the garment's body: the sleeve cannot be told from it, nor the body be seen. */
function bentBefore(wearer: PersonReading, side: Side): boolean {
  const { arms, shoulderMiddle, hipMiddle } = wearer.pose;
  const { end } = arms[side];
  if (end.confidence < 0.5) return false;
  const down = (end.at[1] - shoulderMiddle[1]) / (hipMiddle[1] - shoulderMiddle[1]);
  return down < HANGING && sleevedBefore(wearer, side, BESIDE) > 0.35;
}

/** A wrist this far on the other side of the middle line, in shoulder widths, has an arm that lies across the garment. */
const ACROSS = 0.05;

/** Whether an arm, bare or not, lies across the garment: crossed arms hide its middle and both of its sides. */
function lieAcross({ pose }: PersonReading, side: Side): boolean {
  const { end } = pose.arms[side];
  const { shoulderMiddle, hipMiddle, shoulderWidth } = pose;
  const down = (end.at[1] - shoulderMiddle[1]) / (hipMiddle[1] - shoulderMiddle[1]);
  const middle = lerp(shoulderMiddle[0], hipMiddle[0], down);
  const over = (end.at[0] - middle) * (side === 'left' ? 1 : -1);
  return end.confidence > 0.5 && down > 0.1 && down < HANGING && over > ACROSS * shoulderWidth;
}

/** Less of the thighs than this share, and nothing says how trousers go on. */
const LEAST_THIGH = 0.35;

/** Why trousers that the photo's border cuts off cannot be used, with advice; null when enough of the legs is seen. */
export function cutShort(
  { frame }: WornView,
  { pose }: PersonReading,
  shape: WornBottomShape,
): string | null {
  if (!shape.cut) return null;
  const [hip, knee] = (['root', 'middle'] as const).map((joint) =>
    Math.max(...sides.map((side) => frame.fromPhoto(pose.legs[side][joint].at)[1])),
  );
  if (shape.bottom > lerp(hip, knee, LEAST_THIGH)) return null;
  return "The garment image's border cuts the garment off at the hips, so that most of it is not seen. Send an image that shows it whole.";
}

/** More of a bottom's height than this under a top, in shoulder widths, and how it sits would be invented. */
const MOST_OVERHUNG = 0.36;

/** Why a bottom under a long top cannot be used, with advice; null when enough of it is seen. */
export function overhungFar({ frame }: WornView, { top, seenTop }: WornBottomShape): string | null {
  return seenTop - top > MOST_OVERHUNG * frame.unit
    ? 'A top hangs far over the waist of the garment in its image, which hides how it sits. Send a photo with the top tucked in, or a flat-lay photo.'
    : null;
}

/** Doubts about a garment taken off this wearer. */
export function doubtsOf({ pose }: PersonReading, hidden: number, cut: boolean): string[] {
  const doubts: string[] = [];
  if (hidden > 0.1) doubts.push('Arms or hair hide parts of the garment, which were completed.');
  if (Math.abs(pose.yaw) > 28) {
    doubts.push('The person who wears the garment is turned away from the camera.');
  }
  if (pose.seated) {
    doubts.push('The person who wears the garment sits, so its folds may look out of place.');
  }
  if (cut) doubts.push("The garment's hem lies outside of its image, so its length was guessed.");
  return doubts;
}
