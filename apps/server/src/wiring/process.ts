import type { Logger } from '../telemetry/logger.ts';

/** The wish to stop, from outside. */
export interface StopSignal {
  /** Resolves with the first SIGTERM or SIGINT. */
  readonly asked: Promise<NodeJS.Signals>;
  /** Calls back when somebody asks again and means it: npm and a terminal may each deliver the same Ctrl-C. */
  onHurry(listener: () => void): void;
}

const sameWishMs = 1_000;

/** What a stop may take beyond the time that running jobs are given: deliveries, the database. */
export const stopMarginMs = 15_000;

export function listenForStop(): StopSignal {
  const hurried = new Set<() => void>();
  let askedAt: number | null = null;
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const hear = (signal: NodeJS.Signals): void => {
    if (askedAt === null) {
      askedAt = Date.now();
      resolve(signal);
    } else if (Date.now() - askedAt > sameWishMs) {
      for (const listener of hurried) listener();
    }
  };
  process.on('SIGTERM', hear);
  process.on('SIGINT', hear);
  return { asked: promise, onHurry: (listener) => hurried.add(listener) };
}

/** What nobody caught ends the process, as it must, but in the words of the log: a raw error may carry a client's data. */
export function exitOnSurprise(logger: Logger): void {
  const end = (error: unknown): void => {
    logger.fatal({ err: error }, 'unexpected error; the process ends');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/** Ends the process when an orderly stop has not come to its end in time; the next start recovers. */
export function exitAfter(milliseconds: number, logger: Logger): void {
  const timer = setTimeout(() => {
    logger.error({ milliseconds }, 'did not stop in time; the process ends');
    process.exit(1);
  }, milliseconds);
  timer.unref();
}
