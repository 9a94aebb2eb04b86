import type { Config } from '../config/config.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { createFashnDialect, defaultFashnSettings } from '../dialects/fashn/index.ts';
import type { JobView } from '../jobs/port.ts';
import type { Core } from './core.ts';

/** Every wire API that this server speaks; a new one is a line here. */
export function createDialects(
  { jobs, ledger }: Pick<Core, 'jobs' | 'ledger'>,
  { rates, accountConcurrency }: Pick<Config, 'rates' | 'accountConcurrency'>,
): readonly Dialect[] {
  return [
    createFashnDialect({
      jobs,
      ledger,
      settings: { ...defaultFashnSettings, limits: rates, concurrency: accountConcurrency },
    }),
  ];
}

/** The body of a job's status as its own dialect writes it, for webhooks. */
export function renderWith(dialects: readonly Dialect[]): (name: string, job: JobView) => unknown {
  return (name, job) => {
    const dialect = dialects.find((each) => each.name === name);
    if (!dialect) throw new Error(`a job speaks ${name}, and this server does not`);
    return dialect.renderStatus(job);
  };
}
