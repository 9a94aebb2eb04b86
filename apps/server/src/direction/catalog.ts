import { backgrounds } from './presets/backgrounds.ts';
import { framings } from './presets/framing.ts';
import { lighting } from './presets/lighting.ts';
import { hairs, makeups } from './presets/looks.ts';
import { personas } from './presets/personas.ts';
import { styles } from './presets/styles.ts';

/** All presets, by the field of a direction that takes them. Open vocabularies take any other words as well. */
export const presetCatalog = {
  persona: { open: false, presets: personas },
  style: { open: true, presets: styles },
  background: { open: true, presets: backgrounds },
  'light.preset': { open: false, presets: lighting },
  framing: { open: false, presets: framings },
  makeup: { open: true, presets: makeups },
  hair: { open: true, presets: hairs },
} as const;
