/** Why a job did not succeed. Codes are stable: they are stored with attempts and mapped by every dialect. */
export const failureCodes = [
  'input-unreachable',
  'input-unreadable',
  'pose-not-found',
  'garment-not-found',
  'content-blocked',
  'moderation-unavailable',
  'unsupported',
  'impossible',
  'engine-failed',
  'engine-timeout',
  'deadline-passed',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/**
 * Advice to the retry policy:
 * `never` - the request or a picture is at fault; `later` - the same engine may do it after a pause;
 * `elsewhere` - another engine may do it.
 */
export type RetryAdvice = 'never' | 'later' | 'elsewhere';

/** A failure as a value. `message` is shown to the client: it names the input and the remedy, never an address of ours or a stack. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly retry: RetryAdvice;
}

export type Result<Value, Problem = Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Problem };

export const succeed = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});

export const fail = (
  code: FailureCode,
  message: string,
  retry: RetryAdvice = 'never',
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { code, message, retry },
});
