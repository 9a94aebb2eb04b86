import type { Place, Workbench } from './kernels.ts';

/**
 * Lays on the bench where each sample of a side stretched from `from` to `to` pixels lies between two of the old ones.
 *
 * @param first the first sample that is wanted
 * @param count of the wanted samples
 */
export function layTaps(
  bench: Workbench,
  from: number,
  to: number,
  first: number,
  count: number,
): Place {
  const taps = bench.take(3 * (count + 1));
  bench.run.setTaps(taps, from, to, first, count);
  return taps;
}
