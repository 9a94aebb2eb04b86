import type { Backdrop, Presets } from '../recipe.ts';

/** Places. An open vocabulary: any other words are taken as they are. */
export const backgrounds: Presets<Backdrop> = {
  'studio-white': {
    words: 'seamless pure white studio background, soft contact shadow on the floor',
    atelier: { kind: 'plain', color: '#ffffff' },
  },
  'studio-grey': {
    words: 'seamless mid-grey studio background',
    atelier: { kind: 'gradient', top: '#c9c9c9', bottom: '#a6a6a6' },
  },
  'studio-black': {
    words: 'seamless black studio background, subtle rim separation',
    atelier: { kind: 'plain', color: '#0b0b0b' },
  },
  'studio-beige': {
    words: 'seamless warm beige studio background',
    atelier: { kind: 'gradient', top: '#efe6d8', bottom: '#dccdb8' },
  },
  'urban-city': {
    words: 'city street with contemporary architecture, softly blurred, pavement underfoot',
    atelier: { kind: 'scene', scene: 'street' },
  },
  'nature-garden': {
    words: 'lush garden with softly blurred greenery, natural ground underfoot',
    atelier: { kind: 'scene', scene: 'garden' },
  },
  'modern-interior': {
    words: 'modern interior with plain walls, large window and wooden floor',
    atelier: { kind: 'scene', scene: 'interior' },
  },
  beach: {
    words: 'wide sandy beach, calm sea and open sky',
    atelier: { kind: 'scene', scene: 'beach' },
  },
  desert: {
    words: 'sand dunes under a clear sky',
    atelier: { kind: 'scene', scene: 'desert' },
  },
  'everyday-environment': {
    words:
      'everyday setting that suits the outfit, such as a street, an office or a café, softly blurred',
    atelier: { kind: 'scene', scene: 'street' },
  },
};
