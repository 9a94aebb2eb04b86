import { cutOut } from '../cut-out.ts';
import { frameAt, neededOf, wholeFrame } from '../fit/frame.ts';
import type { Nets } from '../nets/open-nets.ts';
import type { GarmentReading } from '../perceive/garment.ts';
import { readGarment } from '../perceive/garment/read-garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { readPerson } from '../perceive/person/read-person.ts';
import { resizeFine, withinSide } from '../pixels/codec-resize.ts';
import { resizePlane } from '../pixels/resize.ts';
import { dress } from '../try-on.ts';
import { cut, flatten, shared, withAlpha } from './pixels.ts';
import { shareGarment, sharePerson } from './share-readings.ts';
import type { Outcome, Pixels, Problem, ProblemCode } from './tasks.ts';
import type { ThreadTask } from './thread-tasks.ts';

/** Pixels of the longer side at which pictures are understood; the answer is made at its own size. */
const READING_SIDE = 1024;
/** Below this a subject is not told from its surroundings, and a cut-out would be a guess. */
const LEAST_CUT_OUT_CONFIDENCE = 0.2;

const refuse = (code: ProblemCode, message: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code, message },
});

export async function readPersonTask(person: Pixels, nets: Nets): Promise<Outcome<PersonReading>> {
  const { image } = flatten(person);
  const read = await readPerson(await withinSide(image, READING_SIDE), nets);
  if (!read.ok) return refuse('pose-not-found', read.problem.message);
  return { ok: true, value: sharePerson(read.value) };
}

export async function readGarmentTask(
  garment: Pixels,
  nets: Nets,
): Promise<Outcome<GarmentReading>> {
  const { image, alpha } = flatten(garment);
  const small = await withinSide(image, READING_SIDE);
  const options = alpha ? { alpha: resizePlane(alpha, small.width, small.height) } : {};
  const read = await readGarment(small, nets, options);
  if (!read.ok) {
    const missing = read.problem.kind === 'no-garment';
    return refuse(missing ? 'garment-not-found' : 'unsupported', read.problem.message);
  }
  return { ok: true, value: shareGarment(read.value) };
}

export async function dressTask(
  task: Extract<ThreadTask, { kind: 'dress' }>,
): Promise<Outcome<readonly Pixels[]>> {
  const { image } = flatten(task.person);
  const own = image.width / image.height;
  const frame =
    task.ratio === undefined ? wholeFrame : frameAt(task.ratio, own, neededOf(task.wearer));
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
  const { cloth } = task;
  if (cloth.shape !== 'top') {
    return refuse(
      'unsupported',
      'The built-in engine can only try on tops yet. Send a top, or configure a generative engine.',
    );
  }
  const dressed = task.seeds.map((seed) =>
    shared(cut(dress(picture, task.wearer, [cloth], { seed }).image, frame)),
  );
  return { ok: true, value: dressed };
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
