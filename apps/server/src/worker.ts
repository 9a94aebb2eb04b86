import type { Options } from './main.ts';
import { openCore } from './wiring/core.ts';
import { createDialects } from './wiring/dialects.ts';
import { StartProblem } from './wiring/home.ts';
import { exitAfter, listenForStop, stopMarginMs } from './wiring/process.ts';
import { createWork } from './wiring/work.ts';

/** `toile worker`: a worker without HTTP, until SIGTERM or SIGINT. Any number may run, beside `toile start` or elsewhere. */
export async function work({ config, logger, say }: Options): Promise<void> {
  if (config.workerConcurrency === 0) {
    throw new StartProblem(
      'With TOILE_WORKER_CONCURRENCY=0 a worker would never work. Leave it out, or set it to 1 or more.',
    );
  }
  const stop = listenForStop();
  const core = await openCore(config, logger, say);
  try {
    const running = createWork(core, createDialects(core, config), config, logger);
    await running.start();
    say('Toile is waiting for jobs.');
    logger.info({ workers: config.workerConcurrency }, 'ready');
    const signal = await stop.asked;
    logger.info({ signal }, 'stopping');
    exitAfter(config.drainSeconds * 1000 + stopMarginMs, logger);
    stop.onHurry(() => running.hurry());
    await running.drain(config.drainSeconds * 1000);
  } finally {
    await core.close();
  }
  logger.info('stopped');
}
