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
  const place = clamp(Math.floor(share * values.length), 0, values.length - 1);
  return nthSmallest(Float64Array.from(values), place);
}

/** The value that would stand at a place if the numbers were sorted (Hoare's "Find", 1961); reorders them. */
function nthSmallest(numbers: Float64Array, place: number): number {
  let left = 0;
  let right = numbers.length - 1;
  while (left < right) {
    const pivot = numbers[place];
    let low = left;
    let high = right;
    while (low <= high) {
      while (numbers[low] < pivot) low++;
      while (numbers[high] > pivot) high--;
      if (low > high) break;
      const kept = numbers[low];
      numbers[low++] = numbers[high];
      numbers[high--] = kept;
    }
    if (high < place) left = low;
    if (low > place) right = high;
  }
  return numbers[place];
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);
