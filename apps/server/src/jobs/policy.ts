import type { Failure } from '../failures/failure.ts';
import type { Delivery } from './port.ts';

/** What is promised about time. Seconds, so that tests can be impatient with fractions. */
export interface JobPolicy {
  /** From submission to the latest moment at which a job may still succeed. */
  readonly timeLimitSeconds: number;
  /** A worker silent for this long is taken for dead. */
  readonly leaseSeconds: number;
  /** How often leases are renewed and lost jobs looked for; a few fit into a lease. */
  readonly heartbeatSeconds: number;
  /** How often an idle worker looks for jobs that nothing woke it for. */
  readonly pollSeconds: number;
  /** Attempts that may fail or get lost before the job does. */
  readonly mostTries: number;
  /** First pause before a retry; it grows fourfold. */
  readonly retrySeconds: number;
  /** How long an aborted engine is waited for before its slot is given away. */
  readonly graceSeconds: number;
}

/** Lease and heartbeat together keep "taken up again within 30 s" with a margin for a slow database. */
export const defaultPolicy: JobPolicy = {
  timeLimitSeconds: 600,
  leaseSeconds: 15,
  heartbeatSeconds: 4,
  pollSeconds: 1,
  mostTries: 3,
  retrySeconds: 1,
  graceSeconds: 5,
};

/** How long outputs are kept after completion. */
const retentionSeconds = { address: 72 * 3600, base64: 3600 } as const satisfies Record<
  Delivery,
  number
>;

export const retentionEnd = (delivery: Delivery, now = Date.now()): Date =>
  new Date(now + retentionSeconds[delivery] * 1000);

/**
 * Seconds to wait before trying again, or null when the failure stands: because the advice is `never`, the tries are used up,
 * or the pause would outlast the deadline.
 *
 * @param tries attempts that have failed before this one
 */
export function retryDelay(
  failure: Failure,
  tries: number,
  secondsLeft: number,
  policy: JobPolicy,
): number | null {
  if (failure.retry === 'never' || tries + 1 >= policy.mostTries) return null;
  const delay = policy.retrySeconds * 4 ** tries;
  return delay < secondsLeft ? delay : null;
}

export const failures = {
  deadlinePassed: {
    code: 'deadline-passed',
    message:
      'The job was not finished within its time limit. The server may be busy: send it again later.',
    retry: 'never',
  },
  workerLost: {
    code: 'engine-failed',
    message:
      'The worker stopped several times while it ran this job. Send it again, or with other or smaller pictures.',
    retry: 'never',
  },
  fault: {
    code: 'engine-failed',
    message: 'The server could not finish this job because of a fault of its own.',
    retry: 'later',
  },
} as const satisfies Record<string, Failure>;
