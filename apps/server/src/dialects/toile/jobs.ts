import type { JobView, SubmitOutcome } from '../../jobs/port.ts';
import type { DialectRequest, Endpoint, Principal, Reply } from '../dialect.ts';
import { isRecord } from '../read-body.ts';
import {
  batchContract,
  cancelContract,
  eventsContract,
  findJobContract,
  listJobsContract,
  quoteContract,
} from './contracts.ts';
import { eventStream } from './events.ts';
import { deadlineOf, preferredWait, waitApplied } from './headers.ts';
import { createOnce, keyReused, replayed, submissionGuard } from './idempotent.ts';
import { knownPictures, parseJob } from './parse-job.ts';
import type { ParsedJob } from './parse-job.ts';
import type { ToileDependencies } from './ports.ts';
import { inCredits, priceOf } from './price.ts';
import { notFound, problem } from './problems.ts';
import { noObject, readValue, refused } from './read-json.ts';
import type { Read } from './read-json.ts';
import { hasEnded, renderJob } from './render.ts';
import type { ToileSettings } from './settings.ts';
import { listQuerySchema, mostInBatch, webhookUrlSchema } from './wire/requests.ts';

/** As long as an engine usually needs to let go. */
const cancelWaitMs = 1500;

/** The jobs of a request: one, or those of a batch. */
interface ParsedSubmission {
  readonly isBatch: boolean;
  readonly jobs: readonly ParsedJob[];
  readonly webhookUrl: string | null;
}

