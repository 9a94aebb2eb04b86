/** Longest memory that is kept between uses, floats: that of 4 megapixels. */
const MOST_KEPT = 4 * 2 ** 20;

const kept = new Map<string, Float32Array>();

/**
 * Memory for numbers that are of no use once a kernel has answered, taken again by its next call: fresh memory of a
 * picture's size costs more than most kernels' arithmetic. Its content is whatever was there before.
 *
 * @param name of the use; two uses at a time need two names
 */
export function scratch(name: string, length: number): Float32Array {
  if (length > MOST_KEPT) return new Float32Array(length);
  let memory = kept.get(name);
  if (!memory || memory.length < length) kept.set(name, (memory = new Float32Array(length)));
  return memory.subarray(0, length);
}
