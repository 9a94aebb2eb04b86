import { stopwatch } from '../../stopwatch.ts';
import type { Vec } from '../../geometry/vector.ts';
import type { Nets } from '../../nets/open-nets.ts';
import { labPlanes } from '../../pixels/colour.ts';
import { createPlane, type RgbImage, threshold } from '../../pixels/image.ts';
import type { GarmentProblem, GarmentReading, PhotoType } from '../garment.ts';
import type { PersonReading } from '../person.ts';
import { readPerson } from '../person/read-person.ts';
import { completeCloth } from './complete-cloth.ts';
import { cutWorn, type Wanted, type WornCut } from './cut-worn.ts';
import { evenLight } from './even-light.ts';
import type { WornCover, WornView } from './profiles.ts';
import { type UprightFrame, uprightFrame } from './upright-frame.ts';
import { layColours, layPlane } from './lay-upright.ts';
import { levelNeck, stanceOf } from './stance.ts';
import { doubtsOf, unsuitable, whichGarment } from './wearer.ts';
import { settleAtHem, hiddenInTop, hiddenShare, wholeMatte } from './whole-shape.ts';
import { readArm } from './worn-arms.ts';
import { readNeck, readUpperEdge } from './worn-neck.ts';
import { wornSleeveMask } from './worn-sleeve.ts';
import { readWornTop } from './worn-top.ts';

type Stopwatch = ReturnType<typeof stopwatch>;

/** What of the wearer's clothes is asked for; without it the most complete one, an upper garment first. */
export interface WornOptions {
  readonly expected?: 'tops' | 'bottoms' | 'one-pieces';
}

export type WornAnswer =
  | { readonly ok: true; readonly value: GarmentReading }
  | { readonly ok: false; readonly problem: GarmentProblem };

/** More of the garment than this hidden, and most of it would be invented. */
const MOST_HIDDEN = 0.34;

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
  const read = await readPerson(image, nets);
  watch.lap('wearer');
  if (!read.ok) {
    return refuse(
      'no-garment',
      `Nobody who wears a garment was found in the garment image. ${read.problem.message}`,
    );
  }
  return takeOff(read.value, options, watch);
}

/** Takes a garment off a wearer who has been read already. */
export function takeOff(
  wearer: PersonReading,
  options: WornOptions = {},
  watch: Stopwatch = stopwatch(),
): WornAnswer {
  const choice = whichGarment(wearer, options.expected);
  if (!choice.ok) return choice;
  const bad = unsuitable(wearer, choice.wanted);
  if (bad) return refuse('unsupported-garment', bad);
  const cut = cutWorn(wearer, choice.wanted);
  const stance = stanceOf(wearer.pose, cut);
  if (!stance)
    return refuse('no-garment', 'The garment asked for is hardly seen in the garment image.');
  watch.lap('cut');
  const places = placesOf(cut);
  const first = coverOf(cut, uprightFrame(stance, places));
  const neck = readNeck(first, readUpperEdge(first)).points;
  const level = levelNeck(stance, [
    first.frame.toPhoto(neck.left),
    first.frame.toPhoto(neck.right),
  ]);
  const cover = coverOf(cut, uprightFrame(level, places));
  const colours = layColours(wearer.image, cover.frame);
  watch.lap('upright');
  return readTop({ ...cover, colours, lab: labPlanes(colours) }, wearer, choice.wanted, watch);
}

function readTop(
  seen: WornView,
  wearer: PersonReading,
  wanted: Wanted,
  watch: Stopwatch,
): WornAnswer {
  const arms = {
    left: readArm(seen, wearer.pose, 'left'),
    right: readArm(seen, wearer.pose, 'right'),
  };
  const shape = readWornTop(seen, arms);
  if (!shape)
    return refuse('no-garment', 'The garment asked for is hardly seen in the garment image.');
  const view = { ...seen, share: settleAtHem(seen, shape) };
  watch.lap('landmarks');
  const hidden = hiddenInTop(view, shape);
  const missing = hiddenShare(view.share, hidden);
  if (missing > MOST_HIDDEN) {
    return refuse(
      'unsupported-garment',
      'Arms or hair hide more than a third of the garment. Send a photo in which it is seen, or a flat-lay photo.',
    );
  }
  const matte = wholeMatte(view.share, hidden);
  const { centreX, unit } = view.frame;
  const whole = completeCloth(view.colours, view.share, hidden, centreX, unit);
  watch.lap('completion');
  const picture = evenLight(whole, matte, unit);
  watch.lap('light');
  const mask = threshold(matte, 0.5);
  const { landmarks } = shape;
  const photo: { value: PhotoType; confidence: number } = { value: 'worn', confidence: 0.95 };
  return {
    ok: true,
    value: {
      shape: 'top',
      image: picture,
      matte,
      front: matte,
      sleeves: {
        left: wornSleeveMask(mask, landmarks.left, 'left'),
        right: wornSleeveMask(mask, landmarks.right, 'right'),
      },
      kind: { value: wanted === 'both' ? 'dress' : 'top', confidence: 0.8 },
      photo,
      landmarks,
      doubts: doubtsOf(wearer, shape, missing),
      timings: watch.laps,
    },
  };
}

const refuse = (kind: GarmentProblem['kind'], message: string): WornAnswer => ({
  ok: false,
  problem: { kind, message },
});

/** Points of the garment, some pixels apart. */
function placesOf({ share }: WornCut): Vec[] {
  const points: Vec[] = [];
  for (let y = 0; y < share.height; y += 4) {
    for (let x = 0; x < share.width; x += 4) {
      if (share.data[y * share.width + x] > 0.5) points.push([x, y]);
    }
  }
  return points;
}

function coverOf(cut: WornCut, frame: UprightFrame): WornCover {
  const everything = createPlane(cut.share.width, cut.share.height);
  everything.data.fill(1);
  return {
    frame,
    share: layPlane(cut.share, frame),
    arms: layPlane(cut.arms, frame),
    hair: layPlane(cut.hair, frame),
    bare: layPlane(cut.bare, frame),
    other: layPlane(cut.other, frame),
    seen: layPlane(everything, frame),
  };
}
