import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '../failures/failure.ts';
import type { Engine, EngineJob, EngineOutput } from './engine.ts';
import { createRouter } from './router.ts';

const job: EngineJob = {
  jobId: 'a job',
  request: {
    capability: 'background-remove',
    images: { image: { from: 'sample', name: 'person' } },
    seed: 1,
    count: 1,
    moderation: 'none',
  },
  images: {},
  signal: new AbortController().signal,
  onProgress: () => undefined,
};
const output: EngineOutput = { images: [], warnings: [] };

function engine(name: string, run: Result<EngineOutput>, rest: Partial<Engine> = {}): Engine {
  return {
    name,
    version: '1',
    capabilities: ['background-remove'],
    accepts: () => succeed(null),
    run: () => Promise.resolve(run),
    close: () => Promise.resolve(),
    ...rest,
  };
}

describe('the engine router', () => {
  it('prefers engines in their configured order', async () => {
    const router = createRouter([
      engine('first', succeed(output)),
      engine('second', succeed(output)),
    ]);
    const { runs, result } = await router.route(job);
    expect(result).toEqual(succeed(output));
    expect(runs.map((run) => run.engine)).toEqual(['first']);
  });

  it('goes on where a failure advises elsewhere, and tells of both runs', async () => {
    const router = createRouter([
      engine('first', fail('engine-failed', 'too hard', 'elsewhere')),
      engine('second', succeed(output)),
    ]);
    const { runs, result } = await router.route(job);
    expect(result.ok).toBe(true);
    expect(runs).toMatchObject([
      { engine: 'first', failure: { message: 'too hard' } },
      { engine: 'second', failure: null },
    ]);
  });

  it('stays with a failure that advises a pause, which the worker gives it', async () => {
    const router = createRouter([
      engine('first', fail('engine-failed', 'busy', 'later')),
      engine('second', succeed(output)),
    ]);
    expect(await router.route(job)).toMatchObject({ result: { failure: { retry: 'later' } } });
  });

  it('does not ask for a retry when every engine has passed the job on', async () => {
    const router = createRouter([engine('only', fail('engine-failed', 'too hard', 'elsewhere'))]);
    expect(await router.route(job)).toMatchObject({
      result: { failure: { message: 'too hard', retry: 'never' } },
    });
  });

  it('lets an engine that serves the model asked for go first', async () => {
    const router = createRouter([
      engine('first', succeed(output)),
      engine('second', succeed(output), { aiModels: ['a-model'] }),
    ]);
    const { runs } = await router.route({
      ...job,
      request: { ...job.request, aiModel: 'a-model' },
    });
    expect(runs.map((run) => run.engine)).toEqual(['second']);
  });

  it('refuses a model that no engine serves where no other may step in', async () => {
    const router = createRouter([engine('first', succeed(output))]);
    const request = { ...job.request, aiModel: 'a-model', aiModelOnly: true };
    expect(await router.route({ ...job, request })).toMatchObject({
      runs: [],
      result: { failure: { code: 'unsupported', retry: 'never' } },
    });
  });

  it('names the capability that no engine has', async () => {
    const router = createRouter([engine('other', succeed(output), { capabilities: ['edit'] })]);
    const { runs, result } = await router.route(job);
    expect(runs).toEqual([]);
    expect(result).toMatchObject({ failure: { code: 'unsupported', retry: 'never' } });
    expect(result.ok ? '' : result.failure.message).toContain('background-remove');
  });

  it('gives the reason of an engine that knows the capability but not the option', async () => {
    const refusal = fail('unsupported', 'leave out the prompt');
    const router = createRouter([engine('picky', succeed(output), { accepts: () => refusal })]);
    expect(await router.route(job)).toMatchObject({ runs: [], result: refusal });
  });
});
