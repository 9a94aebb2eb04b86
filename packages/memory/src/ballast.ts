import { sharedSize } from './shared-size.ts';

/** What is empty, but larger than what it stands for. */
const ballasts = new WeakMap<object, ArrayBuffer>();

/** So that a thread that makes hardly any other garbage collects what it stands for after two or three pictures. */
const HEAVINESS = 4;

/** Bytes; the ballast of less would come from used pages of the heap, which are cleared and so take memory. */
const WORTH_WEIGHING = 2 ** 20;

/**
 * Lets V8 know how much memory something holds here: an answer in the thread that gives it, which has no more use for it,
 * and in the one that gets it. Shared memory counts for nothing in V8's reckoning
 * (`BackingStore::PerIsolateAccountingLength`), so that a thread would keep dozens of pictures before it collected them. An
 * array that nobody writes to takes no memory, and counts.
 */
export function weigh(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  const bytes = sharedSize(answer);
  if (bytes >= WORTH_WEIGHING) ballasts.set(answer, new ArrayBuffer(HEAVINESS * bytes));
}
