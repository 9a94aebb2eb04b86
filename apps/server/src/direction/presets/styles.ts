import type { GradeRecipe, Presets } from '../recipe.ts';

const grade = (changes: Partial<GradeRecipe>): GradeRecipe => ({
  contrast: 1,
  saturation: 1,
  warmth: 0,
  vignette: 0,
  grain: 0,
  ...changes,
});

/** Ways of photographing fashion. An open vocabulary: any other words are taken as they are. */
export const styles: Presets<GradeRecipe> = {
  'editorial-vogue': {
    words:
      'high-fashion magazine editorial, sculptural pose, confident gaze, refined colour grading, medium format photography',
    atelier: grade({ contrast: 1.12, saturation: 0.95, vignette: 0.12 }),
  },
  'street-style': {
    words:
      'candid street-style photography, natural stride, available light, true-to-life colours, 35 mm lens',
    atelier: grade({ contrast: 1.06, saturation: 1.05, grain: 0.08 }),
  },
  'minimalist-clean': {
    words:
      'minimalist composition, clean lines, even tones, calm pose, plenty of negative space, catalogue clarity',
    atelier: grade({ contrast: 0.98, saturation: 0.92 }),
  },
  'e-commerce': {
    words:
      'e-commerce product photography, neutral standing pose, accurate colours, even exposure, sharp fabric detail',
    atelier: grade({}),
  },
  lookbook: {
    words: 'fashion lookbook photography, relaxed pose, soft contrast, consistent framing',
    atelier: grade({ contrast: 1.03, warmth: 0.05 }),
  },
  'luxury-campaign': {
    words:
      'luxury brand campaign, poised attitude, rich shadows, precise highlights, medium format photography',
    atelier: grade({ contrast: 1.15, saturation: 0.9, warmth: 0.08, vignette: 0.18 }),
  },
  'vintage-film': {
    words: 'analogue film photography, gentle grain, faded blacks, warm colour cast',
    atelier: grade({ contrast: 0.92, saturation: 0.85, warmth: 0.25, grain: 0.3 }),
  },
  'black-and-white': {
    words: 'black-and-white fashion photography, deep blacks, silvery midtones',
    atelier: grade({ contrast: 1.15, saturation: 0, grain: 0.12 }),
  },
  cinematic: {
    words: 'cinematic still, shallow depth of field, motivated light, teal and amber grading',
    atelier: grade({ contrast: 1.1, saturation: 0.9, warmth: 0.1, vignette: 0.2 }),
  },
  sporty: {
    words: 'sportswear campaign, dynamic movement, crisp light, vivid colours',
    atelier: grade({ contrast: 1.1, saturation: 1.12 }),
  },
};
