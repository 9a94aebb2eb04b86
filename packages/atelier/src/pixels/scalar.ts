export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

export const lerp = (from: number, to: number, share: number): number => from + (to - from) * share;

/** Hermite step: 0 at and below `low`, 1 at and above `high`; `low` may be the larger, which turns the step round. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

/** The value below which `share` (0 to 1) of the numbers lie; NaN for none. The input is not changed. */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).toSorted();
  return sorted[clamp(Math.floor(share * sorted.length), 0, sorted.length - 1)];
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);
