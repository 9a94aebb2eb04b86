/** The life of a job. Stored words; every dialect has its own and maps these with a total function. */
export const jobStatuses = ['queued', 'running', 'succeeded', 'failed', 'canceled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/**
 * Every move a job may make; the database functions make no other. `running` goes back to `queued` for a retry, when its worker
 * died, and when a draining worker hands it back. What has ended stays as it is (law 2).
 */
const moves = {
  queued: ['running', 'canceled'],
  running: ['queued', 'succeeded', 'failed', 'canceled'],
  succeeded: [],
  failed: [],
  canceled: [],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

export const mayMove = (from: JobStatus, to: JobStatus): boolean =>
  moves[from].some((allowed) => allowed === to);

export const hasEnded = (status: JobStatus): boolean => moves[status].length === 0;
