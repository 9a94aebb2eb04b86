import type { Jobs } from '../../jobs/port.ts';
import type { Roster } from '../../roster/port.ts';
import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { createCalls } from './calls.ts';
import type { CallDependencies } from './calls.ts';
import { contracts } from './contract.ts';
import { inCredits } from './credits.ts';
import { createJobCalls } from './jobs.ts';
import { createKeyCalls } from './keys.ts';
import type { Keys } from './keys.ts';
import { createModelCalls } from './models.ts';
import { defaultAutotoonSettings } from './settings.ts';
import type { AutotoonSettings } from './settings.ts';

export interface AutotoonDependencies extends Omit<
  CallDependencies,
  'settings' | 'jobs' | 'roster'
> {
  readonly jobs: Pick<Jobs, 'submit' | 'waitFor' | 'find' | 'list'>;
  readonly roster: Roster;
  readonly keys: Keys;
  readonly settings?: Partial<AutotoonSettings>;
}

const editorial = '/api/fashion-editorial';

export function createEndpoints(dependencies: AutotoonDependencies): Endpoint[] {
  const settings = { ...defaultAutotoonSettings, ...dependencies.settings };
  const { jobs, roster, keys, ledger } = dependencies;
  const calls = createCalls({ ...dependencies, settings });
  const asked = createJobCalls(jobs);
  const models = createModelCalls(roster);
  const keyCalls = createKeyCalls(keys);

  const balance = async ({ principal }: DialectRequest): Promise<Reply> => {
    const { subscription, onDemand } = await ledger.balance(principal.accountId);
    return { status: 200, body: { balance: inCredits(subscription + onDemand) } };
  };

  /** Auto Toon counts all requests of a key together. */
  const endpoint = (
    method: Endpoint['method'],
    path: string,
    name: keyof typeof contracts,
    scope: Endpoint['scope'],
    handle: Endpoint['handle'],
  ): Endpoint => ({
    name,
    bucket: 'requests',
    method,
    path,
    limit: settings.limit,
    scope,
    contract: contracts[name],
    handle,
  });

  return [
    endpoint('POST', `${editorial}/generate`, 'generate', 'run', calls.generate),
    endpoint('POST', `${editorial}/variations`, 'variations', 'run', calls.variations),
    endpoint('POST', `${editorial}/relight`, 'relight', 'run', calls.relight),
    endpoint('POST', `${editorial}/upscale`, 'upscale', 'run', calls.upscale),
    endpoint('POST', `${editorial}/video/generate`, 'video', 'run', calls.video),
    endpoint('GET', `${editorial}/video/status/:id`, 'videoStatus', 'read', asked.video),
    endpoint('GET', `${editorial}/videos`, 'videos', 'read', asked.videos),
    endpoint('GET', '/api/fashion-model/list', 'models', 'read', models.list),
    endpoint('POST', '/api/fashion-model', 'newModel', 'run', models.create),
    endpoint('DELETE', '/api/fashion-model/:id', 'removeModel', 'run', models.remove),
    endpoint('GET', '/api/credits/balance', 'balance', 'read', balance),
    endpoint('GET', '/api/jobs/:id', 'job', 'read', asked.job),
    endpoint('GET', '/api/keys', 'keys', 'admin', keyCalls.list),
    endpoint('POST', '/api/keys', 'newKey', 'admin', keyCalls.create),
    endpoint('DELETE', '/api/keys/:id', 'revokeKey', 'admin', keyCalls.revoke),
  ];
}
