import type { Problem, ProblemCode } from '@toile/atelier';
import type { Failure, FailureCode } from '../../failures/failure.ts';

const failureCodes = {
  'pose-not-found': 'pose-not-found',
  'garment-not-found': 'garment-not-found',
  'subject-not-found': 'input-unreadable',
  unsupported: 'unsupported',
  canceled: 'engine-failed',
} satisfies Record<ProblemCode, FailureCode>;

/** What atelier can not do, as all engines say it. */
export const toFailure = ({ code, message }: Problem): Failure => ({
  code: failureCodes[code],
  message,
  retry: code === 'unsupported' ? 'elsewhere' : code === 'canceled' ? 'later' : 'never',
});
