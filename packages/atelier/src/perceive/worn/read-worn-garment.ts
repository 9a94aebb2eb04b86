import { stopwatch } from '../../stopwatch.ts';
import type { Vec } from '../../geometry/vector.ts';
import type { Nets } from '../../nets/open-nets.ts';
import { type Mask, type Plane, type RgbImage, threshold } from '../../pixels/image.ts';
import { inRegion } from '@toile/memory';
import type { GarmentProblem, GarmentReading, PhotoType } from '../garment.ts';
import type { PersonReading, Side } from '../person.ts';
import { readPerson } from '../person/read-person.ts';
import { completeCloth } from './complete-cloth.ts';
import { cutWorn, type Wanted } from './cut-worn.ts';
import { recentrePrint } from './recentre-print.ts';
import { reachesRow, withTrunk } from './draw-trunk.ts';
import { extendLegs } from './extend-legs.ts';
import { withHead } from './draw-head.ts';
import { evenLight } from './even-light.ts';
import { claimCloth } from './claim-cloth.ts';
import type { WornView } from './profiles.ts';
import type { UprightFrame } from './upright-frame.ts';
import { stanceOf } from './stance.ts';
import { standUpright } from './stand-upright.ts';
import { cutShort, doubtsOf, overhungFar, unsuitable, whichGarment } from './wearer.ts';
import {
  hiddenInBottom,
  hiddenInTop,
  settleEdges,
  hiddenShare,
  wholeMatte,
} from './whole-shape.ts';
import { readArm } from './worn-arms.ts';
import { readWornBottom } from './worn-bottom.ts';
import { onBothSides } from './worn-neck.ts';
import { wornSleeveMask } from './worn-sleeve.ts';
import { readWornTop, type WornTopShape } from './worn-top.ts';

type Stopwatch = ReturnType<typeof stopwatch>;

/** What of the wearer's clothes is asked for; without it the most complete one, an upper garment first. */
export interface WornOptions {
  readonly expected?: 'tops' | 'bottoms' | 'one-pieces';
  /** The saliency net's answer for the whole photo, when it has been asked already. */
  readonly saliency?: Plane;
}

export type WornAnswer =
  | { readonly ok: true; readonly value: GarmentReading }
  | { readonly ok: false; readonly problem: GarmentProblem };

/** More of the garment than this hidden, and most of it would be invented. */
const MOST_HIDDEN = 0.34;

/** Share of the upper edge that hair may hide: a sleeved garment's goes on to its shoulders, but nobody knows how straps run. */
const MOST_UNDER_HAIR = { sleeveless: 0.15, sleeved: 0.6 } as const;

const hasSleeves = ({ landmarks }: WornTopShape): boolean =>
  landmarks.left.sleeve !== null || landmarks.right.sleeve !== null;

/**
 * Reads a garment from a photo of somebody wearing it: its pixels without arms, hair and what is worn over it, turned
 * upright, completed where something hid it, and its landmarks. The reading's picture is this cleaned one.
 */
export async function readWornGarment(
  image: RgbImage,
  nets: Nets,
  options: WornOptions = {},
): Promise<WornAnswer> {
  const watch = stopwatch();
  const people = await nets.people(image);
  const trunk = withTrunk(image, people);
  if (trunk && (options.expected === 'tops' || options.expected === 'one-pieces')) return noTrunk;
  const drawn = trunk?.image ?? withHead(image, people);
  const { saliency } = options;
  const known = {
    ...nets,
    people: async () => people,
    ...(saliency && { saliency: async () => saliency }),
  };
  const read = await (drawn
    ? readPerson(drawn, nets, { anyPose: true })
    : readPerson(image, known, { anyPose: true }));
  watch.lap('wearer');
  if (!read.ok) {
    return refuse(
      read.problem.kind === 'no-person' ? 'no-garment' : 'unsupported-garment',
      `The garment cannot be taken off the person in the garment image. ${read.problem.message}`,
    );
  }
  if (!trunk) return takeOff(read.value, options, watch);
  if (reachesRow(read.value, trunk.added)) return waistCutOff;
  return takeOff(read.value, { ...options, expected: 'bottoms' }, watch);
}

/** Takes a garment off a wearer who has been read already. */
export function takeOff(
  person: PersonReading,
  options: WornOptions = {},
  watch: Stopwatch = stopwatch(),
): WornAnswer {
  const wearer = inRegion(() => claimCloth(person));
  const choice = whichGarment(wearer, options.expected);
  if (!choice.ok) return choice;
  const bad = unsuitable(wearer, choice.wanted);
  if (bad) return refuse('unsupported-garment', bad);
  const wanted = choice.wanted;
  const cut = inRegion(() => cutWorn(wearer, wanted));
  const stance = stanceOf(wearer.pose, cut);
  if (!stance) return hardlySeen;
  watch.lap('cut');
  const view = standUpright(wearer, choice.wanted, cut, stance);
  watch.lap('upright');
  return choice.wanted === 'lower'
    ? readBottom(view, wearer, watch)
    : readTop(view, wearer, choice.wanted, watch);
}

