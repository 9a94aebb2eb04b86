import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { Failure } from '../../failures/failure.ts';
import type { PreflightOutcome } from '../../preflights/port.ts';
import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { preflightContract } from './contracts.ts';
import { createOnce } from './idempotent.ts';
import type { ToileDependencies } from './ports.ts';
import { problem } from './problems.ts';
import type { ToileSettings } from './settings.ts';
import { createSubmissions } from './submissions.ts';
import type { WirePreflight } from './wire/preflight.ts';

/** About as long as a look at two pictures takes. */
const busyRetrySeconds = 3;

/** `POST /preflights`: the body of a job, and an answer on whether its pictures will do. Free of charge; nothing is stored. */
export function preflightEndpoints(
  dependencies: ToileDependencies,
  settings: ToileSettings,
): Endpoint[] {
  const { parse } = createSubmissions(dependencies, settings);
  const once = createOnce(dependencies.replies);

  const preflight = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const parsed = await parse(request);
      if (!parsed.ok) return parsed.reply;
      const { isBatch, jobs } = parsed.value;
      const [job] = jobs;
      if (isBatch || job === undefined) {
        return problem('invalid-request', 'A preflight looks at one job; send it without "jobs".');
      }
      const outcome = await dependencies.preflights.look({
        accountId: request.principal.accountId,
        request: job.draft,
        bytesOf: (source) => job.inline.bytesOf(source),
        signal: request.signal,
      });
      return outcome.kind === 'busy'
        ? problem('too-busy', 'Too many pictures are being looked at; try again shortly.', {
            retryAfter: busyRetrySeconds,
          })
        : { status: 200, body: render(job.draft, outcome) };
    });

  return [
    {
      name: 'preflight',
      bucket: 'preflights',
      method: 'POST',
      path: '/toile/v1/preflights',
      limit: settings.limits.preflights,
      scope: 'run',
      contract: preflightContract,
      handle: preflight,
    },
  ];
}

function render(
  { capability }: CapabilityRequest,
  outcome: Exclude<PreflightOutcome, { readonly kind: 'busy' }>,
): WirePreflight {
  switch (outcome.kind) {
    case 'refused':
      return {
        capability,
        usable: false,
        engine: null,
        problem: reasonOf(outcome.failure),
        pictures: [],
      };
    case 'unknown':
      return { capability, usable: null, engine: outcome.engine, problem: null, pictures: [] };
    case 'judged':
      return {
        capability,
        usable: outcome.pictures.every((picture) => picture.problem === null),
        engine: outcome.engine,
        problem: null,
        pictures: outcome.pictures.map((picture) => ({
          name: picture.name,
          usable: picture.problem === null,
          doubts: [...picture.doubts],
          problem: picture.problem === null ? null : reasonOf(picture.problem),
        })),
      };
  }
}

const reasonOf = ({ code, message }: Failure) => ({ code, message });
