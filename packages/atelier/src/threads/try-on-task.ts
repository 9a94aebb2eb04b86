import type { Nets } from '../nets/open-nets.ts';
import type { GarmentProblem, GarmentReading } from '../perceive/garment.ts';
import { readGarment } from '../perceive/garment/read-garment.ts';
import type { PersonProblem } from '../perceive/person.ts';
import { readPerson } from '../perceive/person/read-person.ts';
import { resizeFine, withinSide } from '../pixels/codec-resize.ts';
import { dressTop } from '../try-on.ts';
import { flatten, shared } from './pixels.ts';
import type { Steps } from './steps.ts';
import type { Outcome, Picture, Problem, TryOnTask } from './tasks.ts';

/** Pixels of the longer side at which pictures are understood; the answer is made at its own size. */
const READING_SIDE = 1024;

export async function carryOutTryOn(
  task: TryOnTask,
  nets: Nets,
  steps: Steps,
): Promise<Outcome<Picture>> {
  const person = flatten(task.person).image;
  const garment = flatten(task.garment);
  steps.begin(0, 'person');
  const wearer = await readPerson(await withinSide(person, READING_SIDE), nets);
  if (!wearer.ok) return refuse(personProblem(wearer.problem));
  steps.begin(0.45, 'garment');
  const cloth = await readGarment(await withinSide(garment.image, READING_SIDE), nets);
  if (!cloth.ok) return refuse(garmentProblem(cloth.problem));
  const unfit = wrongKind(task, cloth.value);
  if (unfit) return refuse(unfit);
  steps.begin(0.7, 'dressing');
  const size = task.size ?? person;
  const picture = await resizeFine(person, size.width, size.height);
  const images = task.seeds.map((seed) =>
    shared(dressTop(picture, wearer.value, cloth.value, { seed }).image),
  );
  const warnings = [...wearer.value.doubts, ...cloth.value.doubts];
  return { ok: true, value: { images, warnings, timings: steps.finish() } };
}

const refuse = (problem: Problem): Outcome<Picture> => ({ ok: false, problem });

const personProblem = (problem: PersonProblem): Problem => ({
  code: 'pose-not-found',
  message: problem.message,
});

const garmentProblem = (problem: GarmentProblem): Problem => ({
  code: problem.kind === 'no-garment' ? 'garment-not-found' : 'unsupported',
  message: problem.message,
});

/** Tops only, for now: a garment that is plainly something else is refused by name. */
function wrongKind(task: TryOnTask, garment: GarmentReading): Problem | null {
  const { value } = garment.kind;
  if (task.garmentKind === 'tops' || value === 'top' || value === 'coat') return null;
  return {
    code: 'unsupported',
    message: `The garment image shows a ${value}; the built-in engine can only try on tops yet. Send a top, or configure a generative engine.`,
  };
}
