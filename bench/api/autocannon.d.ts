/** The part of autocannon 8 that the benchmark uses; it ships no types. */
declare module 'autocannon' {
  interface Client {
    setRequests(
      requests: readonly {
        method: string;
        path: string;
        headers?: Record<string, string>;
        body?: string;
      }[],
    ): void;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly setupClient: (client: Client) => void;
  }
  interface Result {
    readonly requests: { readonly average: number };
    /** Milliseconds. */
    readonly latency: { readonly p50: number; readonly p99: number };
    readonly non2xx: number;
    readonly errors: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
