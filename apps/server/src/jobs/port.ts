import type { CapabilityRequest } from '../capabilities/index.ts';
import type { Failure } from '../failures/failure.ts';

/** Integer thousandths of a credit. 1 credit = 1,000. */
export type MilliCredits = number;

/** How outputs are handed over: stored under a signed address (72 h), or as data URIs (60 min, never given an address). */
export type Delivery = 'address' | 'base64';

export interface SubmitJob {
  readonly accountId: string;
  readonly keyId: string;
  readonly dialect: string;
  /** The dialect's own name of what was asked (FASHN: `model_name`), for its answers and for usage. */
  readonly operation: string;
  readonly request: CapabilityRequest;
  readonly price: MilliCredits;
  /** What is charged at most when another engine serves than the one that the request asks for. */
  readonly fallbackPrice?: MilliCredits | undefined;
  readonly delivery: Delivery;
  readonly outputFormat: 'png' | 'jpeg';
  readonly webhookUrl: string | null;
  /** The caller's own: past it the job is canceled, free of charge. Absent: the server's, past which it fails. */
  readonly deadlineSeconds?: number | undefined;
  /** The most jobs this account may have unfinished at once in this dialect's eyes; null = no limit. */
  readonly concurrencyLimit: number | null;
  readonly repeat: RepeatGuard;
  /**
   * Only for requests with inline pictures. Called at most once, after the repeat guard has found that this is no repetition
   * and while requests with the same fingerprint wait; it hands every inline picture to `stage` and answers with the request whose sources name the keys it got back (`from: 'upload'`).
   * `request` is then only a draft. When the job is not accepted, or staging throws, what was staged is deleted again.
   */
  readonly stageInputs?: (stage: StageInput) => Promise<CapabilityRequest>;
}

/** Stores one inline picture under a new key of this job, which is deleted when the job ends. */
export type StageInput = (
  bytes: Uint8Array,
) => Promise<{ readonly key: string; readonly bytes: number }>;

/**
 * Protects against a client that sends the same request twice.
 * `fingerprint` identifies path and body (or the `Idempotency-Key`) within one API key; every submit leaves its own behind.
 * With `mayRepeat` (an `Idempotency-Key`, or a retry header above 0) the latest accepted job of the last `windowSeconds`
 * with that fingerprint is returned in place of a new one; a request still in flight is waited for.
 */
export interface RepeatGuard {
  readonly fingerprint: string;
  readonly mayRepeat: boolean;
  readonly windowSeconds: number;
  /** Hash of path and body, so that an `Idempotency-Key` used again for another request is found out (`repeat-mismatch`). */
  readonly contentHash: string;
}

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly jobId: string; readonly repeated: boolean }
  | {
      readonly kind: 'out-of-credits';
      readonly available: MilliCredits;
      readonly required: MilliCredits;
    }
  | { readonly kind: 'too-many-running'; readonly limit: number }
  /** The same Idempotency-Key came with a different body. */
  | { readonly kind: 'repeat-mismatch' };

/** Several jobs that are accepted together or not at all. Each then ends, and is charged, by itself. */
export interface SubmitBatch extends Pick<
  SubmitJob,
  | 'accountId'
  | 'keyId'
  | 'dialect'
  | 'webhookUrl'
  | 'deadlineSeconds'
  | 'concurrencyLimit'
  | 'repeat'
> {
  /** 1 to 100. */
  readonly jobs: readonly BatchJob[];
}

export type BatchJob = Pick<
  SubmitJob,
  'operation' | 'request' | 'price' | 'fallbackPrice' | 'delivery' | 'outputFormat' | 'stageInputs'
>;

export type BatchOutcome =
  | {
      readonly kind: 'accepted';
      readonly batchId: string;
      /** In the order of the batch. */
      readonly jobIds: readonly string[];
      readonly repeated: boolean;
    }
  | Exclude<SubmitOutcome, { readonly kind: 'accepted' }>;

/** An output as dialects render it. `address` is absolute, signed once, the same at every poll; base64 outputs have bytes instead. */
export type OutputView =
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly mime: string;
      /** Pixels. */
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
    }
  | { readonly kind: 'base64'; readonly dataUri: string };

export type JobState =
  | { readonly status: 'queued' }
  /** `progress` goes from 0 to 1 and may lag by some seconds. */
  | { readonly status: 'running'; readonly progress: number }
  | { readonly status: 'succeeded'; readonly outputs: readonly OutputView[] }
  | { readonly status: 'failed'; readonly failure: Failure }
  | { readonly status: 'canceled' };

export interface JobView {
  readonly id: string;
  readonly dialect: string;
  readonly operation: string;
  /** The key or token that it was submitted with. */
  readonly keyId: string;
  /** The batch that it came in, if any. */
  readonly batchId: string | null;
  readonly createdAt: Date;
  /** Null until it has ended. */
  readonly endedAt: Date | null;
  /** When the job and its outputs are forgotten; null until it has ended. */
  readonly expiresAt: Date | null;
  /** What was charged; 0 until the job succeeded. */
  readonly charged: MilliCredits;
  readonly price: MilliCredits;
  /** Another engine served than the one that the request asked for. */
  readonly fallbackUsed: boolean;
  readonly warnings: readonly string[];
  readonly state: JobState;
}

