import type { Job, Problem } from './answers.ts';

/** Whatever this client throws, but for the caller's own abort, which is thrown on as it is. */
export class ToileError extends Error {
  override readonly name: string = 'ToileError';
}

/** The server refused. Decide by `code`: `out-of-credits`, `invalid-request`, `rate-limited`, ... */
export class ProblemError extends ToileError {
  override readonly name: string = 'ProblemError';
  readonly problem: Problem;
  /** For whoever runs the server. */
  readonly requestId: string | null;

  constructor(problem: Problem, requestId: string | null) {
    super(problem.detail);
    this.problem = problem;
    this.requestId = requestId;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The job failed or was canceled; nothing was charged. `code` is that of its failure, or `canceled`. */
export class JobError extends ToileError {
  override readonly name: string = 'JobError';
  readonly job: Job;

  constructor(job: Job) {
    super(job.error?.message ?? 'The job was canceled.');
    this.job = job;
  }

  get code(): string {
    return this.job.error?.code ?? 'canceled';
  }
}

/** No answer came, after all tries. */
export class ConnectionError extends ToileError {
  override readonly name: string = 'ConnectionError';
}

/** The time that the caller would wait is over; the job goes on and can be waited for again. */
export class WaitTimeoutError extends ToileError {
  override readonly name: string = 'WaitTimeoutError';
  readonly jobId: string;

  constructor(jobId: string, milliseconds: number) {
    super(`Job ${jobId} has not ended after ${milliseconds} ms.`);
    this.jobId = jobId;
  }
}
