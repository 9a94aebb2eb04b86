import type { JobView, SubmitOutcome } from '../../jobs/port.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import { isRecord } from '../read-body.ts';
import { deadlineOf, preferredWait, waitApplied } from './headers.ts';
import { keyReused, replayed, submissionGuard } from './idempotent.ts';
import { knownPictures, parseJob } from './parse-job.ts';
import type { ParsedJob } from './parse-job.ts';
import type { ToileDependencies } from './ports.ts';
import { inCredits, priceOf } from './price.ts';
import { problem } from './problems.ts';
import { noObject, readValue, refused } from './read-json.ts';
import type { Read } from './read-json.ts';
import { hasEnded, renderJob } from './render.ts';
import type { ToileSettings } from './settings.ts';
import { mostInBatch, webhookUrlSchema } from './wire/requests.ts';

/** The jobs of a request: one, or those of a batch. */
export interface ParsedSubmission {
  readonly isBatch: boolean;
  readonly jobs: readonly ParsedJob[];
  readonly webhookUrl: string | null;
}

/** Reads jobs out of a body, and takes them in. */
export interface Submissions {
  readonly parse: (request: DialectRequest) => Promise<Read<ParsedSubmission>>;
  readonly submit: (request: DialectRequest) => Promise<Reply>;
}

export function createSubmissions(
  dependencies: ToileDependencies,
  settings: ToileSettings,
): Submissions {
  const { jobs, pinning } = dependencies;
  const { prices } = settings;

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

  return { parse, submit };
}

/** As the account wishes for all its jobs. */
const pinned = (job: ParsedJob): ParsedJob =>
  job.draft.aiModel === undefined ? job : { ...job, draft: { ...job.draft, aiModelOnly: true } };

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
