export { createToile } from './client.ts';
export type { ListOptions, SubmitOptions, Toile, ToileOptions } from './client.ts';
export type * from './answers.ts';
export type * from './requests.ts';
export { ConnectionError, JobError, ProblemError, ToileError, WaitTimeoutError } from './errors.ts';
export type { FollowOptions, WaitOptions } from './follow.ts';
export type { UploadOptions } from './uploads.ts';
export { verifyWebhook } from './webhooks.ts';
