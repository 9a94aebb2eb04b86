import type { Dialect } from '../dialect.ts';
import { contract } from './contract.ts';
import { renderProblem } from './errors.ts';
import { renderStatus } from './render.ts';
import { createEndpoints } from './routes.ts';
import type { FashnDependencies } from './routes.ts';
import { bearerToken } from '../bearer-token.ts';

export type { FashnSettings } from './settings.ts';
export type { FashnDependencies, LedgerReader } from './routes.ts';

/** FASHN's wire API. See docs/decisions/0006 for the choices where its contract leaves room. */
export function createFashnDialect(dependencies: FashnDependencies): Dialect {
  return {
    name: 'fashn',
    prefixes: ['/v1/'],
    contract,
    endpoints: createEndpoints(dependencies),
    secretOf: (headers) => bearerToken(headers.authorization),
    renderProblem,
    renderStatus: (job) => renderStatus(job, new Date()),
  };
}
