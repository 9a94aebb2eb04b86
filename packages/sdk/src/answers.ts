export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';

export interface Output {
  /** Signed; good until `expiresAt` of the job. */
  readonly url: string;
  readonly mediaType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Credits are numbers with up to three decimals; moments are ISO 8601 in UTC. */
export interface Job {
  readonly id: string;
  readonly capability: string;
  readonly status: JobStatus;
  /** 0 to 1. */
  readonly progress: number;
  readonly batchId: string | null;
  readonly outputs: readonly Output[];
  /** Null unless the job failed. */
  readonly error: Reason | null;
  readonly warnings: readonly string[];
  readonly fallbackUsed: boolean;
  readonly price: number;
  /** 0 unless the job succeeded. */
  readonly charged: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly expiresAt: string | null;
}

export interface Batch {
  readonly batchId: string;
  readonly jobs: readonly Job[];
}

/** What the event stream of a job tells. */
export type JobEvent =
  | { readonly type: 'queued'; readonly position: number }
  | { readonly type: 'running'; readonly progress: number }
  /** Only where asked for; comes before the end. */
  | { readonly type: 'preview'; readonly previews: readonly Preview[] }
  | { readonly type: 'ended'; readonly job: Job };

/** A small copy of an output. */
export interface Preview {
  /** Its place among the outputs, from 0. */
  readonly output: number;
  readonly dataUri: string;
  readonly width: number;
  readonly height: number;
}

export interface Quote {
  readonly price: number;
  readonly affordable: boolean;
  readonly expectedSeconds: number | null;
  readonly jobs: readonly {
    readonly capability: string;
    readonly price: number;
    readonly possible: boolean;
    readonly reason: string | null;
  }[];
}

export interface Reason {
  readonly code: string;
  readonly message: string;
}

export interface Preflight {
  readonly capability: string;
  /** As far as the pictures tell; null where the engine can not tell beforehand. */
  readonly usable: boolean | null;
  readonly engine: string | null;
  /** Why it can not be done at all, or which picture can not be had. */
  readonly problem: Reason | null;
  readonly pictures: readonly {
    /** Its name in `images` of the request. */
    readonly name: string;
    readonly usable: boolean;
    /** What may turn out less well than with another picture. */
    readonly doubts: readonly string[];
    readonly problem: Reason | null;
  }[];
}

export interface Upload {
  readonly id: string;
  /** What a job takes for this picture. */
  readonly picture: string;
  readonly complete: boolean;
  readonly bytes: number;
  readonly received: number;
  readonly mediaType: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Of the key or token that asks. */
  readonly scopes: readonly string[];
  /** Whether another model may step in for one that the server does not have, at the lower price. */
  readonly fallback: boolean;
}

export interface Balance {
  readonly available: number;
  readonly subscription: number;
  readonly onDemand: number;
  readonly held: number;
}

export interface UsageRow {
  readonly day: string;
  readonly capability: string | null;
  readonly keyId: string;
  readonly jobs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly canceled: number;
  readonly charged: number;
}

export interface Token {
  readonly id: string;
  readonly token: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
}

export interface Key {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly createdAt: string;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  /** What a job takes for this person. */
  readonly picture: string;
  readonly prompt: string | null;
  readonly portraitUrl: string;
  readonly sheetUrl: string | null;
  readonly createdAt: string;
}

export interface Engine {
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
  readonly capabilities: readonly string[];
  readonly models: readonly string[];
  readonly health: {
    readonly status: 'good' | 'failing' | 'unknown';
    readonly succeeded: number;
    readonly failed: number;
  };
}

export interface CapabilityInfo {
  readonly name: string;
  readonly summary: string;
  readonly available: boolean;
  readonly engines: readonly string[];
  /** JSON Schema of a request. */
  readonly request: Readonly<Record<string, unknown>>;
}

export interface Vocabulary {
  /** Where it stands in `direction`: `style`, `light.preset`. */
  readonly field: string;
  /** Whether any other words are taken, too. */
  readonly open: boolean;
  readonly presets: readonly { readonly id: string; readonly words: string }[];
}

/** RFC 9457, as the server refuses. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly available?: number;
  readonly required?: number;
  readonly retryAfter?: number;
}
