import { defaultPolicy, type JobPolicy } from '../src/jobs/policy.ts';

/** Everything a test may have to wait for is over within a second or two. */
export const quickPolicy: JobPolicy = {
  ...defaultPolicy,
  leaseSeconds: 0.6,
  heartbeatSeconds: 0.15,
  pollSeconds: 0.05,
  retrySeconds: 0.05,
  graceSeconds: 0.2,
};
