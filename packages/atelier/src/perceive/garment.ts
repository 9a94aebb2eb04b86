import type { Vec } from '../geometry/vector.ts';
import type { Mask, Plane, RgbImage } from '../pixels/image.ts';
import type { AccessoryForm } from './accessory/form.ts';
import type { Side } from './person.ts';

export type GarmentKind = 'top' | 'bottom' | 'dress' | 'skirt' | 'coat' | 'accessory';
/** `ghost`: photographed on an invisible mannequin; `worn`: cut from a photo of somebody wearing it. */
export type PhotoType = 'flat-lay' | 'ghost' | 'worn';
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
  /** Narrowest place between armpits and hem, where the wearer's waist goes; null where the sides show none. */
  readonly waist: { readonly left: Vec; readonly right: Vec } | null;
  /** Hem from left corner to right corner. */
  readonly hem: readonly Vec[];
  readonly centreX: number;
  readonly confidence: number;
}

/** One half of trousers, shorts or a skirt, side as seen in the picture. */
export interface BottomSide {
  /** Points down the outer edge, from the waist's corner to the hem's outer corner, both included. */
  readonly outer: readonly Vec[];
  /** Points down the inner leg, from the crotch to the hem's inner corner, both included; empty for skirts. */
  readonly inner: readonly Vec[];
  /** The leg's hem from left to right; for skirts this half of the hem, from or to the middle. */
  readonly hem: readonly Vec[];
}

/** Landmarks of trousers, shorts and skirts. */
export interface BottomLandmarks {
  /** Upper edge of the waistband's front, left corner to right corner. */
  readonly waist: readonly Vec[];
  readonly left: BottomSide;
  readonly right: BottomSide;
  /** Where the legs part; null for skirts. */
  readonly crotch: Vec | null;
  readonly centreX: number;
  readonly confidence: number;
}

/** What is known of any garment's picture. Planes have the picture's size. */
interface AnyGarmentReading {
  readonly image: RgbImage;
  /** The photo in full, framed as `image` but with more pixels, where an answer is large enough to show them. */
  readonly texture?: RgbImage;
  /** Share of garment, soft at the edge; the inner back, labels and hangers above the front neckline are left in here. */
  readonly matte: Plane;
  /** The part of the garment in front: matte minus inner back, label, tags and hanger. */
  readonly front: Plane;
  readonly kind: { readonly value: GarmentKind; readonly confidence: number };
  readonly photo: { readonly value: PhotoType; readonly confidence: number };
  /** Doubts worth telling a client, plain sentences. */
  readonly doubts: readonly string[];
  /** Milliseconds of each stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** A top, dress or coat. */
export interface TopReading extends AnyGarmentReading {
  readonly shape: 'top';
  readonly landmarks: TopLandmarks;
  /** Which pixels belong to each sleeve (cut from armpit to shoulder tip). */
  readonly sleeves: Readonly<Record<Side, Mask>>;
}

/** Trousers, shorts or a skirt. */
export interface BottomReading extends AnyGarmentReading {
  readonly shape: 'bottom';
  readonly landmarks: BottomLandmarks;
}

/** Something worn that is no clothing. */
export interface AccessoryReading extends AnyGarmentReading {
  readonly shape: 'accessory';
  readonly form: AccessoryForm;
  /** Share of glass; there the picture shows how much light comes through, white for all of it. */
  readonly glass: Plane;
}

/** Clothing for trunk or legs. */
export type ClothingReading = TopReading | BottomReading;

/** Everything that is known of a garment's picture. */
export type GarmentReading = ClothingReading | AccessoryReading;

export type GarmentProblem =
  | { readonly kind: 'no-garment'; readonly message: string }
  | { readonly kind: 'unsupported-garment'; readonly message: string };
