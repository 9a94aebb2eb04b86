import { cutOut } from '../cut-out.ts';
import { frameAt, neededOf, wholeFrame } from '../fit/frame.ts';
import type { Nets } from '../nets/open-nets.ts';
import type { GarmentReading } from '../perceive/garment.ts';
import { readGarment } from '../perceive/garment/read-garment.ts';
import { readPerson } from '../perceive/person/read-person.ts';
import { resizeFine, withinSide } from '../pixels/codec-resize.ts';
import { inRegion } from '@toile/memory';
import { resizePlane } from '../pixels/resize.ts';
import { dress } from '../try-on.ts';
import { unwearable } from '../unwearable.ts';
import { apart, cut, flatten, withAlpha } from './pixels.ts';
import {
  type PackedGarment,
  type PackedPerson,
  packGarment,
  packPerson,
  unpackGarment,
  unpackPerson,
} from './readings/pack.ts';
import { keepReading, recallReading } from './readings/disk.ts';
import type { Dressed, Outcome, Pixels, Problem, ProblemCode, Task } from './tasks.ts';
import type { ThreadTask, WithPhoto } from './thread-tasks.ts';

/** Below this a subject is not told from its surroundings, and a cut-out would be a guess. */
const LEAST_CUT_OUT_CONFIDENCE = 0.2;

/** What a thread has to work with. */
export interface Workshop {
  readonly nets: Nets;
  /** Where readings are kept; null for nowhere. */
  readonly folder: string | null;
}

const refuse = (code: ProblemCode, message: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code, message },
});

export async function readPersonTask(
  { person, side, quick, keepAs }: Extract<Task, { kind: 'read-person' }>,
  { nets, folder }: Workshop,
): Promise<Outcome<PackedPerson>> {
  const image = await withinSide(flatten(person).image, side);
  const known = await recallReading(folder, keepAs, image);
  if (known?.shape === 'person') return { ok: true, value: known };
  const read = await readPerson(image, nets, { quick });
  if (!read.ok) return refuse('pose-not-found', read.problem.message);
  const packed = packPerson(read.value);
  await keepReading(folder, keepAs, packed);
  return { ok: true, value: packed };
}

export async function readGarmentTask(
  { garment, asked, side, keepAs }: Extract<Task, { kind: 'read-garment' }>,
  { nets, folder }: Workshop,
): Promise<Outcome<PackedGarment>> {
  const { image, alpha } = flatten(garment);
  const small = await withinSide(image, side);
  const known = await recallReading(folder, keepAs, small);
  if (known && known.shape !== 'person') return { ok: true, value: known };
  const own = alpha && { alpha: resizePlane(alpha, small.width, small.height) };
  const read = await readGarment(small, nets, { ...asked, ...own });
  if (!read.ok) {
    const missing = read.problem.kind === 'no-garment';
    return refuse(missing ? 'garment-not-found' : 'unsupported', read.problem.message);
  }
  const packed = packGarment(read.value);
  // Pictures of worn garments and accessories are made from the photo, and no picture is kept on disk.
  const made = packed.photo.value === 'worn' || packed.shape === 'accessory';
  if (!made) await keepReading(folder, keepAs, packed);
  return { ok: true, value: packed };
}

export async function dressTask(
  task: Extract<ThreadTask, { kind: 'dress' }>,
): Promise<Outcome<Dressed>> {
  const { image } = flatten(task.person);
  const wearer = unpackPerson(task.wearer);
  const garments = task.garments.map(inFull);
  const own = image.width / image.height;
  const frame = task.ratio === undefined ? wholeFrame : frameAt(task.ratio, own, neededOf(wearer));
  if (!frame) {
    return refuse(
      'unsupported',
      `The person would not fit into the aspect ratio asked for, and the built-in engine cannot extend a picture of ${image.width}x${image.height}. Leave aspect_ratio out, or send a model image with more room around the person.`,
    );
  }
  const area = image.width * frame.width * image.height * frame.height;
  const factor = task.pixels === undefined ? 1 : Math.sqrt(task.pixels / area);
  const width = Math.max(1, Math.round(image.width * factor));
  const picture = await resizeFine(image, width, Math.max(1, Math.round(image.height * factor)));
  const why = unwearable(wearer, garments, task.wear);
  if (why) return refuse(why.code, why.message);
  const dressed = task.seeds.map((seed, k) =>
    inRegion(() => {
      const endsReadings = k === task.seeds.length - 1;
      const answer = dress(picture, wearer, garments, { seed, wear: task.wear, endsReadings });
      return { image: answer.image, doubts: answer.doubts };
    }),
  );
  const images = dressed.map(({ image: answer }) => apart(cut(answer, frame)));
  const doubts = [...new Set(dressed.flatMap((answer) => answer.doubts))];
  return { ok: true, value: { images, doubts } };
}

/** Lets a garment's cloth be drawn from its photo in full; one that was taken off somebody has no other picture than the read one. */
function inFull({ seen, photo }: WithPhoto): GarmentReading {
  const cloth = unpackGarment(seen);
  if (cloth.photo.value === 'worn' || photo.width <= cloth.image.width) return cloth;
  return { ...cloth, texture: flatten(photo).image };
}

/** Whether the person can wear the garments, as far as it shows before anything is drawn. */
export async function checkTask({
  wearer,
  garments,
  wear,
}: Extract<ThreadTask, { kind: 'check' }>): Promise<Outcome<Problem | null>> {
  const value = unwearable(unpackPerson(wearer), garments.map(unpackGarment), wear);
  return { ok: true, value };
}

export async function cutOutTask(image: Pixels, nets: Nets): Promise<Outcome<Pixels>> {
  const { alpha, colours, confidence } = await cutOut(flatten(image).image, nets);
  if (confidence < LEAST_CUT_OUT_CONFIDENCE) {
    return refuse(
      'subject-not-found',
      'No subject stands out from the background of the image. Send a picture with one clear subject.',
    );
  }
  return { ok: true, value: withAlpha(colours, alpha) };
}
