import type { z } from 'zod';

/**
 * What an OpenAPI document needs to know beyond the table of endpoints. The schemas are those that validate requests and
 * that tests hold answers to, so that document and behaviour can not part.
 */
export interface DialectContract {
  readonly title: string;
  /** Some sentences, in Markdown. */
  readonly description: string;
  /** The header that carries the key: `Authorization: Bearer`, or a header of its own. */
  readonly key: { readonly kind: 'bearer' } | { readonly kind: 'header'; readonly name: string };
  /** The body of every refusal. */
  readonly problem: {
    readonly schema: z.ZodType;
    readonly mediaType?: string;
    /** Codes that callers may decide by, with their status. */
    readonly codes?: Readonly<Record<string, number>>;
    /** A refusal as callers meet it. */
    readonly example?: unknown;
  };
}

export interface EndpointContract {
  readonly summary: string;
  readonly description?: string;
  readonly query?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: Readonly<Record<string, z.ZodType>>;
  /** The body as it is validated; absent: none. */
  readonly request?: z.ZodType;
  /** A body that is in order, as pages show it; a test holds it to `request`. */
  readonly example?: unknown;
  /** Of bodies that are no JSON. */
  readonly requestMediaTypes?: readonly string[];
  /** Answers that are no refusal, by status; null stands for no body. */
  readonly answers: Readonly<Record<number, AnswerContract | null>>;
  /** Statuses of refusals that callers should expect here. */
  readonly refusals: readonly number[];
}

export interface AnswerContract {
  readonly description: string;
  readonly schema: z.ZodType;
  readonly mediaType?: string;
}
