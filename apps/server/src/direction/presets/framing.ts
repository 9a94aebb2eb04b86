import type { Framing } from '../../capabilities/direction.ts';
import type { CropRecipe, Preset } from '../recipe.ts';

export const framings: Readonly<Record<Framing, Preset<CropRecipe>>> = {
  'full-body': {
    words: 'full-body framing from head to shoes',
    atelier: { from: -0.08, to: 1.06 },
  },
  'three-quarter': { words: 'framed from head to mid-thigh', atelier: { from: -0.08, to: 0.62 } },
  'close-up': {
    words: 'tight portrait framing of head and shoulders',
    atelier: { from: -0.08, to: 0.27 },
  },
};
