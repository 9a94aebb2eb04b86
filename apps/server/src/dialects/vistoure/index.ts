import { apiKeyOf } from '../api-key.ts';
import { bearerToken } from '../bearer-token.ts';
import type { Dialect } from '../dialect.ts';
import { contract } from './contract.ts';
import { renderProblem } from './errors.ts';
import { renderRun } from './render.ts';
import { createEndpoints } from './routes.ts';
import type { VistoureDependencies } from './routes.ts';
import { readOperation } from './run-id.ts';

export { defaultVistoureSettings } from './settings.ts';
export type { VistoureSettings } from './settings.ts';

/** VistoureAI's v2 API. See docs/decisions/0020 for the choices where its page leaves room. */
export function createVistoureDialect(dependencies: VistoureDependencies): Dialect {
  return {
    name: 'vistoure',
    prefixes: ['/api/v2/'],
    contract,
    endpoints: createEndpoints(dependencies),
    secretOf: (headers) => apiKeyOf(headers) ?? bearerToken(headers.authorization),
    renderProblem,
    renderStatus(job) {
      const operation = readOperation(job.operation);
      if (operation === null) throw new Error(`no tool of VistoureAI's made ${job.operation}`);
      return renderRun(operation.tool, operation.model, job, null);
    },
  };
}
