import type { Presets } from '../recipe.ts';

/** Makeup. Open; the built-in engine keeps faces as they were photographed. */
export const makeups: Presets<never> = {
  'no-makeup': { words: 'bare skin without visible makeup', atelier: null },
  'natural-glam': { words: 'natural glam makeup, dewy skin, softly defined eyes', atelier: null },
  'bold-lip': { words: 'bold red lip, otherwise restrained makeup', atelier: null },
  'smoky-eye': { words: 'smoky eye makeup, nude lip', atelier: null },
};

/** Hair. Open; as with makeup. */
export const hairs: Presets<never> = {
  'slicked-back-low-bun': { words: 'hair slicked back into a low bun', atelier: null },
  'loose-waves': { words: 'loose shoulder-length waves, side part', atelier: null },
  'sleek-straight': { words: 'sleek straight hair, centre part', atelier: null },
  'natural-curls': { words: 'natural defined curls', atelier: null },
};
