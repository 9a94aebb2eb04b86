import type { Engine } from '../engines/engine.ts';
import { firstChoice } from '../engines/router.ts';
import type { Intake } from '../intake/intake.ts';
import type { PreflightOutcome, PreflightRequest, Preflights } from './port.ts';

export interface PreflightOptions {
  readonly engines: readonly Engine[];
  readonly intake: Pick<Intake, 'prepare'>;
  /** Looked at in this process at the same time: pictures are large, and jobs that are paid for want the processors too. */
  readonly most?: number;
  /** The longest that one may take, fetching included. */
  readonly timeoutMs?: number;
}

export function createPreflights({
  engines,
  intake,
  most = 4,
  timeoutMs = 30_000,
}: PreflightOptions): Preflights {
  let underWay = 0;

  const look = async (
    engine: Engine,
    { accountId, request, bytesOf }: PreflightRequest,
    signal: AbortSignal,
  ): Promise<PreflightOutcome> => {
    const prepared = await intake.prepare(request, accountId, signal, bytesOf);
    if (!prepared.ok) return { kind: 'refused', failure: prepared.failure };
    const judged = await engine.preflight?.({ request, images: prepared.value, signal });
    if (judged === undefined) return { kind: 'unknown', engine: engine.name };
    if (!judged.ok) return { kind: 'refused', failure: judged.failure };
    return judged.value === null
      ? { kind: 'unknown', engine: engine.name }
      : { kind: 'judged', engine: engine.name, pictures: judged.value };
  };

  return {
    async look(request) {
      const choice = firstChoice(engines, request.request);
      if (!choice.ok) return { kind: 'refused', failure: choice.failure };
      if (underWay >= most) return { kind: 'busy' };
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      underWay += 1;
      try {
        const outcome = await look(choice.value, request, signal);
        return signal.aborted ? { kind: 'busy' } : outcome;
      } catch (error) {
        if (signal.aborted) return { kind: 'busy' };
        throw error;
      } finally {
        underWay -= 1;
      }
    },
  };
}
