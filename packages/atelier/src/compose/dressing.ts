import type { BottomFit } from '../fit/fit-bottom.ts';
import type { LowerBody } from '../fit/lower-body.ts';
import type { Vec } from '../geometry/vector.ts';
import type { Side } from '../perceive/person.ts';
import type { ClothLayer } from '../warp/render.ts';

/** A top or dress drawn on the person: its body, and the sleeves over it. */
export interface WornTop {
  readonly kind: 'top';
  /** Where the garment's armholes end below; pixels of the person's reading. */
  readonly armpits: Readonly<Record<Side, Vec>>;
  readonly body: ClothLayer;
  readonly sleeves: readonly {
    readonly side: Side;
    readonly layer: ClothLayer;
    /** Length along the arm, from the shoulder joint, at which the sleeve ends; pixels of the person's reading. */
    readonly hemRun: number;
  }[];
  /** What the client should be told of how it was laid. */
  readonly doubts: readonly string[];
}

/** Trousers, shorts or a skirt drawn on the person, pieces from back to front. */
export interface WornBottom {
  readonly kind: 'bottom';
  readonly pieces: readonly { readonly side: Side; readonly layer: ClothLayer }[];
  readonly fit: BottomFit;
  readonly body: LowerBody;
  /** Sleeves of tops that are tucked into it: they hang in front. */
  readonly sleeves: readonly ClothLayer[];
}

export type WornGarment = WornTop | WornBottom;

/** Which of the person's own clothes come off. */
export interface Removal {
  readonly upper: boolean;
  readonly lower: boolean;
}

/** Everything that the person puts on and takes off. */
export interface Dressing {
  /** From back to front. */
  readonly garments: readonly WornGarment[];
  readonly removal: Removal;
}

/** Every layer of cloth, from back to front. */
export function layersOf(dressing: Dressing): readonly ClothLayer[] {
  return dressing.garments.flatMap((garment) =>
    garment.kind === 'bottom'
      ? garment.pieces.map(({ layer }) => layer)
      : [garment.body, ...garment.sleeves.map((sleeve) => sleeve.layer)],
  );
}

/** Every sleeve, from back to front. */
export const sleevesOf = (dressing: Pick<Dressing, 'garments'>): WornTop['sleeves'] =>
  dressing.garments.flatMap((garment) => (garment.kind === 'top' ? garment.sleeves : []));
