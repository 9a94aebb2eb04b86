import type { PhotoType } from '../perceive/garment.ts';

/** Folds in which a skirt hangs, by heights of the garment's picture. */
export interface Folds {
  /** The height of the hem: below it nothing changes. */
  readonly hem: number;
  /** The cloth's left and right edge at a height, garment pixels. */
  readonly edges: (y: number) => readonly [number, number];
  /** Share of the cloth that folds hide at a height, 0 to 1. */
  readonly hidden: (y: number) => number;
}

/** How much of its flare a skirt keeps as it hangs: all of it where the picture shows it hanging. */
export function hangingSpread(photo: PhotoType): number {
  return { 'flat-lay': 2 / Math.PI, ghost: 0.85, worn: 1 }[photo];
}

/**
 * Half-widths of cloth that hangs free, from the waist down: it widens by `spread` of what it does in the picture, and
 * narrows as it does there.
 *
 * @param wide half-widths in the picture, at the size of the person
 * @param waist half-width on the body at the first of these heights
 * @param atWaist how much narrower than in the picture the cloth looks round the body
 */
export function conesOf(
  wide: readonly number[],
  waist: number,
  atWaist: number,
  spread: number,
): number[] {
  const hung = [waist];
  for (let k = 1; k < wide.length; k++) {
    const more = wide[k] - wide[k - 1];
    hung.push(hung[k - 1] + more * (more > 0 ? Math.min(spread, atWaist) : atWaist));
  }
  return hung;
}