function readTop(
  seen: WornView,
  wearer: PersonReading,
  wanted: Wanted,
  watch: Stopwatch,
): WornAnswer {
  const arms = onBothSides((side) => readArm(seen, wearer.pose, side));
  const shape = readWornTop(seen, arms);
  if (!shape) return hardlySeen;
  if (shape.underHair > MOST_UNDER_HAIR[hasSleeves(shape) ? 'sleeved' : 'sleeveless'])
    return underHair;
  const view = { ...seen, share: inRegion(() => settleEdges(seen, shape)) };
  watch.lap('landmarks');
  const cloth = inRegion(() => wholeCloth(view, hiddenInTop(view, shape), watch, shape));
  if (cloth.missing > MOST_HIDDEN) return mostlyHidden;
  const mask = threshold(cloth.matte, 0.5);
  const { landmarks } = shape;
  return {
    ok: true,
    value: {
      shape: 'top',
      ...picturesOf(cloth),
      sleeves: onBothSides((side) => inRegion(() => wornSleeveMask(mask, landmarks[side], side))),
      kind: { value: wanted === 'both' ? 'dress' : 'top', confidence: 0.8 },
      photo: worn,
      landmarks,
      doubts: [
        ...doubtsOf(wearer, cloth.missing, shape.hem.cut),
        ...(shape.neckSeen < 0.6
          ? ['The neckline of the garment is hidden for the most part.']
          : []),
      ],
      timings: watch.laps,
    },
  };
}

function readBottom(seen: WornView, wearer: PersonReading, watch: Stopwatch): WornAnswer {
  const { lower } = wearer.clothes;
  const skirt = lower.value === 'skirt';
  const first = readWornBottom(seen, !skirt);
  if (!first) return hardlySeen;
  const short = cutShort(seen, wearer, first) ?? overhungFar(seen, first);
  if (short) return refuse('unsupported-garment', short);
  const goesOn = first.cut && !skirt && lower.value !== 'shorts';
  const view = goesOn ? extendLegs(seen, first, anklesOf(seen.frame, wearer)) : seen;
  const shape = goesOn ? readWornBottom(view, true) : first;
  if (!shape) return hardlySeen;
  watch.lap('landmarks');
  const cloth = inRegion(() => wholeCloth(view, hiddenInBottom(view, shape), watch));
  if (cloth.missing > MOST_HIDDEN) return mostlyHidden;
  return {
    ok: true,
    value: {
      shape: 'bottom',
      ...picturesOf(cloth),
      kind: { value: skirt ? 'skirt' : 'bottom', confidence: lower.confidence },
      photo: worn,
      landmarks: shape.landmarks,
      doubts: [
        ...doubtsOf(wearer, cloth.missing, first.cut),
        ...(shape.overhung ? ['A top hangs over the waistband, which was completed.'] : []),
      ],
      timings: watch.laps,
    },
  };
}

const worn: { value: PhotoType; confidence: number } = { value: 'worn', confidence: 0.95 };

interface WholeCloth {
  readonly picture: RgbImage;
  readonly matte: Plane;
  /** Share of it that was invented. */
  readonly missing: number;
}

/** The garment with its hidden places painted in and the broad light of the photo evened out. */
function wholeCloth(
  view: WornView,
  hidden: Mask,
  watch: Stopwatch,
  top?: WornTopShape,
): WholeCloth {
  const { centreX, unit } = view.frame;
  const matte = wholeMatte(view.share, hidden);
  const whole = completeCloth(view.colours, view.share, hidden, centreX, unit);
  watch.lap('completion');
  const even = evenLight(whole, matte, unit);
  const picture = top ? recentrePrint(even, matte, top, centreX) : even;
  watch.lap('light');
  return { picture, matte, missing: hiddenShare(view.share, hidden) };
}

const picturesOf = ({
  picture,
  matte,
}: WholeCloth): { image: RgbImage; matte: Plane; front: Plane } => ({
  image: picture,
  matte,
  front: matte,
});

const refuse = (kind: GarmentProblem['kind'], message: string): WornAnswer => ({
  ok: false,
  problem: { kind, message },
});

const hardlySeen = refuse(
  'no-garment',
  'The garment asked for is hardly seen in the garment image. Send an image that shows it whole.',
);
const underHair = refuse(
  'unsupported-garment',
  'Hair hides where the neckline and the straps of the garment run. Send a photo with the hair behind the shoulders, or a flat-lay photo.',
);
const mostlyHidden = refuse(
  'unsupported-garment',
  'Arms, hair or other clothes hide more than a third of the garment. Send a photo in which it is seen, or a flat-lay photo.',
);

const noTrunk = refuse(
  'no-garment',
  'The garment image shows somebody from the waist down, without a top or a dress. Send an image in which the garment is seen, or ask for the bottom.',
);
const waistCutOff = refuse(
  'unsupported-garment',
  'The garment image ends below the waistband of the garment, at its top side. Send an image that shows it whole.',
);

const anklesOf = (frame: UprightFrame, { pose }: PersonReading): Readonly<Record<Side, Vec>> =>
  onBothSides((side) => frame.fromPhoto(pose.legs[side].end.at));
