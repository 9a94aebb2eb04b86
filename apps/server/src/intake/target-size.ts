/** The largest size of the same ratio with at most `maxPixels` pixels; never larger than what is given, never below 1. */
export function targetSize(
  width: number,
  height: number,
  maxPixels: number,
): { width: number; height: number } {
  const scale = Math.sqrt(maxPixels / (width * height));
  if (scale >= 1) return { width, height };
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
}
