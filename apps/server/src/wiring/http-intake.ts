import type { Config } from '../config/config.ts';
import { createFetchGuard } from '../intake/fetch-guard.ts';
import { createIntake, type Intake, type IntakeOptions } from '../intake/intake.ts';
import type { MediaThreads } from '../intake/media-threads.ts';

/**
 * An intake for the process that answers HTTP: pictures of saved models and of preflights are fetched while
 * their client waits. Connections start with the first one.
 */
export function openHttpIntake(
  { fetchAllow }: Pick<Config, 'fetchAllow'>,
  sources: Pick<IntakeOptions, 'store' | 'addresses' | 'artifacts' | 'samples'>,
  threads: MediaThreads,
): { readonly intake: Intake; close(): Promise<void> } {
  const fetchGuard = createFetchGuard({ allow: fetchAllow });
  return {
    intake: createIntake({ ...sources, fetchGuard, threads }),
    close: () => fetchGuard.close(),
  };
}
