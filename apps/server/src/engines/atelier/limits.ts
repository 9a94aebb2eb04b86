import type { CapabilityRequest } from '../../capabilities/index.ts';
import { fail, type Result, succeed } from '../../failures/failure.ts';
import { readWishes } from './wishes.ts';

export type TryOn = Extract<CapabilityRequest, { capability: 'try-on' }>;
type BackgroundRemove = Extract<CapabilityRequest, { capability: 'background-remove' }>;

/** The requests that the built-in engine can carry out. */
export type AtelierRequest = TryOn | BackgroundRemove;

export const atelierCapabilities = [
  'try-on',
  'background-remove',
] as const satisfies readonly AtelierRequest['capability'][];

export const isAtelierRequest = (request: CapabilityRequest): request is AtelierRequest =>
  request.capability === 'try-on' || request.capability === 'background-remove';

/** Refuses what the engine would have to ignore, with what to do instead; judged without pictures. */
export function withinLimits(request: CapabilityRequest): Result<null> {
  if (!isAtelierRequest(request)) {
    return fail(
      'unsupported',
      `The built-in engine cannot do ${request.capability} yet. Configure an engine that offers it.`,
      'elsewhere',
    );
  }
  return request.capability === 'try-on' ? tryOnWithinLimits(request) : succeed(null);
}

function tryOnWithinLimits(request: TryOn): Result<null> {
  const { unknown } = readWishes(request.prompt ?? '');
  const [first] = unknown;
  if (first !== undefined) {
    return fail(
      'unsupported',
      `The built-in engine dresses the person as photographed and cannot follow "${first.slice(0, 80)}". It follows how a garment is worn: tucked-in, untucked, slim, regular, loose, oversized. Leave the rest of the prompt out, or configure a generative engine.`,
      'elsewhere',
    );
  }
  if (request.images.pose !== undefined) {
    return fail(
      'unsupported',
      'The built-in engine keeps the pose of the person and cannot take another one over. Leave the pose picture out, or configure a generative engine.',
      'elsewhere',
    );
  }
  return succeed(null);
}
