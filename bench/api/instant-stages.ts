import { succeed } from '../../apps/server/src/failures/failure.ts';
import type { ModerationDecision, Stages } from '../../apps/server/src/jobs/stages.ts';

const unchecked: ModerationDecision = {
  level: 'none',
  verdict: 'not-checked',
  reason: null,
  findings: [],
};
const grey = { width: 1, height: 1, channels: 3, data: new Uint8Array([128, 128, 128]) } as const;

/** An engine that answers at once with one grey pixel, and nothing around it. */
export const instantStages: Stages = {
  intake: async () => succeed({}),
  moderateInputs: async () => succeed(unchecked),
  moderateOutputs: async () => succeed(unchecked),
  route: async () => ({
    runs: [{ engine: 'instant', version: '1', milliseconds: 0, failure: null }],
    result: succeed({ images: [grey], warnings: [] }),
    fallbackUsed: false,
  }),
  finish: async ({ data }) => ({
    bytes: data,
    mime: 'image/png',
    extension: 'png',
    width: 1,
    height: 1,
  }),
};
