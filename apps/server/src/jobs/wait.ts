import type { JobEndings } from './endings.ts';
import type { Jobs, JobView, WaitOptions } from './port.ts';

/** A word from another process can be lost with its connection; who waits looks again after this long. */
const lookAgainMs = 10_000;

/**
 * Waits for a job's end, woken by the word of whoever ended it. The first look comes after the listener stands,
 * so that an end in between is not missed.
 */
export function createWaitFor(
  find: Jobs['find'],
  endings: JobEndings,
  lookAfterMs: number = lookAgainMs,
): Jobs['waitFor'] {
  return async (accountId, dialect, jobId, options) => {
    const giveUpAt = performance.now() + options.timeoutMs;
    for (;;) {
      const word = endings.of(jobId);
      try {
        const view = await find(accountId, dialect, jobId);
        const leftMs = giveUpAt - performance.now();
        if (isOver(view) || leftMs <= 0 || options.signal?.aborted === true) return view;
        await either(word, Math.min(leftMs, lookAfterMs), options.signal);
      } finally {
        word.dismiss();
      }
    }
  };
}

const isOver = (view: JobView | null): boolean =>
  view === null || (view.state.status !== 'queued' && view.state.status !== 'running');

/** The word, the time, or the caller's leave: whichever is first. */
function either(
  word: { readonly heard: Promise<void> },
  milliseconds: number,
  signal: WaitOptions['signal'],
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  const timer = setTimeout(done, milliseconds);
  signal?.addEventListener('abort', done, { once: true });
  void word.heard.then(done);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', done);
  });
}
