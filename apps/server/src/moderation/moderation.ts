import { z } from 'zod';
import type { CapabilityRequest } from '../capabilities/index.ts';
import { wordsOf } from '../capabilities/words.ts';
import type { PixelImage, PreparedImage } from '../engines/engine.ts';
import { fail, type Result, succeed } from '../failures/failure.ts';
import type { ModerationDecision, ModerationFinding, Stages } from '../jobs/stages.ts';
import { createThreadPool } from '../threads/thread-pool.ts';
import {
  forbidden,
  type ModerationLevel,
  type Scores,
  scoresSchema,
  strongestFinding,
} from './levels.ts';
import { findInPrompt } from './prompt.ts';

/** Decides what may be worked on and what may be handed out: words by rules, pictures by a small classifier. */
export interface Moderation extends Pick<Stages, 'moderateInputs' | 'moderateOutputs'> {
  /** Ends the classifier's thread. */
  close(): Promise<void>;
}

/** Gives the scores of pictures, in order. Throws when it cannot. */
export type Classify = (images: readonly PixelImage[]) => Promise<readonly Scores[]>;

export interface ModerationOptions {
  /** In place of the built-in classifier. */
  readonly classify?: Classify;
}

/** No thread starts and no model is loaded before the first picture is to be checked. */
export function createModeration(options: ModerationOptions = {}): Moderation {
  const thread = openThread();
  const classify = options.classify ?? thread.classify;
  return {
    async moderateInputs(request, images) {
      const words = judgePrompt(request);
      if (words?.verdict === 'blocked') return succeed(words);
      return await judgeImages(
        classify,
        request.moderation,
        subjects(images),
        words?.findings ?? [],
      );
    },
    async moderateOutputs(request, images) {
      const named = images.map((image, k) => ({ subject: `output ${k + 1}`, image }));
      return await judgeImages(classify, request.moderation, named, []);
    },
    close: () => thread.close(),
  };
}

interface Subject {
  readonly subject: string;
  readonly image: PixelImage;
}

const subjects = (images: Readonly<Record<string, PreparedImage>>): Subject[] =>
  Object.entries(images).map(([subject, image]) => ({ subject, image }));

function judgePrompt(request: CapabilityRequest): ModerationDecision | null {
  const text = wordsOf(request).join(' ');
  if (text === '') return null;
  const found = findInPrompt(text, request.moderation);
  if (found === null) return null;
  return {
    level: request.moderation,
    verdict: 'blocked',
    reason: `The prompt asks for ${found}. Reword it.`,
    findings: [{ subject: 'prompt', label: found, score: 1 }],
  };
}

async function judgeImages(
  classify: Classify,
  level: ModerationLevel,
  images: readonly Subject[],
  found: readonly ModerationFinding[],
): Promise<Result<ModerationDecision>> {
  if (level === 'none') {
    return succeed({ level, verdict: 'not-checked', reason: null, findings: found });
  }
  if (images.length === 0) {
    return succeed({ level, verdict: 'allowed', reason: null, findings: found });
  }
  const scores = await classify(images.map(({ image }) => image)).catch((cause: unknown) => ({
    cause,
  }));
  if ('cause' in scores) {
    return fail(
      'moderation-unavailable',
      `The pictures could not be checked at the moderation level "${level}". Try again later.`,
      'later',
    );
  }
  const findings = [...found];
  let reason: string | null = null;
  for (const [k, { subject }] of images.entries()) {
    const seen = scores[k];
    if (!seen) throw new Error('the classifier gave fewer scores than pictures');
    const refused = forbidden(seen, level);
    const strongest = refused ?? strongestFinding(seen);
    findings.push({ subject, label: strongest.label, score: strongest.score });
    if (refused && reason === null) {
      reason = `The ${subject} picture shows ${refused.label}, which the moderation level "${level}" does not allow.`;
    }
  }
  return succeed({ level, verdict: reason === null ? 'allowed' : 'blocked', reason, findings });
}

function openThread(): { readonly classify: Classify; close(): Promise<void> } {
  const pool = createThreadPool({
    module: new URL('./classifier-thread.ts', import.meta.url),
    threads: 1,
    idleAfter: 120_000,
    niceness: 10,
    young: 4,
  });
  return {
    classify: async (images) => z.array(scoresSchema).parse(await pool.run(images)),
    close: () => pool.close(),
  };
}
