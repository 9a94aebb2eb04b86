import type { CapabilityName, CapabilityRequest } from '../capabilities/index.ts';
import type { Failure, Result } from '../failures/failure.ts';

/**
 * Pixels in sRGB, 8 bits a channel, interleaved, upright, without metadata.
 * `data` lies on a SharedArrayBuffer where the producer can arrange it, so that worker threads need no copy.
 */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** An input picture after intake. `hash` is the SHA-256 (hex) of the bytes as received: the key of perception caches. */
export interface PreparedImage extends PixelImage {
  readonly hash: string;
}

/** One piece of work for an engine: the canonical request and its pictures, by input name (`model`, `garment`, `image`, ...). */
export interface EngineJob {
  readonly jobId: string;
  readonly request: CapabilityRequest;
  readonly images: Readonly<Record<string, PreparedImage>>;
  /** Fires on cancel, deadline and shutdown; the engine stops as soon as it can. */
  readonly signal: AbortSignal;
  /** Share done, 0 to 1, and the stage's name. Calls are cheap; the engine need not throttle. */
  readonly onProgress: (share: number, stage: string) => void;
}

/** Pictures to be looked at, and nothing made of them. */
export type EngineLook = Pick<EngineJob, 'request' | 'images' | 'signal'>;

/** What an engine thinks of one picture of a request. */
export interface PictureVerdict {
  /** The name of the input. */
  readonly name: string;
  /** What may turn out less well; plain sentences. Empty where there is a problem. */
  readonly doubts: readonly string[];
  /** Why nothing can be made with it, and what to do instead. */
  readonly problem: Failure | null;
}

export interface EngineOutput {
  /** One entry a requested image, in order. Encoding to PNG or JPEG is the finisher's work. */
  readonly images: readonly PixelImage[];
  /** Stylistic wishes that could not be followed, and doubts worth telling; plain sentences. */
  readonly warnings: readonly string[];
}

/** Carries out capabilities. Never knows a dialect or the database; refusals are `Failure` values, bugs throw. */
export interface Engine {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier of what it runs; absent where only its operator can tell. */
  readonly licence?: string;
  readonly capabilities: readonly CapabilityName[];
  /** Public ids of the generative models that it serves; a request that asks for one of them comes here first. */
  readonly aiModels?: readonly string[];
  /** Whether this engine can honour the whole request, judged without pictures; an `unsupported` failure says what is missing and what to do instead. */
  accepts(request: CapabilityRequest): Result<null>;
  run(job: EngineJob): Promise<Result<EngineOutput>>;
  /** Judges the pictures of a request that it accepts, without making anything. Absent, or null: it can not tell beforehand. */
  preflight?(look: EngineLook): Promise<Result<readonly PictureVerdict[] | null>>;
  /** Frees models, threads and memory. */
  close(): Promise<void>;
}

/** One engine's try at a job, whether it served or not. */
export interface EngineRun {
  readonly engine: string;
  readonly version: string;
  readonly milliseconds: number;
  readonly failure: Failure | null;
}

export interface RouteOutcome {
  /** In the order they were tried; the last one is what `result` came from. Empty when no engine accepts the request. */
  readonly runs: readonly EngineRun[];
  readonly result: Result<EngineOutput>;
  /** The request asks for a model, and an engine that does not serve it did the work. */
  readonly fallbackUsed: boolean;
}
