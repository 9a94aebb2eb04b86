import type { Vec } from '../../geometry/vector.ts';
import type { Side } from '../person.ts';

/** Glasses from the front. */
export interface GlassesForm {
  readonly what: 'glasses';
  /** Middles of both lenses. */
  readonly lenses: Readonly<Record<Side, Vec>>;
  /** Outer ends of the frame, where the temples begin. */
  readonly hinges: Readonly<Record<Side, Vec>>;
}

/** A hat from the front, upright. */
export interface HatForm {
  readonly what: 'hat';
  /** `brim` stands out on both sides, `visor` stands out in front alone, `edge` has neither. */
  readonly rim: 'brim' | 'visor' | 'edge';
  readonly top: Vec;
  /** Ends of the line where the head goes in: beneath the crown, or the lower edge's own ends. */
  readonly band: Readonly<Record<Side, Vec>>;
  /** Outer ends of brim, visor or edge. */
  readonly ends: Readonly<Record<Side, Vec>>;
  /** Middle of the lower edge in front. */
  readonly front: Vec;
}

/** A chain or string with what hangs from it. */
export interface NecklaceForm {
  readonly what: 'necklace';
  /** Points down the middle of the string, from its upper left end through its lowest point to its upper right end. */
  readonly string: readonly Vec[];
  /** Index in `string` of the lowest point. */
  readonly lowest: number;
  /** Whether the picture shows the part behind the neck too. */
  readonly closed: boolean;
  /** Half the string's thickness, pixels. */
  readonly halfWidth: number;
  /** Height and half-width of what hangs below the lowest point; null for nothing. */
  readonly pendant: { readonly bottom: Vec; readonly halfWidth: number } | null;
}

/** A bag from the front with its handle or strap standing above it. */
export interface BagForm {
  readonly what: 'bag';
  /** Highest point of the handle or strap, in the middle of its thickness. */
  readonly grip: Vec;
  /** Where the two ends of handle or strap meet the bag. */
  readonly roots: Readonly<Record<Side, Vec>>;
  /** Lowest point in the middle. */
  readonly bottom: Vec;
  /** Greatest width of the bag itself, pixels. */
  readonly width: number;
  /** Thickness of handle or strap, pixels. */
  readonly strap: number;
}

export type AccessoryForm = GlassesForm | HatForm | NecklaceForm | BagForm;
