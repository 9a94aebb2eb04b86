import {
  type Atelier,
  ATELIER_VERSION,
  openAtelier,
  type Outcome,
  type Picture,
} from '@toile/atelier';
import { type Result, succeed } from '../../failures/failure.ts';
import { type DirectionPart, styleWarnings } from '../../direction/parts.ts';
import type { Engine, EngineJob, EngineOutput } from '../engine.ts';
import {
  atelierCapabilities,
  type AtelierRequest,
  isAtelierRequest,
  withinLimits,
} from './limits.ts';
import { judgePictures } from './preflight.ts';
import { toFailure } from './problems.ts';
import { picture, tryOnTask } from './task.ts';

export interface AtelierEngineOptions {
  /** Pictures worked on at the same time. */
  readonly workers: number;
  /** Where what was read of pictures is kept, so that a picture seen before is not read again. */
  readonly readingsFolder: string;
}

/** The built-in engine: offline, on the CPU, without a key. */
export function createAtelierEngine(options: AtelierEngineOptions): Engine {
  const atelier = openAtelier(options);
  return {
    name: 'atelier',
    version: ATELIER_VERSION,
    licence: 'Apache-2.0',
    capabilities: atelierCapabilities,
    accepts: withinLimits,
    async run(job) {
      const accepted = withinLimits(job.request);
      if (!accepted.ok) return accepted;
      if (!isAtelierRequest(job.request))
        throw new Error(`atelier was handed ${job.request.capability}`);
      return await carryOut(atelier, job, job.request);
    },
    preflight: (look) => judgePictures(atelier, look),
    close: () => atelier.close(),
  };
}

async function carryOut(
  atelier: Atelier,
  job: EngineJob,
  request: AtelierRequest,
): Promise<Result<EngineOutput>> {
  const control = { signal: job.signal, onProgress: job.onProgress };
  if (request.capability === 'background-remove') {
    return toResult(await atelier.cutOut({ image: picture(job.images, 'image') }, control));
  }
  const result = toResult(await atelier.tryOn(tryOnTask(request, job.images), control));
  if (!result.ok) return result;
  const { images, warnings } = result.value;
  return succeed({ images, warnings: [...warnings, ...styleWarnings(request, followedStyle)] });
}

/** A try-on keeps the photo's own look: no wish of style is followed. */
const followedStyle: ReadonlySet<DirectionPart> = new Set();

function toResult(outcome: Outcome<Picture>): Result<EngineOutput> {
  if (outcome.ok)
    return succeed({ images: outcome.value.images, warnings: outcome.value.warnings });
  return { ok: false, failure: toFailure(outcome.problem) };
}
