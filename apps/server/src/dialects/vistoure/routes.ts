import type { Balance, JobRequests, Jobs, MilliCredits, SubmitOutcome } from '../../jobs/port.ts';
import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { contentHashOf, idempotencyGuard } from '../repeat.ts';
import { warningHeaders } from '../warnings.ts';
import { tokensContract, runContract, statusContract } from './contract.ts';
import { apiError } from './errors.ts';
import { parseRun } from './parse-run.ts';
import { renderRun } from './render.ts';
import { jobIdOf, operationOf, readOperation, runIdOf } from './run-id.ts';
import { defaultVistoureSettings } from './settings.ts';
import type { VistoureSettings } from './settings.ts';
import { tools } from './wire.ts';
import type { Tool } from './wire.ts';

export interface VistoureDependencies {
  readonly jobs: Pick<Jobs, 'submit' | 'find'>;
  /** What a job was asked with, for the tool that repeats it. */
  readonly requests: JobRequests;
  readonly ledger: { balance(accountId: string): Promise<Balance> };
  readonly settings?: Partial<VistoureSettings>;
}

const dialect = 'vistoure';
/** When all places are taken, about as long as a quick run needs. */
const concurrencyRetrySeconds = 2;
/** A request without an Idempotency-Key is never taken for another; its guard is only looked at by later ones with a key. */
const unguardedSeconds = 60;

export function createEndpoints({
  jobs,
  requests,
  ledger,
  settings,
}: VistoureDependencies): Endpoint[] {
  const { limits, concurrency, prices } = { ...defaultVistoureSettings, ...settings };
  const toTokens = (amount: MilliCredits): number =>
    Math.floor((amount * prices.tokensPerCredit) / 1000);

  const run =
    (tool: Tool) =>
    async (request: DialectRequest): Promise<Reply> => {
      if (request.body === null) throw new Error('a run came without a body');
      const guard = idempotencyGuard(request);
      if (!guard.ok) return apiError(400, guard.failure);
      const parsed = parseRun(tool, request.body, prices);
      if (!parsed.ok) return apiError(400, parsed.failure);
      const { model, draft, inline, tokens } = parsed.value;
      const stageInputs = inline.stagerFor(draft);
      const contentHash = contentHashOf(request);
      const outcome = await jobs.submit({
        accountId: request.principal.accountId,
        keyId: request.principal.keyId,
        dialect,
        operation: operationOf(tool, model),
        request: draft,
        price: Math.ceil((tokens * 1000) / prices.tokensPerCredit),
        delivery: 'address',
        outputFormat: 'png',
        webhookUrl: null,
        concurrencyLimit: concurrency,
        repeat: guard.value ?? {
          fingerprint: contentHash,
          mayRepeat: false,
          windowSeconds: unguardedSeconds,
          contentHash,
        },
        ...(stageInputs === undefined ? {} : { stageInputs }),
      });
      return renderOutcome(outcome, tool, tokens, toTokens);
    };

  const status =
    (tool: Tool) =>
    async (request: DialectRequest): Promise<Reply> => {
      const { accountId } = request.principal;
      const jobId = jobIdOf(tool, request.parameters['id'] ?? '');
      const job = jobId === null ? null : await jobs.find(accountId, dialect, jobId);
      const operation = job === null ? null : readOperation(job.operation);
      if (job === null || operation?.tool !== tool) {
        return apiError(404, 'No run has this id; it may have expired.');
      }
      const asked = tool === 'tryon' ? await requests.find(accountId, job.id) : null;
      return {
        status: 200,
        headers: warningHeaders(job),
        body: renderRun(tool, operation.model, job, asked),
      };
    };

  const tokens = async (request: DialectRequest): Promise<Reply> => {
    const { subscription, onDemand } = await ledger.balance(request.principal.accountId);
    return { status: 200, body: { tokens: toTokens(subscription + onDemand) } };
  };

  const endpointsOf = (tool: Tool): Endpoint[] => [
    {
      name: `${tool}-run`,
      bucket: 'run',
      method: 'POST',
      path: `${tools[tool].path}/run`,
      limit: limits.run,
      scope: 'run',
      contract: runContract(tool),
      handle: run(tool),
    },
    {
      name: `${tool}-status`,
      bucket: 'status',
      method: 'GET',
      path: `${tools[tool].path}/status/:id`,
      limit: limits.status,
      scope: 'read',
      contract: statusContract(tool),
      handle: status(tool),
    },
  ];

  return [
    ...endpointsOf('tryon'),
    ...endpointsOf('tryonPro'),
    ...endpointsOf('virtualmodel'),
    ...endpointsOf('fabric'),
    ...endpointsOf('sketchtodress'),
    {
      name: 'tokens',
      method: 'GET',
      path: '/api/v2/user/tokens',
      limit: limits.tokens,
      scope: 'read',
      contract: tokensContract,
      handle: tokens,
    },
  ];
}

function renderOutcome(
  outcome: SubmitOutcome,
  tool: Tool,
  tokens: number,
  toTokens: (amount: MilliCredits) => number,
): Reply {
  switch (outcome.kind) {
    case 'accepted':
      return { status: 200, body: { id: runIdOf(tool, outcome.jobId), error: null } };
    case 'out-of-credits':
      return apiError(
        402,
        `This run costs ${tokens} tokens and ${toTokens(outcome.available)} are left.`,
      );
    case 'too-many-running':
      return apiError(429, `${outcome.limit} runs are under way already; wait for one to end.`, {
        'retry-after': String(concurrencyRetrySeconds),
      });
    case 'repeat-mismatch':
      return apiError(409, 'This Idempotency-Key was used before with another request.');
  }
}
