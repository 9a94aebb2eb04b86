/** Sizes a wearer may ask for; `m` is the size that fits. */
export const garmentSizes = ['s', 'm', 'l', 'xl'] as const;
export type GarmentSize = (typeof garmentSizes)[number];

/** How a garment is to be worn. */
export interface WearOptions {
  /** Smaller sizes sit closer and end higher, larger ones hang wider and end lower. Default `m`. */
  readonly size?: GarmentSize;
  /** Whether a top's hem goes under the waistband. Default false. */
  readonly tucked?: boolean;
  /** Whether another garment is worn beneath, so that this one needs room. Default false. */
  readonly over?: boolean;
  /** Whether a garment with or without sleeves is worn over this one, which then lies flat under it. Default neither. */
  readonly beneath?: 'sleeves' | 'sleeveless';
}

/** What a size does: `girth` to the widths, `length` to hem and sleeves, as factors. */
export interface Grading {
  readonly girth: number;
  readonly length: number;
}

/** A size up adds about 5 % of girth and 2 % of length in common grading tables; pictures need a little more to show it. */
const GRADINGS: Readonly<Record<GarmentSize, Grading>> = {
  s: { girth: 0.95, length: 0.97 },
  m: { girth: 1, length: 1 },
  l: { girth: 1.06, length: 1.03 },
  xl: { girth: 1.12, length: 1.06 },
};

/** Room for what is worn beneath, and what a garment over it presses flat. */
const OVER: Grading = { girth: 1.05, length: 1.02 };
const BENEATH: Grading = { girth: 0.94, length: 1 };

export function gradingOf({ size = 'm', over, beneath }: WearOptions): Grading {
  return [over ? OVER : null, beneath ? BENEATH : null].reduce<Grading>(
    (grading, more) =>
      more ? { girth: grading.girth * more.girth, length: grading.length * more.length } : grading,
    GRADINGS[size],
  );
}
