import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../failures/failure.ts';
import type { JobState, JobView } from '../../jobs/port.ts';
import { runtimeErrorName } from './errors.ts';
import { hasEnded, renderStatus } from './render.ts';

const createdAt = new Date('2026-11-21T08:00:00Z');
const later = (milliseconds: number): Date => new Date(createdAt.getTime() + milliseconds);
const jobIn = (state: JobState): JobView => ({
  id: 'b3c1',
  dialect: 'fashn',
  operation: 'edit',
  keyId: 'k1',
  batchId: null,
  createdAt,
  endedAt: null,
  expiresAt: null,
  fallbackUsed: false,
  charged: 0,
  price: 1000,
  warnings: [],
  state,
});

describe('the status of a prediction', () => {
  it.each([
    ['product-to-model', 'Error loading product image: Invalid URL format'],
    ['tryon-max', 'Error loading product image: Invalid URL format'],
    ['tryon-v1.6', 'Error loading garment image: Invalid URL format'],
  ])('names the garment of %s as its caller sent it', (operation, message) => {
    const failure = {
      code: 'input-unreachable',
      message: 'Error loading garment image: Invalid URL format',
      retry: 'never',
    } as const;
    const job = { ...jobIn({ status: 'failed', failure }), operation };
    expect(renderStatus(job, later(900))).toMatchObject({ error: { message } });
  });

  it.each<[JobState, number, object]>([
    [{ status: 'queued' }, 20, { status: 'starting', output: null, error: null }],
    [{ status: 'queued' }, 500, { status: 'in_queue', output: null, error: null }],
    [
      { status: 'running', progress: 0.5 },
      500,
      { status: 'processing', output: null, error: null },
    ],
    [
      {
        status: 'succeeded',
        outputs: [
          {
            kind: 'address',
            address: 'https://x/a/output_0.png',
            mime: 'image/png',
            width: 1,
            height: 1,
            bytes: 1,
          },
        ],
      },
      900,
      { status: 'completed', output: ['https://x/a/output_0.png'], error: null },
    ],
    [
      { status: 'succeeded', outputs: [{ kind: 'base64', dataUri: 'data:image/png;base64,AA' }] },
      900,
      { status: 'completed', output: ['data:image/png;base64,AA'], error: null },
    ],
    [
      {
        status: 'failed',
        failure: { code: 'pose-not-found', message: 'No person in model image.', retry: 'never' },
      },
      900,
      { status: 'failed', error: { name: 'PoseError', message: 'No person in model image.' } },
    ],
    [
      { status: 'canceled' },
      900,
      {
        status: 'failed',
        error: { name: 'PipelineError', message: 'The prediction was canceled.' },
      },
    ],
  ])('of a job that is %j is told after %i ms', (state, age, expected) => {
    expect(renderStatus(jobIn(state), later(age))).toEqual({ id: 'b3c1', ...expected });
    expect(hasEnded(jobIn(state))).toBe(!['queued', 'running'].includes(state.status));
  });

  it('knows a documented error name for every failure', () => {
    const documented = [
      'ImageLoadError',
      'ContentModerationError',
      'PoseError',
      'InputValidationError',
      'PipelineError',
      'ThirdPartyError',
    ];
    for (const code of failureCodes) expect(documented).toContain(runtimeErrorName[code]);
  });
});
