import { setTimeout as pause } from 'node:timers/promises';
import type { EngineRun } from '../engines/engine.ts';
import type { Failure, Result } from '../failures/failure.ts';
import { fail, succeed } from '../failures/failure.ts';
import { failures } from './policy.ts';
import type { ClaimedJob } from './rows.ts';
import type { FinishedImage, ModerationDecision, Stages } from './stages.ts';

/** Why an attempt is told to stop before it is done. */
export type StopReason = 'canceled' | 'deadline' | 'draining' | 'lost';

/** What is stored of an attempt, however it ended. */
export interface AttemptRecord {
  engine?: string;
  engineVersion?: string;
  runs: readonly EngineRun[];
  moderation: { inputs?: ModerationDecision; outputs?: ModerationDecision };
  /** Milliseconds by stage. */
  readonly timings: Record<string, number>;
  warnings: readonly string[];
  /** Another engine served than the one that the request asks for. */
  fallbackUsed: boolean;
}

export type AttemptResult =
  | { readonly kind: 'done'; readonly images: readonly FinishedImage[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** A bug or lost infrastructure: shown to the client as a fault of ours, told to the log as it is. */
  | { readonly kind: 'threw'; readonly failure: Failure; readonly cause: unknown }
  | { readonly kind: 'stopped'; readonly reason: StopReason };

export interface AttemptContext {
  readonly stages: Stages;
  readonly job: ClaimedJob;
  /** Aborted with a `StopReason`. */
  readonly signal: AbortSignal;
  readonly graceSeconds: number;
  readonly onProgress: (share: number, stage: string) => void;
}

export const emptyRecord = (): AttemptRecord => ({
  runs: [],
  moderation: {},
  timings: {},
  warnings: [],
  fallbackUsed: false,
});

/**
 * Takes a job from its pictures' addresses to encoded outputs. Touches neither database nor outputs in storage,
 * so that whatever happens in here, and however often, charges nobody.
 *
 * @param record filled in as the attempt goes, so that it tells of a broken one too
 */
export async function runAttempt(
  context: AttemptContext,
  record: AttemptRecord,
): Promise<AttemptResult> {
  const { signal, graceSeconds } = context;
  try {
    const result = await untilStopped(takeStages(context, record), signal, graceSeconds);
    // A stage that was aborted ends with any failure it likes; the reason is ours.
    if (signal.aborted) return stopped(signal);
    if (!result.ok) return { kind: 'failed', failure: result.failure };
    return { kind: 'done', images: result.value };
  } catch (cause) {
    if (signal.aborted) return stopped(signal);
    return { kind: 'threw', failure: failures.fault, cause };
  }
}

async function takeStages(
  { stages, job, signal, onProgress }: AttemptContext,
  record: AttemptRecord,
): Promise<Result<readonly FinishedImage[]>> {
  const { request } = job;
  const timed = stopwatch(record.timings, signal);

  const images = await timed('intake', () => stages.intake(request, job.accountId, signal));
  if (!images.ok) return images;

  const before = await timed('moderate-inputs', () =>
    stages.moderateInputs(request, images.value, signal),
  );
  if (!before.ok) return before;
  record.moderation.inputs = before.value;
  if (before.value.verdict === 'blocked') return blocked(before.value);

  const routed = await timed('engine', () =>
    stages.route({ jobId: job.id, request, images: images.value, signal, onProgress }),
  );
  record.runs = routed.runs;
  record.fallbackUsed = routed.fallbackUsed;
  const last = routed.runs.at(-1);
  if (last) Object.assign(record, { engine: last.engine, engineVersion: last.version });
  if (!routed.result.ok) return routed.result;
  const output = routed.result.value;
  record.warnings = output.warnings;

  const after = await timed('moderate-outputs', () =>
    stages.moderateOutputs(request, output.images, signal),
  );
  if (!after.ok) return after;
  record.moderation.outputs = after.value;
  if (after.value.verdict === 'blocked') return blocked(after.value);

  return timed('finish', async () => {
    const finished: FinishedImage[] = [];
    // One after the other: an encoder uses every core already.
    for (const image of output.images) {
      finished.push(await stages.finish(image, job.outputFormat, signal));
    }
    return succeed(finished);
  });
}

const blocked = (decision: ModerationDecision): Result<never> =>
  fail('content-blocked', decision.reason ?? 'The content was blocked by moderation.');

/** Measures stages, and does not begin one that nobody waits for any more. */
function stopwatch(timings: Record<string, number>, signal: AbortSignal) {
  return async <Value>(stage: string, work: () => Promise<Value>): Promise<Value> => {
    signal.throwIfAborted();
    const start = performance.now();
    try {
      return await work();
    } finally {
      timings[stage] = Math.round(performance.now() - start);
    }
  };
}

function stopped(signal: AbortSignal): AttemptResult {
  const reason: unknown = signal.reason;
  return { kind: 'stopped', reason: isStopReason(reason) ? reason : 'lost' };
}

const stopReasons: readonly unknown[] = ['canceled', 'deadline', 'draining', 'lost'];
const isStopReason = (reason: unknown): reason is StopReason => stopReasons.includes(reason);

/** Waits for the work, but once aborted only for the grace: an engine that does not listen must not keep its slot. */
async function untilStopped<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  graceSeconds: number,
): Promise<Value> {
  const over = new AbortController();
  const giveUp = async (): Promise<never> => {
    if (!signal.aborted) {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true, signal: over.signal });
      });
    }
    await pause(graceSeconds * 1000, undefined, { signal: over.signal });
    throw new Error('the stage did not stop when told to');
  };
  try {
    return await Promise.race([work, giveUp()]);
  } finally {
    over.abort();
    // Whoever lost the race may still reject, and nobody listens any more.
    work.catch(() => undefined);
  }
}
