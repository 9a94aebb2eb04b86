import { cutOut } from '../cut-out.ts';
import type { Nets } from '../nets/open-nets.ts';
import { flatten, withAlpha } from './pixels.ts';
import type { Steps } from './steps.ts';
import type { CutOutTask, Outcome, Picture } from './tasks.ts';

/** Below this the subject is not told from its surroundings, and an answer would be a guess. */
const LEAST_CONFIDENCE = 0.2;

export async function carryOutCutOut(
  task: CutOutTask,
  nets: Nets,
  steps: Steps,
): Promise<Outcome<Picture>> {
  steps.begin(0, 'matte');
  const { alpha, colours, confidence } = await cutOut(flatten(task.image).image, nets);
  if (confidence < LEAST_CONFIDENCE) {
    return {
      ok: false,
      problem: {
        code: 'subject-not-found',
        message:
          'No subject stands out from the background of the image. Send a picture with one clear subject.',
      },
    };
  }
  return {
    ok: true,
    value: { images: [withAlpha(colours, alpha)], warnings: [], timings: steps.finish() },
  };
}
