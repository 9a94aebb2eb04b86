import type { Persona } from '../../capabilities/direction.ts';
import type { GradeRecipe, Preset } from '../recipe.ts';
import { styles } from './styles.ts';

/** Whole ways of making a series. */
export const personas: Readonly<Record<Persona, Preset<GradeRecipe>>> = {
  'fashion-editorial': {
    words:
      'coherent fashion editorial series, varied poses, angles and crops, the same person, outfit and place throughout',
    atelier: styles['editorial-vogue']?.atelier ?? null,
  },
  'surreal-product-hero': {
    words:
      'surreal product hero picture, the product enlarged to monumental scale, dreamlike set, immaculate material detail, no person in the foreground',
    atelier: null,
  },
};
