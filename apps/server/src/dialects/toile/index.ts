import { bearerToken } from '../bearer-token.ts';
import type { Dialect } from '../dialect.ts';
import { accountEndpoints } from './account.ts';
import { catalogEndpoints } from './catalog.ts';
import { contract } from './contracts.ts';
import { rateHeaders } from './headers.ts';
import { jobEndpoints } from './jobs.ts';
import { keyEndpoints } from './keys.ts';
import { modelEndpoints } from './models.ts';
import type { ToileDependencies } from './ports.ts';
import { preflightEndpoints } from './preflights.ts';
import { renderProblem } from './problems.ts';
import { renderJob } from './render.ts';
import { defaultToileSettings } from './settings.ts';
import type { ToileSettings } from './settings.ts';
import { uploadEndpoints } from './uploads.ts';

export type { EngineCatalog, ToileDependencies } from './ports.ts';
export type { ToileSettings } from './settings.ts';

/** Our own API. See docs/decisions/0010. */
export function createToileDialect(
  dependencies: ToileDependencies,
  settings: Partial<ToileSettings> = {},
): Dialect {
  const all = { ...defaultToileSettings, ...settings };
  return {
    name: 'toile',
    prefixes: ['/toile/v1/', '/toile/'],
    endpoints: [
      ...catalogEndpoints(dependencies, all),
      ...jobEndpoints(dependencies, all),
      ...preflightEndpoints(dependencies, all),
      ...uploadEndpoints(dependencies, all),
      ...modelEndpoints(dependencies, all),
      ...accountEndpoints(dependencies, all),
      ...keyEndpoints(dependencies, all),
    ],
    secretOf: (headers) => bearerToken(headers.authorization),
    takesTokens: true,
    renderProblem,
    renderStatus: renderJob,
    rateHeaders,
    contract,
  };
}
