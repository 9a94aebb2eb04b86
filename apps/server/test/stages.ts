import type { EngineJob, EngineOutput } from '../src/engines/engine.ts';
import { type Result, succeed } from '../src/failures/failure.ts';
import type { ModerationDecision, Stages } from '../src/jobs/stages.ts';

const allowed: ModerationDecision = {
  level: 'none',
  verdict: 'not-checked',
  reason: null,
  findings: [],
};

/** One grey pixel, at once. */
export const pixel: EngineOutput = {
  images: [{ width: 1, height: 1, channels: 3, data: new Uint8Array([128, 128, 128]) }],
  warnings: [],
};

/** Stages around an engine of the test's own. Pictures are not looked at, and `finish` writes the pixels down as they are. */
export function stagesAround(
  engine: (job: EngineJob) => Promise<Result<EngineOutput>> | Result<EngineOutput> = () =>
    succeed(pixel),
  rest: Partial<Stages> = {},
): Stages {
  return {
    intake: () => Promise.resolve(succeed({})),
    moderateInputs: () => Promise.resolve(succeed(allowed)),
    moderateOutputs: () => Promise.resolve(succeed(allowed)),
    route: async (job) => {
      const result = await engine(job);
      const failure = result.ok ? null : result.failure;
      return {
        runs: [{ engine: 'test', version: '1', milliseconds: 0, failure }],
        result,
        fallbackUsed: false,
      };
    },
    finish: (image) =>
      Promise.resolve({
        bytes: Uint8Array.from(image.data),
        mime: 'image/png',
        extension: 'png',
        width: image.width,
        height: image.height,
      }),
    ...rest,
  };
}
