import type { Config } from '../config/config.ts';
import { createAutotoonDialect } from '../dialects/autotoon/index.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { createFashnDialect } from '../dialects/fashn/index.ts';
import { createSelfieDialect } from '../dialects/selfie/index.ts';
import { createToileDialect } from '../dialects/toile/index.ts';
import type { ToileDependencies } from '../dialects/toile/index.ts';
import { createVistoureDialect } from '../dialects/vistoure/index.ts';
import type { JobView } from '../jobs/port.ts';
import type { Core } from './core.ts';

/** What the dialects need of the server between them. */
export type DialectParts = Omit<ToileDependencies, 'engines'> &
  Pick<Core, 'jobs' | 'requests' | 'answers' | 'accounts' | 'pinning' | 'engineCatalog'>;
type Settings = Pick<
  Config,
  'rates' | 'accountConcurrency' | 'accountQueue' | 'prices' | 'waitSeconds'
>;

/** Every wire API that this server speaks; a new one is a line here. */
export function createDialects(parts: DialectParts, settings: Settings): readonly Dialect[] {
  const { jobs, ledger, roster, requests, answers, accounts, pinning } = parts;
  const { rates, accountConcurrency, accountQueue, prices, waitSeconds } = settings;
  return [
    createToileDialect(
      { ...parts, engines: parts.engineCatalog },
      { mostUnfinished: accountQueue, prices: prices.toile },
    ),
    createFashnDialect({
      jobs,
      ledger,
      roster,
      settings: { limits: rates, concurrency: accountConcurrency, prices: prices.fashn },
    }),
    createVistoureDialect({ jobs, ledger, requests, settings: { prices: prices.vistoure } }),
    createAutotoonDialect({
      jobs,
      ledger,
      roster,
      answers,
      keys: accounts,
      pinning,
      settings: { prices: prices.autotoon, waitSeconds },
    }),
    createSelfieDialect({ jobs, answers, settings: { prices: prices.selfie, waitSeconds } }),
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

/** The name in `rates` that no dialect has a limit by, told with those there are; null when all are known. A misspelt limit would be none. */
export function unknownRate(
  dialects: readonly Dialect[],
  rates: Config['dialectRates'],
): string | null {
  const known = new Set(
    dialects.flatMap(({ name, endpoints }) =>
      endpoints.map((endpoint) => `${name}.${endpoint.bucket ?? endpoint.name}`),
    ),
  );
  const unknown = [...rates.keys()].find((name) => !known.has(name));
  return unknown === undefined
    ? null
    : `TOILE_RATES names ${unknown}, and there is no such limit; there are ${[...known].join(', ')}.`;
}
