import type { CapabilityRequest } from '../capabilities/index.ts';
import type { EngineJob, PixelImage, PreparedImage, RouteOutcome } from '../engines/engine.ts';
import type { Result } from '../failures/failure.ts';

/**
 * The stations of an attempt, as the worker sees them: intake, moderation, engine, moderation again, finish.
 * Each answers with a value or a `Failure`; whatever they throw is taken for a bug and fails the attempt as `engine-failed`.
 * The worker stores bytes and settles credits itself, so no stage knows the database or the object store of outputs.
 */
export interface Stages {
  /** Fetches, checks and decodes every picture of `request.images`, by input name. `accountId` guards artifacts of others. */
  intake(
    request: CapabilityRequest,
    accountId: string,
    signal: AbortSignal,
  ): Promise<Result<Readonly<Record<string, PreparedImage>>>>;
  /** Prompt and input pictures, at `request.moderation`. A level that cannot be checked is a `moderation-unavailable` failure. */
  moderateInputs(
    request: CapabilityRequest,
    images: Readonly<Record<string, PreparedImage>>,
    signal: AbortSignal,
  ): Promise<Result<ModerationDecision>>;
  moderateOutputs(
    request: CapabilityRequest,
    images: readonly PixelImage[],
    signal: AbortSignal,
  ): Promise<Result<ModerationDecision>>;
  /** Picks an engine that accepts the request, runs it, and goes on to the next one where a failure advises `elsewhere`. */
  route(job: EngineJob): Promise<RouteOutcome>;
  /** Encodes one picture and marks where it came from. A picture with alpha is encoded as PNG whatever was asked. */
  finish(image: PixelImage, format: OutputFormat, signal: AbortSignal): Promise<FinishedImage>;
}

export type OutputFormat = 'png' | 'jpeg';

/** What moderation found, stored with the attempt. Being blocked is a decision, not a failure of moderation. */
export interface ModerationDecision {
  readonly level: CapabilityRequest['moderation'];
  readonly verdict: 'allowed' | 'blocked' | 'not-checked';
  /** Why it was blocked, in words for the client; null unless blocked. */
  readonly reason: string | null;
  /** The strongest finding of each subject (`prompt`, `model`, `output 1`, ...), score from 0 to 1. */
  readonly findings: readonly ModerationFinding[];
}

export interface ModerationFinding {
  readonly subject: string;
  readonly label: string;
  readonly score: number;
}

/** An encoded output. `extension` has no dot and belongs to `mime`. */
export interface FinishedImage {
  readonly bytes: Uint8Array;
  readonly mime: 'image/png' | 'image/jpeg';
  readonly extension: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
}