export interface WaitOptions {
  /** 0 and more. */
  readonly timeoutMs: number;
  /** Fires when nobody waits any more, as when a client went away. */
  readonly signal?: AbortSignal | undefined;
}

export interface JobFilter {
  readonly accountId: string;
  readonly dialect: string;
  readonly status?: JobState['status'] | undefined;
  readonly operation?: string | undefined;
  readonly batchId?: string | undefined;
  /** Of a token, which sees its own alone. */
  readonly keyId?: string | undefined;
  /** Jobs older than this one. */
  readonly before?: string | undefined;
  /** 1 to 100. */
  readonly limit: number;
}

/** What is new about a job that has not ended. */
export type JobProgress =
  /** Jobs that stand before it. */
  | { readonly kind: 'queued'; readonly position: number }
  | { readonly kind: 'running'; readonly progress: number }
  | { readonly kind: 'ended' };

/** The port that dialects speak to. */
export interface Jobs {
  submit(job: SubmitJob): Promise<SubmitOutcome>;
  /** All or none, in one transaction; a repeated batch answers with the first one's jobs. */
  submitBatch(batch: SubmitBatch): Promise<BatchOutcome>;
  /** Newest first. */
  list(filter: JobFilter): Promise<readonly JobView[]>;
  /** Null when the job does not exist, belongs to another account or another dialect, or its retention has ended. */
  find(accountId: string, dialect: string, jobId: string): Promise<JobView | null>;
  /**
   * The job as soon as it has ended, or as it is when the time is over or `signal` fires: `state` says which.
   * Null as with `find`. Woken by the job's end, in whichever process that happens; costs two look-ups.
   */
  waitFor(
    accountId: string,
    dialect: string,
    jobId: string,
    options: WaitOptions,
  ): Promise<JobView | null>;
  /** A queued job ends at once, a running one as soon as its engine lets go. False when there was nothing to cancel. */
  cancel(accountId: string, jobId: string): Promise<boolean>;
  /** Calls back after a job of this or another process has ended; returns what stops that. For waiting calls and streams. */
  onEnded(jobId: string, listener: () => void): () => void;
  /**
   * Calls back with the place in the queue, the progress and the end of a job, when they change; at once for what happens in
   * this process, within a few seconds for what happens elsewhere. Returns what stops it.
   */
  watch(jobId: string, listener: (news: JobProgress) => void): () => void;
}

export interface Balance {
  readonly subscription: MilliCredits;
  readonly onDemand: MilliCredits;
  readonly held: MilliCredits;
}

/** What jobs were asked with. */
export interface JobRequests {
  /** Null when the job is not this account's, or its request has been forgotten with its outputs. */
  find(accountId: string, jobId: string): Promise<CapabilityRequest | null>;
}

/** A synchronous call and the job that it waits for: equal calls join the job until one of them has had its answer. */
export interface AwaitedJob {
  readonly keyId: string;
  readonly fingerprint: string;
  readonly jobId: string;
  /** As in its repeat guard. */
  readonly windowSeconds: number;
}

/** What became of the answers to synchronous calls. */
export interface Answers {
  /** The client gets its answer now: an equal call from here on is a new one. */
  given(call: AwaitedJob): Promise<void>;
  /** The answer that was given did not get through: an equal call joins the job for so many seconds from now. */
  lost(call: AwaitedJob, joinSeconds: number): Promise<void>;
  /** The client has been told of a job that goes on: equal calls join it until its end, and are new ones after it. */
  told(call: AwaitedJob): Promise<void>;
  /** Whether a client has been told of the job. */
  wasTold(call: AwaitedJob): Promise<boolean>;
  /** The client went before there was an answer. As `lost`, unless an equal call has been given one meanwhile. */
  missed(call: AwaitedJob, joinSeconds: number): Promise<void>;
}

/** An answer that is kept for a request sent again. */
export interface KeptReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: unknown;
}

export interface ReplyGuard {
  readonly keyId: string;
  readonly fingerprint: string;
  readonly contentHash: string;
  readonly windowSeconds: number;
}

/** Has requests that carry an `Idempotency-Key`, and are no submissions, done once. */
export interface Replies {
  /** Only answers below 300 are kept; after others the request may be tried again. */
  once(
    guard: ReplyGuard,
    work: () => Promise<KeptReply>,
  ): Promise<
    | { readonly kind: 'done'; readonly reply: KeptReply; readonly repeated: boolean }
    /** The first one has not been answered yet. */
    | { readonly kind: 'under-way' }
    | { readonly kind: 'mismatch' }
  >;
}

/** What is known beforehand about how long a job will take. */
export interface Expectations {
  /** Seconds of work of one job of this capability, by those that ended lately; null when there were none. */
  workSeconds(capability: string): Promise<number | null>;
  /** Seconds until a free worker can be expected to begin with a job that is sent now. */
  queueSeconds(): Promise<number>;
}
