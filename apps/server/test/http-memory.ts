import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { CapabilityRequest } from '../src/capabilities/index.ts';
import type { Authenticator } from '../src/http/admission.ts';
import { createHttpServer } from '../src/http/server.ts';
import type { HttpServerDependencies } from '../src/http/server.ts';
import { type Departure, watchContracts } from './contract-check.ts';
import { createFashnDialect } from '../src/dialects/fashn/index.ts';
import type { FashnSettings, LedgerReader } from '../src/dialects/fashn/index.ts';
import type { Roster } from '../src/roster/port.ts';
import type { JobState, JobView, Jobs, SubmitJob, SubmitOutcome } from '../src/jobs/port.ts';

/**
 * Jobs in a Map: stands in for the real part where only the wire is looked at. It follows the port's rules on repeats
 * and staging, has no credits and no worker; a test moves jobs on with `set`.
 */
export interface MemoryJobs extends Pick<Jobs, 'submit' | 'find'> {
  readonly submitted: { readonly job: SubmitJob; readonly request: CapabilityRequest }[];
  readonly staged: Map<string, Uint8Array>;
  set(jobId: string, state: JobState): void;
  /** Answers the next submits with this. */
  refuseWith(outcome: SubmitOutcome | null): void;
}

export function createMemoryJobs(initial: JobState = { status: 'queued' }): MemoryJobs {
  const views = new Map<string, { accountId: string; view: JobView }>();
  const latest = new Map<string, { jobId: string; contentHash: string }>();
  const submitted: MemoryJobs['submitted'] = [];
  const staged = new Map<string, Uint8Array>();
  let refusal: SubmitOutcome | null = null;

  return {
    submitted,
    staged,
    set(jobId, state) {
      const known = views.get(jobId);
      if (known === undefined) throw new Error(`no job ${jobId}`);
      const charged = state.status === 'succeeded' ? known.view.price : 0;
      views.set(jobId, { ...known, view: { ...known.view, state, charged } });
    },
    refuseWith(outcome) {
      refusal = outcome;
    },
    async submit(job) {
      if (refusal !== null) return refusal;
      const guard = `${job.keyId} ${job.repeat.fingerprint}`;
      const before = latest.get(guard);
      if (before !== undefined && job.repeat.mayRepeat) {
        return before.contentHash === job.repeat.contentHash
          ? { kind: 'accepted', jobId: before.jobId, repeated: true }
          : { kind: 'repeat-mismatch' };
      }
      const jobId = randomUUID();
      const request =
        (await job.stageInputs?.(async (bytes) => {
          const key = `inputs/${jobId}/${staged.size}`;
          staged.set(key, bytes);
          return { key, bytes: bytes.byteLength };
        })) ?? job.request;
      submitted.push({ job, request });
      latest.set(guard, { jobId, contentHash: job.repeat.contentHash });
      const { accountId, keyId, dialect, operation, price } = job;
      const createdAt = new Date();
      const state = initial;
      const charged = state.status === 'succeeded' ? price : 0;
      const view = {
        id: jobId,
        dialect,
        operation,
        keyId,
        batchId: null,
        createdAt,
        endedAt: null,
        expiresAt: null,
        fallbackUsed: false,
        charged,
        price,
        warnings: [],
        state,
      };
      views.set(jobId, { accountId, view });
      return { kind: 'accepted', jobId, repeated: false };
    },
    async find(accountId, dialect, jobId) {
      const known = views.get(jobId);
      return known?.accountId === accountId && known.view.dialect === dialect ? known.view : null;
    },
  };
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly base: string;
  readonly jobs: MemoryJobs;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** Answers that the OpenAPI document does not describe. */
  readonly departures: readonly Departure[];
}

export interface CallOptions {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the answer is no JSON. */
  readonly json: unknown;
}

export const goodKey = 'tl_good';
export const readOnlyKey = 'tl_read-only';

const keys: Record<string, readonly string[]> = {
  [goodKey]: ['run', 'read'],
  [readOnlyKey]: ['read'],
};
const accounts: Authenticator = {
  authenticate: async (secret) => {
    const scopes = keys[secret];
    return scopes === undefined
      ? null
      : { accountId: 'account-1', keyId: `key of ${secret}`, scopes };
  },
};
const balance = { subscription: 100_500, onDemand: 134_000, held: 6_000 };
/** An account without saved models. */
export const noRoster: Pick<Roster, 'findNamed'> = { findNamed: async () => new Map() };
const ledger: LedgerReader = { balance: async () => balance };
export const noLimits: FashnSettings['limits'] = { run: null, status: null, credits: null };

export interface TestServerOptions {
  readonly fashn?: Partial<FashnSettings>;
  readonly jobs?: MemoryJobs;
  readonly http?: Partial<HttpServerDependencies>;
}

/** A listening server with the FASHN dialect on jobs in memory; without rate limits unless given. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const jobs = options.jobs ?? createMemoryJobs();
  const settings = { limits: noLimits, ...options.fashn };
  const dialects = options.http?.dialects ?? [
    createFashnDialect({ jobs, ledger, roster: noRoster, settings }),
  ];
  const app = createHttpServer({
    accounts,
    dialects,
    health: { check: async () => ({ ready: true, parts: { database: 'ok' } }) },
    logger: { debug() {}, info() {}, error() {} },
    ...options.http,
  });
  const departures = watchContracts(app, dialects);
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    base,
    jobs,
    departures,
    call: (method, path, call) => callServer(base, method, path, call),
  };
}

async function callServer(
  base: string,
  method: string,
  path: string,
  { key = goodKey, body, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: jsonOrNothing(text) };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
