/** What the benchmark tells a server process, and what it hears back. */

export type ServerKind = 'twin' | 'ours';

export interface Start {
  readonly kind: ServerKind;
  readonly databaseUrl: string;
  readonly storageFolder: string;
  readonly accounts: number;
}

export type Command =
  | ({ readonly do: 'start' } & Start)
  /** Ours only: lets the worker, with an engine that answers at once, take jobs up. */
  | { readonly do: 'work' }
  | { readonly do: 'stop' };

export interface Ready {
  readonly address: string;
  /** One an account. */
  readonly keys: readonly string[];
}
