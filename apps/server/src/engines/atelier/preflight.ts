import type { Atelier, Verdict } from '@toile/atelier';
import { type Result, succeed } from '../../failures/failure.ts';
import type { EngineLook, PictureVerdict } from '../engine.ts';
import { toFailure } from './problems.ts';
import { garmentNames, tryOnTask } from './task.ts';

/**
 * Reads person and garments as a try-on would, and stops there. What was read is kept, so that the try-on itself is faster
 * afterwards. Null for requests other than try-on: whether a subject can be cut out shows only in cutting.
 */
export async function judgePictures(
  atelier: Atelier,
  { request, images, signal }: EngineLook,
): Promise<Result<readonly PictureVerdict[] | null>> {
  if (request.capability !== 'try-on') return succeed(null);
  const outcome = await atelier.preflight(tryOnTask(request, images), { signal });
  if (!outcome.ok) return { ok: false, failure: toFailure(outcome.problem) };
  const { person, garments } = outcome.value;
  const names = garmentNames(images);
  return succeed([
    verdictOn('model', person),
    ...garments.map((verdict, index) => verdictOn(names[index] ?? 'garment', verdict)),
  ]);
}

const verdictOn = (name: string, verdict: Verdict): PictureVerdict =>
  verdict.usable
    ? { name, doubts: verdict.doubts, problem: null }
    : { name, doubts: [], problem: toFailure(verdict.problem) };
