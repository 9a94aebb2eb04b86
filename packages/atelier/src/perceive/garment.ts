import type { Vec } from '../geometry/vector.ts';
import type { Mask, Plane, RgbImage } from '../pixels/image.ts';
import type { Side } from './person.ts';

export type GarmentKind = 'top' | 'bottom' | 'dress' | 'skirt' | 'coat' | 'accessory';
export type PhotoType = 'flat-lay' | 'worn';
export type SleeveClass = 'none' | 'cap' | 'short' | 'long';

/** One side of a top, coat or dress, sides as seen in the picture. */
export interface GarmentSide {
  /** Where neckline and shoulder seam meet. */
  readonly neckPoint: Vec;
  /** Outer end of the shoulder seam (where the sleeve begins), or of the strap. */
  readonly shoulderTip: Vec;
  readonly armpit: Vec;
  /** Points down the side edge of the body of the garment, from the armpit (excluded) to the hem's corner (included). */
  readonly edge: readonly Vec[];
  readonly sleeve: Sleeve | null;
}

export interface Sleeve {
  /** Middle of the sleeve's opening at the body, between shoulder tip and armpit. */
  readonly base: Vec;
  /** Points down the middle of the sleeve, from base to the middle of the cuff, at equal steps. */
  readonly axis: readonly Vec[];
  /** Half-width across the axis at each of its points, pixels. */
  readonly halfWidths: readonly number[];
  /** Arc length of the axis, pixels. */
  readonly length: number;
  readonly class: SleeveClass;
}

/** The front edge of the neck opening, left to right, from neck point to neck point; cloth above it is the inner back. */
export interface Neckline {
  readonly curve: readonly Vec[];
  readonly shape: 'round' | 'v' | 'square' | 'high' | 'collar' | 'straight';
  /** Depth of the lowest point below the neck points, pixels. */
  readonly depth: number;
  readonly confidence: number;
}

/** Landmarks of tops, dresses and coats. */
export interface TopLandmarks {
  readonly left: GarmentSide;
  readonly right: GarmentSide;
  readonly neckline: Neckline;
  /** Hem from left corner to right corner. */
  readonly hem: readonly Vec[];
  readonly centreX: number;
  readonly confidence: number;
}

/** Everything that is known of a garment's picture. Planes have the picture's size. */
export interface GarmentReading {
  readonly image: RgbImage;
  /** Share of garment, soft at the edge; the inner back, labels and hangers above the front neckline are left in here. */
  readonly matte: Plane;
  /** The part of the garment in front: matte minus inner back, label and tags. */
  readonly front: Plane;
  /** Which pixels belong to each sleeve (cut from armpit to shoulder tip). */
  readonly sleeves: Readonly<Record<Side, Mask>>;
  readonly kind: { readonly value: GarmentKind; readonly confidence: number };
  readonly photo: { readonly value: PhotoType; readonly confidence: number };
  readonly landmarks: TopLandmarks;
  readonly doubts: readonly string[];
  readonly timings: Readonly<Record<string, number>>;
}

export type GarmentProblem =
  | { readonly kind: 'no-garment'; readonly message: string }
  | { readonly kind: 'unsupported-garment'; readonly message: string };
