/** Who has waited this long goes ahead: a thread may have ended during its turn. */
const LONGEST_WAIT_MS = 5_000;

/** Lets one thread at a time do work that needs much memory for a moment. */
export type Turn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** A turn among all threads that are handed the same word on shared memory, which is 1 while somebody has it. */
export function createTurn(word: Int32Array<SharedArrayBuffer>): Turn {
  return async (work) => {
    await takeTurn(word);
    try {
      return await work();
    } finally {
      Atomics.store(word, 0, 0);
      Atomics.notify(word, 0, 1);
    }
  };
}

async function takeTurn(word: Int32Array<SharedArrayBuffer>): Promise<void> {
  const since = performance.now();
  while (Atomics.compareExchange(word, 0, 0, 1) !== 0) {
    const left = LONGEST_WAIT_MS - (performance.now() - since);
    if (left <= 0) return;
    await Atomics.waitAsync(word, 0, 1, left).value;
  }
}
