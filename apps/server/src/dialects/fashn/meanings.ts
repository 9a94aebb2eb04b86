import { z } from 'zod';
import { optionalPicture, picture } from './fields.ts';

/** What each input means, for the document and its page; names mean the same in every model. */
const meanings: Readonly<Record<string, string>> = {
  model_image: 'The person.',
  garment_image: 'The garment: laid flat, on a ghost mannequin, or worn by somebody.',
  product_image: 'The product to be worn.',
  face_image: 'The face that the new person has.',
  image: 'The picture to work on.',
  image_prompt: 'A picture whose pose, place and look are followed.',
  image_reference: 'A picture whose pose is followed.',
  image_context: 'A picture of what the prompt speaks of.',
  face_reference: 'A picture of the identity that the person has.',
  face_reference_mode: 'Whose expression and pose of the head stay.',
  background_reference: 'A picture of the place.',
  mask: 'White where the picture is to change, black where it stays.',
  end_image: 'The last frame; needs resolution 1080p.',
  prompt: 'What is wanted, in words.',
  negative_prompt: 'What is not wanted, in words.',
  category: 'What the garment is; auto lets the picture say.',
  garment_photo_type:
    'Whether the garment is alone or worn by somebody; auto lets the picture say.',
  segmentation_free:
    'Whether the engine may do without a parse of the person; the built-in one always makes one.',
  moderation_level: 'How strictly pictures and prompts are looked at.',
  mode: 'How much time a picture may take for how much care.',
  generation_mode: 'How much time a picture may take for how much care.',
  resolution: 'Size of the answer.',
  aspect_ratio: 'Width to height of the answer.',
  variation_strength: 'How far the answer may be from the picture.',
  num_images: 'How many pictures are made; each is charged.',
  num_samples: 'How many pictures are made; each is charged.',
  seed: 'The same seed makes the same picture again.',
  output_format: 'File format of the answer.',
  return_base64: 'Whether the answer is in the status itself, and kept for an hour only.',
  duration: 'Length of the video in seconds.',
  reference_type: 'Retired: what is followed of image_reference.',
  lora_url: 'Retired: a model of an identity, for engines that can load one.',
  disable_prompt_enhancement: 'Retired: prompts are never rewritten here.',
  background_change: 'Retired: whether the place may change too.',
  background_prompt: 'Retired name of prompt.',
  target_direction: 'Retired: where the picture is to be extended.',
  target_aspect_ratio: 'Retired name of aspect_ratio.',
};

/** The inputs of a model, each with what it means. */
export function withMeanings(shape: Readonly<Record<string, z.ZodType>>): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(shape).map(([name, field]) => {
        const meaning = field.description ?? meanings[name];
        if (meaning === undefined) throw new Error(`FASHN's input ${name} has no meaning`);
        return [name, asWritten(field).describe(meaning)];
      }),
    ),
  );
}

/** Pictures are text on the wire; the schema that validates them sees what has been read from it. */
function asWritten(field: z.ZodType): z.ZodType {
  if (field === picture) return z.string();
  return field === optionalPicture ? z.string().optional() : field;
}
