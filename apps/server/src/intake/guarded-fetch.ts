import type { FetchGuard } from './fetch-guard.ts';

/** The part of `fetch` that sending a webhook needs. */
export type PostingFetch = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; readonly body: { cancel(): Promise<void> } | null }>;

/** A fetch for webhooks behind the guard. What keeps it from the receiver is thrown, with the kind as the cause's code. */
export const createPostingFetch =
  (guard: FetchGuard): PostingFetch =>
  async (url, { method, headers, body, signal }) => {
    const result = await guard.request(url, { method, headers, body, signal });
    if (!result.ok) {
      const cause = Object.assign(new Error(result.problem.kind), { code: result.problem.kind });
      throw new Error('the receiver was not reached', { cause });
    }
    const { answer } = result;
    return {
      status: answer.status,
      body: {
        async cancel() {
          answer.body.on('error', () => undefined);
          answer.body.destroy();
        },
      },
    };
  };
