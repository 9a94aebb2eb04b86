import type { Config } from '../config/config.ts';
import { createFetchGuard } from '../intake/fetch-guard.ts';
import { createIntake, type Intake, type IntakeOptions } from '../intake/intake.ts';
import { createMediaThreads, type MediaThreads } from '../intake/media-threads.ts';

/**
 * An intake for the process that answers HTTP: pictures of saved models and of preflights are fetched while
 * their client waits. Threads and connections start with the first one.
 */
export function openHttpIntake(
  { fetchAllow }: Pick<Config, 'fetchAllow'>,
  sources: Pick<IntakeOptions, 'store' | 'addresses' | 'artifacts' | 'samples'>,
): { readonly intake: Intake; readonly threads: MediaThreads; close(): Promise<void> } {
  const fetchGuard = createFetchGuard({ allow: fetchAllow });
  const threads = createMediaThreads();
  return {
    threads,
    intake: createIntake({ ...sources, fetchGuard, threads }),
    async close() {
      await Promise.all([threads.close(), fetchGuard.close()]);
    },
  };
}
