import { z } from 'zod';

/** What a caller wrote in words of their own. */
const words = z.string().max(10_000);

/** The moods of light that relight and editorial pictures know; a closed list. */
export const lightingPresetSchema = z.enum([
  'golden-hour',
  'blue-hour',
  'studio-soft',
  'dramatic',
  'neon',
  'natural-window',
  'backlit',
  'moonlight',
]);
export type LightingPreset = z.infer<typeof lightingPresetSchema>;

/** Whole ways of making a series of pictures. */
export const personaSchema = z.enum(['fashion-editorial', 'surreal-product-hero']);
export type Persona = z.infer<typeof personaSchema>;

export const framingSchema = z.enum(['full-body', 'three-quarter', 'close-up']);
export type Framing = z.infer<typeof framingSchema>;

/**
 * The creative brief of a job in structured form. `direction/` compiles it to a prompt for generative engines and says what the
 * built-in engine should do. Style and background are the id of a preset or any words; makeup, hair and the rest are words.
 */
export const directionSchema = z.object({
  persona: personaSchema.optional(),
  style: words.optional(),
  background: words.optional(),
  light: z
    .object({
      preset: lightingPresetSchema.optional(),
      /** Where it comes from: "above-left at 45 degrees". */
      position: words.optional(),
      /** Words or a hex colour. */
      color: words.optional(),
    })
    .optional(),
  framing: framingSchema.optional(),
  /** Who is shown, where nobody's picture says it. */
  person: z
    .object({
      gender: words.optional(),
      age: words.optional(),
      ethnicity: words.optional(),
    })
    .optional(),
  /** What is worn, as far as no picture shows it. */
  outfit: words.optional(),
  makeup: words.optional(),
  hair: words.optional(),
  brand: words.optional(),
  /** Everything else that the caller wishes. */
  wishes: words.optional(),
});
export type Direction = z.infer<typeof directionSchema>;
