/** Shares a fixed amount (of bytes, or of anything countable) among callers who wait for their part in order of arrival. */
export interface MemoryBudget {
  /**
   * Resolves, once `amount` is free, with the function that gives it back. More than there is counts as all there is, so
   * that the largest work runs alone rather than never. Rejects with the signal's reason when it fires first.
   */
  acquire(amount: number, signal?: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly amount: number;
  readonly start: () => void;
}

export function createMemoryBudget(total: number): MemoryBudget {
  let free = total;
  const queue: Waiting[] = [];

  /** Strictly in order: letting small ones overtake would starve the large. */
  const startNext = (): void => {
    for (let next = queue[0]; next !== undefined && next.amount <= free; next = queue[0]) {
      queue.shift();
      free -= next.amount;
      next.start();
    }
  };

  return {
    async acquire(wanted, signal) {
      signal?.throwIfAborted();
      const amount = Math.min(wanted, total);
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
          startNext();
        };
        const waiting: Waiting = {
          amount,
          start: () => {
            signal?.removeEventListener('abort', leave);
            resolve();
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        queue.push(waiting);
        startNext();
      });
      let returned = false;
      return () => {
        if (returned) return;
        returned = true;
        free += amount;
        startNext();
      };
    },
  };
}
