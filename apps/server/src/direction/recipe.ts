/**
 * What the built-in engine does for a preset, in its own terms. Where there is null it can do nothing, and a picture comes with a warning.
 */

/** What stands behind a person. Colours are sRGB in hex. */
export type Backdrop =
  | { readonly kind: 'plain'; readonly color: string }
  | { readonly kind: 'gradient'; readonly top: string; readonly bottom: string }
  /** A drawn place: a ground and what rises behind it. */
  | {
      readonly kind: 'scene';
      readonly scene: 'street' | 'garden' | 'interior' | 'beach' | 'desert';
    };

/** A main light and what fills its shadows. */
export interface LightRecipe {
  /** Degrees from the camera's axis; positive is to the right of the picture, 180 is from behind. */
  readonly azimuth: number;
  /** Degrees above the horizon. */
  readonly elevation: number;
  /** Colour of the main light, in kelvin for whites, otherwise as sRGB in hex. */
  readonly color: number | string;
  /** 0 is a bare bulb, 1 an overcast sky. */
  readonly softness: number;
  /** Share of the main light that reaches the shadows, 0 to 1. */
  readonly fill: number;
  /** Brightness of the whole picture; 1 leaves it. */
  readonly exposure: number;
}

/** Changes of tone over the whole picture; 1 or 0 leaves it as it is. */
export interface GradeRecipe {
  readonly contrast: number;
  readonly saturation: number;
  /** -1 is cold, 1 is warm. */
  readonly warmth: number;
  /** 0 to 1. */
  readonly vignette: number;
  readonly grain: number;
}

/** Which part of a standing person fills the picture, as shares of the body's height from the crown down. */
export interface CropRecipe {
  readonly from: number;
  readonly to: number;
}

/** What a preset means: comma-separated phrases for generative engines, and the recipe for the built-in one. */
export interface Preset<Recipe> {
  readonly words: string;
  readonly atelier: Recipe | null;
}

export type Presets<Recipe> = Readonly<Record<string, Preset<Recipe>>>;

/** The preset of an open vocabulary, however its id is spelt ("Studio White", "studio_white"); null for words of the caller's own. */
export function presetOf<Recipe>(presets: Presets<Recipe>, name: string): Preset<Recipe> | null {
  const id = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');
  return Object.hasOwn(presets, id) ? (presets[id] ?? null) : null;
}
