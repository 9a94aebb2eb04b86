import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { createAtelierEngine } from '../engines/atelier/index.ts';
import type { Engine } from '../engines/engine.ts';
import { createRouter } from '../engines/router.ts';
import { createFinisher } from '../finish/finish.ts';
import type { FetchGuard } from '../intake/fetch-guard.ts';
import { createIntake } from '../intake/intake.ts';
import type { Stages } from '../jobs/stages.ts';
import { createModeration } from '../moderation/moderation.ts';
import type { Core } from './core.ts';

export interface OpenStages extends Stages {
  /** Ends the threads that are theirs alone and frees the models. */
  close(): Promise<void>;
}

/** The stations that a job passes in a worker. Threads start and models load when they are first needed. */
export function createStages(
  {
    addresses,
    pictures,
    samples,
    store,
    engines,
    media: threads,
  }: Pick<Core, 'addresses' | 'pictures' | 'samples' | 'store' | 'engines' | 'media'>,
  fetchGuard: FetchGuard,
): OpenStages {
  const intake = createIntake({
    fetchGuard,
    threads,
    store,
    addresses,
    artifacts: pictures,
    samples,
  });
  const moderation = createModeration();
  const finisher = createFinisher({ threads });
  const router = createRouter(engines);
  return {
    intake: (request, accountId, signal) => intake.prepare(request, accountId, signal),
    moderateInputs: (request, images, signal) => moderation.moderateInputs(request, images, signal),
    moderateOutputs: (request, images, signal) =>
      moderation.moderateOutputs(request, images, signal),
    route: (job) => router.route(job),
    finish: (image, format, signal) => finisher.finish(image, format, signal),
    async close() {
      await Promise.all([router.close(), moderation.close()]);
    },
  };
}

/** In the order in which they are preferred; a new engine is a line here. */
export const createEngines = ({
  workerConcurrency,
  home,
}: Pick<Config, 'workerConcurrency' | 'home'>): readonly Engine[] => [
  createAtelierEngine({ workers: workerConcurrency, readingsFolder: join(home, 'readings') }),
];