export function jobEndpoints(dependencies: ToileDependencies, settings: ToileSettings): Endpoint[] {
  const { jobs, replies, expectations, engines, ledger, pinning } = dependencies;
  const { limits, prices } = settings;
  const once = createOnce(replies);

  /** A token's own jobs, or all of the account's; others do not exist. */
  const find = async (principal: Principal, jobId: string): Promise<JobView | null> => {
    const job = await jobs.find(principal.accountId, 'toile', jobId);
    return job !== null && maySee(principal, job) ? job : null;
  };

  const parse = async (request: DialectRequest): Promise<Read<ParsedSubmission>> => {
    const { body, principal } = request;
    const json = body?.json;
    if (body === null || !isRecord(json)) return refused(noObject(json));
    const { webhookUrl: _, ...single } = json;
    const url = readValue(
      json['webhookUrl'] ?? undefined,
      webhookUrlSchema.optional(),
      'webhookUrl',
    );
    if (!url.ok) return url;
    const webhookUrl = url.value ?? null;
    const isBatch = 'jobs' in json;
    const list = isBatch ? json['jobs'] : [single];
    if (!Array.isArray(list) || list.length === 0 || list.length > mostInBatch) {
      return refused(
        problem('invalid-request', `jobs must be a list of 1 to ${mostInBatch} job requests.`),
      );
    }
    const known = await knownPictures(list, { ...principal }, dependencies);
    const parsed: ParsedJob[] = [];
    for (const [index, each] of (list as unknown[]).entries()) {
      const job = parseJob(each, body.pictures, known, isBatch ? `jobs.${index}` : '');
      if (!job.ok) return job;
      parsed.push(job.value);
    }
    const namesModel = parsed.some(({ draft }) => draft.aiModel !== undefined);
    if (namesModel && (await pinning.isPinned(principal.accountId))) {
      return { ok: true, value: { isBatch, jobs: parsed.map(pinned), webhookUrl } };
    }
    return { ok: true, value: { isBatch, jobs: parsed, webhookUrl } };
  };

  const submit = async (request: DialectRequest): Promise<Reply> => {
    const { principal } = request;
    const guard = submissionGuard(request);
    if (!guard.ok) return guard.reply;
    const deadline = deadlineOf(request.headers);
    if (!deadline.ok) return deadline.reply;
    const parsed = await parse(request);
    if (!parsed.ok) return parsed.reply;
    const { isBatch, webhookUrl } = parsed.value;
    const shared = {
      accountId: principal.accountId,
      keyId: principal.keyId,
      dialect: 'toile',
      webhookUrl,
      deadlineSeconds: deadline.value,
      concurrencyLimit: settings.mostUnfinished,
      repeat: guard.value,
    };
    const drafts = parsed.value.jobs.map(({ draft, inline, outputFormat }) => ({
      operation: draft.capability,
      request: draft,
      price: priceOf(draft, prices),
      delivery: 'address' as const,
      outputFormat,
      ...optional(inline.stagerFor(draft)),
    }));
    const [first] = drafts;
    if (isBatch || first === undefined) {
      const outcome = await jobs.submitBatch({ ...shared, jobs: drafts });
      if (outcome.kind !== 'accepted') return refusalOf(outcome);
      return accepted(request, outcome.jobIds, outcome.repeated, outcome.batchId);
    }
    const outcome = await jobs.submit({ ...shared, ...first });
    if (outcome.kind !== 'accepted') return refusalOf(outcome);
    return accepted(request, [outcome.jobId], outcome.repeated, null);
  };

  /** 202 with the jobs as they are, or 200 when all have ended within the time that the client would wait. */
  const accepted = async (
    request: DialectRequest,
    jobIds: readonly string[],
    repeated: boolean,
    batchId: string | null,
  ): Promise<Reply> => {
    const { accountId } = request.principal;
    const wait = preferredWait(request.headers);
    const timeoutMs = (wait ?? 0) * 1000;
    const signal = wait === null ? undefined : request.signal;
    const waitFor = (jobId: string): Promise<JobView | null> =>
      jobs.waitFor(accountId, 'toile', jobId, { timeoutMs, signal });
    if (batchId !== null && wait !== null) await Promise.all(jobIds.map(waitFor));
    const found =
      batchId === null
        ? (await Promise.all(jobIds.map(waitFor))).filter((view) => view !== null)
        : await batchOf(accountId, batchId);
    const [only] = found;
    if (only === undefined) return problem('not-found', 'The outputs are kept no longer.');
    return {
      status: found.every(hasEnded) ? 200 : 202,
      headers: {
        ...(batchId === null && { location: `/toile/v1/jobs/${only.id}` }),
        ...(wait !== null && waitApplied(wait)),
        ...(repeated && replayed),
      },
      body: batchId === null ? renderJob(only) : { batchId, jobs: found.map(renderJob) },
    };
  };

  /** In the order in which they were sent. */
  const batchOf = async (accountId: string, batchId: string): Promise<readonly JobView[]> => {
    const filter = { accountId, dialect: 'toile', batchId, limit: mostInBatch };
    return (await jobs.list(filter)).toReversed();
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
      async handle({ principal, parameters, headers }) {
        const job = await find(principal, parameters['id'] ?? '');
        return job === null ? notFound('job') : eventStream(jobs, principal, job, headers);
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

/** As the account wishes for all its jobs. */
const pinned = (job: ParsedJob): ParsedJob =>
  job.draft.aiModel === undefined ? job : { ...job, draft: { ...job.draft, aiModelOnly: true } };

const maySee = (principal: Principal, job: JobView): boolean =>
  principal.token !== true || job.keyId === principal.keyId;

const optional = <Stager>(stageInputs: Stager | undefined) =>
  stageInputs === undefined ? {} : { stageInputs };

function refusalOf(outcome: Exclude<SubmitOutcome, { readonly kind: 'accepted' }>): Reply {
  switch (outcome.kind) {
    case 'out-of-credits': {
      const required = inCredits(outcome.required);
      const available = inCredits(outcome.available);
      return problem(
        'out-of-credits',
        `This costs ${required} credits and ${available} are left.`,
        { available, required },
      );
    }
    case 'too-many-running':
      return problem(
        'too-many-jobs',
        `An account may have ${outcome.limit} jobs that have not ended; wait for some to end.`,
        { retryAfter: 5 },
      );
    case 'repeat-mismatch':
      return keyReused();
  }
}
