import { apiKeyOf } from '../api-key.ts';
import type { Dialect, RateState } from '../dialect.ts';
import { contract } from './contract.ts';
import { renderProblem } from './errors.ts';
import { renderJob, renderVideo } from './render.ts';
import { createEndpoints } from './routes.ts';
import type { AutotoonDependencies } from './routes.ts';
import { defaultAutotoonSettings } from './settings.ts';

export type { AutotoonSettings } from './settings.ts';

/** Auto Toon's fashion editorial API. See docs/decisions/0021 for the choices where its pages leave room. */
export function createAutotoonDialect(dependencies: AutotoonDependencies): Dialect {
  const { limit } = { ...defaultAutotoonSettings, ...dependencies.settings };
  return {
    name: 'autotoon',
    prefixes: ['/api/'],
    contract,
    endpoints: createEndpoints(dependencies),
    secretOf: (headers) => apiKeyOf(headers),
    renderProblem,
    renderStatus: (job) => (job.operation === 'video' ? renderVideo(job) : renderJob(job)),
    rateHeaders: (rate) => rateHeaders(rate, limit),
  };
}

/** On every answer; where nobody was counted, what a key begins with. */
function rateHeaders(
  rate: RateState | null,
  usual: RateState['limit'] | null,
): Record<string, string> {
  const limit = rate?.limit ?? usual;
  if (limit === null) return {};
  const resetMs = rate?.resetMs ?? limit.seconds * 1000;
  return {
    'x-ratelimit-limit': String(limit.requests),
    'x-ratelimit-remaining': String(rate?.remaining ?? limit.requests),
    'x-ratelimit-reset': String(Math.ceil((Date.now() + resetMs) / 1000)),
  };
}
