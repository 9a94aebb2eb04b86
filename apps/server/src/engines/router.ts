import type { CapabilityRequest } from '../capabilities/index.ts';
import { fail, type Failure, type Result } from '../failures/failure.ts';
import type { Engine, EngineJob, EngineOutput, EngineRun, RouteOutcome } from './engine.ts';

export interface Router {
  /** Runs the job on the first engine that can do it, going on to the next where a failure advises `elsewhere`. */
  route(job: EngineJob): Promise<RouteOutcome>;
  close(): Promise<void>;
}

/** @param engines in the order in which they are preferred */
export function createRouter(engines: readonly Engine[]): Router {
  return {
    async route(job) {
      const { able, refusals } = judge(engines, job.request);
      const runs: EngineRun[] = [];
      for (const engine of able) {
        const { run, result } = await runOn(engine, job);
        runs.push(run);
        if (result.ok || result.failure.retry !== 'elsewhere' || job.signal.aborted) {
          return { runs, result, fallbackUsed: result.ok && !servesModel(engine, job.request) };
        }
      }
      const result = runs.length > 0 ? exhausted(runs) : unsupported(job.request, refusals);
      return { runs, result, fallbackUsed: false };
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}

/** The engine that such a request would go to first, judged without pictures; otherwise the refusal that tells most. */
export function firstChoice(
  engines: readonly Engine[],
  request: CapabilityRequest,
): Result<Engine> {
  const { able, refusals } = judge(engines, request);
  const [first] = able;
  return first === undefined ? unsupported(request, refusals) : { ok: true, value: first };
}

/** Whether any engine takes such a request, judged without pictures; otherwise the refusal that tells most. */
export function verdictOn(engines: readonly Engine[], request: CapabilityRequest): Result<null> {
  const choice = firstChoice(engines, request);
  return choice.ok ? { ok: true, value: null } : choice;
}

function judge(
  engines: readonly Engine[],
  request: CapabilityRequest,
): { able: Engine[]; refusals: Failure[] } {
  const able: Engine[] = [];
  const refusals: Failure[] = [];
  for (const engine of engines) {
    if (!engine.capabilities.includes(request.capability)) continue;
    if (request.aiModelOnly === true && !servesModel(engine, request)) {
      refusals.push(notServed(request));
      continue;
    }
    const verdict = engine.accepts(request);
    if (verdict.ok) able.push(engine);
    else refusals.push(verdict.failure);
  }
  return { able: askedForFirst(able, request), refusals };
}

/** An engine that serves the model which was asked for goes first; the configured order stays otherwise. */
function askedForFirst(engines: readonly Engine[], request: CapabilityRequest): Engine[] {
  const serves = (engine: Engine): boolean => servesModel(engine, request);
  return [...engines.filter(serves), ...engines.filter((engine) => !serves(engine))];
}

/** Every engine serves a request that asks for no model. */
const servesModel = (engine: Engine, { aiModel }: CapabilityRequest): boolean =>
  aiModel === undefined || (engine.aiModels?.includes(aiModel) ?? false);

const notServed = ({ aiModel }: CapabilityRequest): Failure => ({
  code: 'unsupported',
  message: `No engine of this server serves the model ${aiModel}, and no other may step in. Leave the model out, or let other engines step in.`,
  retry: 'elsewhere',
});

async function runOn(
  engine: Engine,
  job: EngineJob,
): Promise<{ run: EngineRun; result: Result<EngineOutput> }> {
  const start = performance.now();
  const result = await engine.run(job);
  const run: EngineRun = {
    engine: engine.name,
    version: engine.version,
    milliseconds: Math.round(performance.now() - start),
    failure: result.ok ? null : result.failure,
  };
  return { run, result };
}

/** Every able engine has passed the job on: the last one's reason stands, and there is nowhere else to go. */
function exhausted(runs: readonly EngineRun[]): Result<never> {
  const last = runs.at(-1)?.failure;
  if (!last) throw new Error('a run that passed the job on has no failure');
  return { ok: false, failure: { ...last, retry: 'never' } };
}

/** An engine that knows the capability tells best what is missing; without one it is the capability itself. */
function unsupported(request: CapabilityRequest, refusals: readonly Failure[]): Result<never> {
  const [closest] = refusals;
  if (closest) return { ok: false, failure: { ...closest, retry: 'never' } };
  return fail(
    'unsupported',
    `No engine of this server can do '${request.capability}'. Configure an engine that does, or ask whoever runs the server.`,
  );
}
