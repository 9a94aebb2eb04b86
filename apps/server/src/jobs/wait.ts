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
      const word = Promise.withResolvers<void>();
      const dismiss = endings.listen(jobId, word.resolve);
      try {
        const view = await find(accountId, dialect, jobId);
        const leftMs = giveUpAt - performance.now();
        if (isOver(view) || leftMs <= 0 || options.signal?.aborted === true) return view;
        await within(word, Math.min(leftMs, lookAfterMs), options.signal);
      } finally {
        dismiss();
      }
    }
  };
}

const isOver = (view: JobView | null): boolean =>
  view === null || (view.state.status !== 'queued' && view.state.status !== 'running');

/** Until the word, the time or the caller's leave: whichever is first. */
function within(
  word: PromiseWithResolvers<void>,
  milliseconds: number,
  signal: WaitOptions['signal'],
): Promise<void> {
  const giveUp = (): void => word.resolve();
  const timer = setTimeout(giveUp, milliseconds);
  signal?.addEventListener('abort', giveUp, { once: true });
  return word.promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  });
}
