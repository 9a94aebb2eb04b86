import {
  type Atelier,
  ATELIER_VERSION,
  openAtelier,
  type Outcome,
  type Picture,
  type ProblemCode,
  type Wear,
} from '@toile/atelier';
import { fail, type FailureCode, type Result, succeed } from '../../failures/failure.ts';
import { type DirectionPart, styleWarnings } from '../../direction/parts.ts';
import type { Engine, EngineJob, EngineOutput, PreparedImage } from '../engine.ts';
import {
  atelierCapabilities,
  type AtelierRequest,
  isAtelierRequest,
  type TryOn,
  withinLimits,
} from './limits.ts';
import { pixelsOf, ratioOf } from './size.ts';
import { readWishes } from './wishes.ts';

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
    return toResult(await atelier.cutOut({ image: picture(job, 'image') }, control));
  }
  const person = picture(job, 'model');
  const seeds = Array.from({ length: request.count }, (_, k) => (request.seed + k) % 2 ** 32);
  const task = {
    person,
    garment: picture(job, 'garment'),
    further: furtherGarments.flatMap((name) => job.images[name] ?? []),
    wear: wearOf(request),
    garmentKind: request.garmentKind,
    photoType: request.photoType,
    ...(request.aspectRatio !== undefined && { ratio: ratioOf(request.aspectRatio) }),
    ...(request.resolution !== undefined && { pixels: pixelsOf[request.resolution] }),
    seeds,
    ...(request.effort !== undefined && { effort: request.effort }),
  };
  const result = toResult(await atelier.tryOn(task, control));
  if (!result.ok) return result;
  const { images, warnings } = result.value;
  return succeed({ images, warnings: [...warnings, ...styleWarnings(request, followedStyle)] });
}

/** Put on after `garment`, in this order. */
const furtherGarments = ['garment2', 'garment3'];

/** A size that was chosen counts for more than words. */
function wearOf({ prompt, garmentSize }: TryOn): Wear {
  const { wear } = readWishes(prompt ?? '');
  return garmentSize === undefined ? wear : { ...wear, size: sizes[garmentSize] };
}

const sizes = { S: 's', M: 'm', L: 'l', XL: 'xl' } as const;

/** A try-on keeps the photo's own look: no wish of style is followed. */
const followedStyle: ReadonlySet<DirectionPart> = new Set();

function picture(job: EngineJob, name: string): PreparedImage {
  const image = job.images[name];
  if (!image) throw new Error(`intake delivered no picture named ${name}`);
  return image;
}

const failureCodes = {
  'pose-not-found': 'pose-not-found',
  'garment-not-found': 'garment-not-found',
  'subject-not-found': 'input-unreadable',
  unsupported: 'unsupported',
  canceled: 'engine-failed',
} satisfies Record<ProblemCode, FailureCode>;

function toResult(outcome: Outcome<Picture>): Result<EngineOutput> {
  if (outcome.ok)
    return succeed({ images: outcome.value.images, warnings: outcome.value.warnings });
  const { code, message } = outcome.problem;
  return fail(
    failureCodes[code],
    message,
    code === 'unsupported' ? 'elsewhere' : code === 'canceled' ? 'later' : 'never',
  );
}
