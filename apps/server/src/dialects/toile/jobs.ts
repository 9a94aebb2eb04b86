import type { JobView } from '../../jobs/port.ts';
import type { DialectRequest, Endpoint, Principal, Reply } from '../dialect.ts';
import {
  batchContract,
  cancelContract,
  eventsContract,
  findJobContract,
  listJobsContract,
  quoteContract,
} from './contracts.ts';
import { eventStream } from './events.ts';
import { preferredWait, waitApplied } from './headers.ts';
import { createOnce } from './idempotent.ts';
import type { ToileDependencies } from './ports.ts';
import { inCredits, priceOf } from './price.ts';
import { notFound } from './problems.ts';
import { readValue } from './read-json.ts';
import { hasEnded, renderJob } from './render.ts';
import type { ToileSettings } from './settings.ts';
import { createSubmissions } from './submissions.ts';
import { eventsQuerySchema, listQuerySchema } from './wire/requests.ts';

/** As long as an engine usually needs to let go. */
const cancelWaitMs = 1500;

export function jobEndpoints(dependencies: ToileDependencies, settings: ToileSettings): Endpoint[] {
  const { jobs, replies, expectations, engines, ledger } = dependencies;
  const { limits, prices } = settings;
  const once = createOnce(replies);
  const { parse, submit } = createSubmissions(dependencies, settings);

  /** A token's own jobs, or all of the account's; others do not exist. */
  const find = async (principal: Principal, jobId: string): Promise<JobView | null> => {
    const job = await jobs.find(principal.accountId, 'toile', jobId);
    return job !== null && maySee(principal, job) ? job : null;
  };

  const list = async ({ principal, query }: DialectRequest): Promise<Reply> => {
    const read = readValue(Object.fromEntries(query), listQuerySchema);
    if (!read.ok) return read.reply;
    const { limit, cursor, status, capability, batch } = read.value;
    const found = await jobs.list({
      accountId: principal.accountId,
      dialect: 'toile',
      status,
      operation: capability,
      batchId: batch,
      keyId: principal.token ? principal.keyId : undefined,
      before: cursor,
      limit,
    });
    const next = found.length < limit ? null : (found.at(-1)?.id ?? null);
    return { status: 200, body: { jobs: found.map(renderJob), next } };
  };

  const status = async (request: DialectRequest): Promise<Reply> => {
    const { principal, parameters } = request;
    const found = await find(principal, parameters['id'] ?? '');
    if (found === null) return notFound('job');
    const wait = preferredWait(request.headers);
    if (wait === null || hasEnded(found)) return { status: 200, body: renderJob(found) };
    const timeoutMs = wait * 1000;
    const options = { timeoutMs, signal: request.signal };
    const job = await jobs.waitFor(principal.accountId, 'toile', found.id, options);
    return job === null
      ? notFound('job')
      : { status: 200, headers: waitApplied(wait), body: renderJob(job) };
  };

  const cancel = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const { principal, parameters } = request;
      const found = await find(principal, parameters['id'] ?? '');
      if (found === null) return notFound('job');
      if (!hasEnded(found)) await jobs.cancel(principal.accountId, found.id);
      const options = { timeoutMs: cancelWaitMs, signal: request.signal };
      const job = await jobs.waitFor(principal.accountId, 'toile', found.id, options);
      if (job === null) return notFound('job');
      return { status: hasEnded(job) ? 200 : 202, body: renderJob(job) };
    });

  const quote = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const parsed = await parse(request);
      if (!parsed.ok) return parsed.reply;
      const drafts = parsed.value.jobs.map(({ draft }) => draft);
      const price = drafts.reduce((sum, draft) => sum + priceOf(draft, prices), 0);
      const { subscription, onDemand } = await ledger.balance(request.principal.accountId);
      const work = await Promise.all(
        drafts.map(({ capability }) => expectations.workSeconds(capability)),
      );
      const known = work.filter((seconds) => seconds !== null);
      const queue = await expectations.queueSeconds();
      const workSeconds = known.reduce((sum, seconds) => sum + seconds, 0);
      return {
        status: 200,
        body: {
          price: inCredits(price),
          affordable: subscription + onDemand >= price,
          expectedSeconds:
            known.length < work.length ? null : Math.round((queue + workSeconds) * 10) / 10,
          jobs: drafts.map((draft) => {
            const verdict = engines.judge(draft);
            return {
              capability: draft.capability,
              price: inCredits(priceOf(draft, prices)),
              possible: verdict.ok,
              reason: verdict.ok ? null : verdict.failure.message,
            };
          }),
        },
      };
    });

  return [
    {
      name: 'submit',
      bucket: 'jobs',
      method: 'POST',
      path: '/toile/v1/jobs',
      limit: limits.jobs,
      scope: 'run',
      contract: batchContract,
      handle: submit,
    },
    {
      name: 'list',
      bucket: 'read',
      method: 'GET',
      path: '/toile/v1/jobs',
      limit: limits.read,
      scope: 'read',
      contract: listJobsContract,
      handle: list,
    },
    {
      name: 'status',
      bucket: 'read',
      method: 'GET',
      path: '/toile/v1/jobs/:id',
      limit: limits.read,
      scope: 'read',
      contract: findJobContract,
      handle: status,
    },
    {
      name: 'events',
      bucket: 'read',
      method: 'GET',
      path: '/toile/v1/jobs/:id/events',
      limit: limits.read,
      scope: 'read',
      contract: eventsContract,
      async handle({ principal, parameters, headers, query }) {
        const read = readValue(Object.fromEntries(query), eventsQuerySchema);
        if (!read.ok) return read.reply;
        const job = await find(principal, parameters['id'] ?? '');
        return job === null
          ? notFound('job')
          : eventStream(dependencies, principal, job, headers, read.value.previews === 'true');
      },
    },
    {
      name: 'cancel',
      bucket: 'jobs',
      method: 'POST',
      path: '/toile/v1/jobs/:id/cancel',
      limit: limits.jobs,
      scope: 'run',
      bodyKind: 'bytes',
      contract: cancelContract,
      handle: cancel,
    },
    {
      name: 'quote',
      bucket: 'jobs',
      method: 'POST',
      path: '/toile/v1/quotes',
      limit: limits.jobs,
      scope: 'read',
      contract: quoteContract,
      handle: quote,
    },
  ];
}

const maySee = (principal: Principal, job: JobView): boolean =>
  principal.token !== true || job.keyId === principal.keyId;
