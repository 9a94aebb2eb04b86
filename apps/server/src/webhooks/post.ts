/**
 * The part of `fetch` that a delivery needs, from whoever guards outgoing connections
 * (no private addresses, checked at connect time). Redirects must not be followed.
 */
export type GuardedFetch = (
  url: string,
  init: {
    method: 'POST';
    headers: Record<string, string>;
    body: string;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly body: { cancel(): Promise<void> } | null;
}>;

/** One try. `result` is fit for a log: a status, or the kind of what went wrong, never a byte of the answer. */
export async function post(
  fetch: GuardedFetch,
  {
    url,
    text,
    headers,
    timeoutSeconds,
  }: { url: string; text: string; headers: Record<string, string>; timeoutSeconds: number },
): Promise<{ delivered: boolean; result: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'toile', ...headers },
      body: text,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    // What the receiver has to say is of no interest, however long it is.
    await response.body?.cancel().catch(() => undefined);
    return {
      delivered: response.status >= 200 && response.status < 300,
      result: `status ${response.status}`,
    };
  } catch (error) {
    return { delivered: false, result: kindOf(error) };
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.name;
}
