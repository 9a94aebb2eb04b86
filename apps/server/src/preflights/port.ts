import type { CapabilityRequest } from '../capabilities/index.ts';
import type { ImageSource } from '../capabilities/image-source.ts';
import type { Failure } from '../failures/failure.ts';

export interface PreflightRequest {
  readonly accountId: string;
  readonly request: CapabilityRequest;
  /** The pictures that came inside the request; null for a source that is none of them. */
  readonly bytesOf: (source: ImageSource) => Uint8Array | null;
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface PreflightPicture {
  /** The name of the input: `model`, `garment`. */
  readonly name: string;
  readonly doubts: readonly string[];
  readonly problem: Failure | null;
}

export type PreflightOutcome =
  /** The pictures were looked at, by the engine that the job would go to. */
  | {
      readonly kind: 'judged';
      readonly engine: string;
      readonly pictures: readonly PreflightPicture[];
    }
  /** The pictures can be had, and the engine can not tell more before it has tried. */
  | { readonly kind: 'unknown'; readonly engine: string }
  /** No engine takes the request, or one of its pictures can not be had. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** As many are being looked at as this process takes at once, or it took too long. */
  | { readonly kind: 'busy' };

/** Says beforehand whether a job could be done. Nothing is stored and nothing is charged. */
export interface Preflights {
  look(request: PreflightRequest): Promise<PreflightOutcome>;
}
