import type { LightingPreset } from '../../capabilities/direction.ts';
import type { LightRecipe, Preset } from '../recipe.ts';

/** Moods of light; the list is closed. */
export const lighting: Readonly<Record<LightingPreset, Preset<LightRecipe>>> = {
  'golden-hour': {
    words: 'warm golden-hour sunlight, low sun from the side, long soft shadows, glowing edges',
    atelier: {
      azimuth: 70,
      elevation: 15,
      color: 3200,
      softness: 0.5,
      fill: 0.45,
      exposure: 1.02,
    },
  },
  'blue-hour': {
    words: 'blue-hour dusk light, cool ambient sky, very soft shadows',
    atelier: { azimuth: 0, elevation: 60, color: 9500, softness: 1, fill: 0.75, exposure: 0.82 },
  },
  'studio-soft': {
    words: 'large softbox studio light, even and flattering, gentle shadows',
    atelier: { azimuth: 30, elevation: 35, color: 5600, softness: 0.9, fill: 0.7, exposure: 1.04 },
  },
  dramatic: {
    words: 'dramatic hard key light from the side, deep shadows, strong contrast',
    atelier: { azimuth: 75, elevation: 40, color: 5200, softness: 0.1, fill: 0.12, exposure: 0.92 },
  },
  neon: {
    words: 'neon light, saturated magenta and cyan from opposite sides, dark surroundings',
    atelier: {
      azimuth: -60,
      elevation: 10,
      color: '#ff2bd6',
      softness: 0.4,
      fill: 0.25,
      exposure: 0.85,
    },
  },
  'natural-window': {
    words: 'natural window light from one side, soft fall-off, neutral colour',
    atelier: { azimuth: -65, elevation: 25, color: 6000, softness: 0.75, fill: 0.4, exposure: 1 },
  },
  backlit: {
    words: 'light from behind, bright rim around hair and shoulders, gently filled front',
    atelier: { azimuth: 180, elevation: 30, color: 5600, softness: 0.4, fill: 0.5, exposure: 1.05 },
  },
  moonlight: {
    words: 'pale moonlight from above, cold and dim, quiet shadows',
    atelier: {
      azimuth: -30,
      elevation: 65,
      color: 11000,
      softness: 0.3,
      fill: 0.2,
      exposure: 0.65,
    },
  },
};
