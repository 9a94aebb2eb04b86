/** Buffers given out since the innermost open region began; null where no region is open. */
let open: ArrayBuffer[] | null = null;

/** Smaller arrays, in bytes, are left to the garbage collector. */
const WORTH_NOTING = 2 ** 15;

/** Zeros, a float each. */
export const floats = (length: number): Float32Array<ArrayBuffer> =>
  noted(new Float32Array(length));

/** Zeros, a byte each. */
export const bytes = (length: number): Uint8Array<ArrayBuffer> => noted(new Uint8Array(length));

/** Zeros, a 32-bit integer each. */
export const integers = (length: number): Int32Array<ArrayBuffer> => noted(new Int32Array(length));

/** A copy of its own. */
export const copyFloats = (numbers: ArrayLike<number>): Float32Array<ArrayBuffer> =>
  noted(new Float32Array(numbers));

/** A copy of its own. */
export const copyBytes = (numbers: Uint8Array): Uint8Array<ArrayBuffer> =>
  noted(new Uint8Array(numbers));

function noted<Numbers extends { readonly buffer: ArrayBuffer; readonly byteLength: number }>(
  numbers: Numbers,
): Numbers {
  if (open && numbers.byteLength >= WORTH_NOTING) open.push(numbers.buffer);
  return numbers;
}

/**
 * Does a piece of work whose intermediate pictures nobody needs afterwards: memory that it took by the functions above
 * goes back to the system at once, but for what its result holds. Left to the garbage collector, which does not hurry,
 * the planes of one picture are several hundred megabytes (Tofte and Talpin, "Region-Based Memory Management", 1997).
 *
 * Whoever still looks at memory that was given back finds an array of length 0, not somebody else's numbers.
 *
 * @throws Error where the result is more than plain data: what functions and instances hold cannot be seen
 */
export function inRegion<Result>(work: () => Result): Result {
  const region = enter();
  let kept = nothing;
  try {
    const result = work();
    kept = buffersIn(result);
    return result;
  } finally {
    leave(region, kept);
  }
}

/** As `inRegion`, for work that waits. Only for a thread that does one thing at a time: whatever happens meanwhile is taken for its work. */
export async function inTaskRegion<Result>(work: () => Promise<Result>): Promise<Result> {
  const region = enter();
  let kept = nothing;
  try {
    const result = await work();
    kept = buffersIn(result);
    return result;
  } finally {
    leave(region, kept);
  }
}

/** Takes over memory that came from elsewhere: the region that is open gives it back as if it had taken it itself. */
export function adopt(...arrays: readonly (Uint8Array | Float32Array)[]): void {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) open?.push(buffer);
}

/** Gives memory back at once that nobody looks at any more. */
export function giveBack(...arrays: readonly (Uint8Array | Float32Array)[]): void {
  for (const { buffer } of arrays) release(buffer);
}

function release(buffer: ArrayBufferLike): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}

interface Region {
  readonly outer: ArrayBuffer[] | null;
  readonly own: ArrayBuffer[];
}

const nothing: ReadonlySet<unknown> = new Set();

function enter(): Region {
  const region = { outer: open, own: [] };
  open = region.own;
  return region;
}

/** Memory that the result holds is the outer region's from now on. */
function leave({ outer, own }: Region, kept: ReadonlySet<unknown>): void {
  open = outer;
  for (const buffer of own) {
    if (kept.has(buffer)) outer?.push(buffer);
    else release(buffer);
  }
}

function buffersIn(result: unknown): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  collect(result, found);
  return found;
}

function collect(value: unknown, found: Set<unknown>): void {
  if (typeof value === 'function') throw new Error('a function cannot leave a region of memory');
  if (typeof value !== 'object' || value === null || found.has(value)) return;
  found.add(value);
  if (ArrayBuffer.isView(value)) {
    found.add(value.buffer);
  } else if (Array.isArray(value)) {
    // Lists of numbers are long and hold nothing else.
    if (typeof value[0] !== 'number') for (const part of value) collect(part, found);
  } else {
    if (Object.getPrototypeOf(value) !== Object.prototype) {
      throw new Error('only plain data can leave a region of memory');
    }
    for (const part of Object.values(value)) collect(part, found);
  }
}
