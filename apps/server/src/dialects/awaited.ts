import { hash } from 'node:crypto';
import type {
  Answers,
  Jobs,
  JobView,
  RepeatGuard,
  SubmitJob,
  SubmitOutcome,
} from '../jobs/port.ts';
import type { DialectRequest, Reply } from './dialect.ts';
import type { InlinePictures } from './inline-pictures.ts';
import { contentHashOf } from './repeat.ts';

/** What synchronous calls need: a job that is waited for, and a word on whether its answer arrived. */
export interface AwaitedDependencies {
  readonly jobs: Pick<Jobs, 'submit' | 'waitFor'>;
  readonly answers: Answers;
  /** How long a call waits for its job. */
  readonly waitMs: number;
}

export type AwaitedOutcome =
  /** The job has ended, or has not within the time: `job.state` says which. `reply` must be given what the client is told. */
  | {
      readonly kind: 'waited';
      readonly job: JobView;
      reply(answer: Reply): Promise<Reply>;
      /** For calls that do not wait for the end, in place of `reply`. */
      acknowledge(answer: Reply): Reply;
      /** Whether the job has ended and an earlier call was told of it: this one asks for another. */
      isOver(): Promise<boolean>;
    }
  /** Retention ended while the call waited, which only a stopped clock can bring about. */
  | { readonly kind: 'forgotten'; readonly jobId: string }
  | Exclude<SubmitOutcome, { readonly kind: 'accepted' }>;

/** For so long after an answer that did not arrive, an equal call gets it in place of a new job. */
const joinSeconds = 10 * 60;
/** The longest that a job may take, and the time in which its answer can be had after it. */
const guardSeconds = 2 * joinSeconds;

/**
 * Submits a job and waits until it has ended. Equal calls (same key, address and body) join the job while it is unfinished and
 * for ten minutes after an answer that timed out or did not arrive; after one that did arrive, an equal call is a new job. A call
 * with an `Idempotency-Key` has the same job for a day.
 *
 * @param named the guard of the request's `Idempotency-Key`, or null
 * @param inline the pictures of the request; forgotten once they are stored, unless there is nothing to wait for
 */
export async function submitAndWait(
  { jobs, answers, waitMs }: AwaitedDependencies,
  request: DialectRequest,
  named: RepeatGuard | null,
  submission: Omit<SubmitJob, 'repeat' | 'accountId' | 'keyId'>,
  inline: Pick<InlinePictures, 'drop'>,
): Promise<AwaitedOutcome> {
  const { accountId, keyId } = request.principal;
  const { signal } = request;
  const repeat = named ?? joinGuard(contentHashOf(request));
  const outcome = await jobs.submit({ ...submission, accountId, keyId, repeat });
  // They are stored, or will not be: nobody's pictures stay in memory for as long as somebody waits.
  if (waitMs > 0) {
    inline.drop();
    request.releaseBody();
  }
  if (outcome.kind !== 'accepted') return outcome;
  const { jobId } = outcome;
  const job = await jobs.waitFor(accountId, submission.dialect, jobId, {
    timeoutMs: waitMs,
    signal,
  });
  if (job === null) return { kind: 'forgotten', jobId };
  const call = { keyId, fingerprint: repeat.fingerprint, jobId, windowSeconds: guardSeconds };
  return {
    kind: 'waited',
    job,
    isOver: async () => named === null && hasEnded(job) && (await answers.wasTold(call)),
    acknowledge: (answer) =>
      named === null
        ? {
            ...answer,
            onSent(whole) {
              const told = whole ? answers.told(call) : answers.lost(call, joinSeconds);
              // Should it fail, an equal call gets this job once more.
              told.catch(() => undefined);
            },
          }
        : answer,
    async reply(answer) {
      if (named !== null) return answer;
      if (!hasEnded(job)) {
        await answers.missed(call, joinSeconds);
        return answer;
      }
      await answers.given(call);
      return {
        ...answer,
        onSent(whole) {
          // Should it fail, the client that comes back starts a new job; nothing else is lost.
          if (!whole) answers.lost(call, joinSeconds).catch(() => undefined);
        },
      };
    },
  };
}

const hasEnded = ({ state }: JobView): boolean =>
  state.status !== 'queued' && state.status !== 'running';

function joinGuard(contentHash: string): RepeatGuard {
  return {
    fingerprint: hash('sha256', `awaited ${contentHash}`, 'hex'),
    mayRepeat: true,
    windowSeconds: guardSeconds,
    contentHash,
  };
}
