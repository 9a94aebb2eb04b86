/** What is empty, but larger than what it stands for. */
const ballasts = new WeakMap<object, ArrayBuffer>();

const HEAVINESS = 4;

/**
 * Lets V8 know how much memory an answer holds here: in the thread that gives it, which has no more use for it, and in the
 * one that gets it. Shared memory counts for nothing in its reckoning (`BackingStore::PerIsolateAccountingLength`), so that
 * a quiet thread would keep the planes of dozens of pictures before it collected them. An array that nobody writes to takes
 * no memory, and counts; it is some times as large as what it stands for, so that V8 stirs after two or three pictures.
 */
export function weigh(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  const bytes = HEAVINESS * sharedBytes(answer);
  if (bytes > 0) ballasts.set(answer, new ArrayBuffer(bytes));
}

function sharedBytes(value: object): number {
  if (ArrayBuffer.isView(value)) {
    return value.buffer instanceof SharedArrayBuffer ? value.byteLength : 0;
  }
  let bytes = 0;
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) bytes += sharedBytes(part);
  }
  return bytes;
}
