import { randomInt } from 'node:crypto';
import type { RequestFor } from '../../capabilities/index.ts';
import { classifyImageString } from '../../capabilities/image-string.ts';
import type { InboundBody } from '../dialect.ts';
import { isStorable } from '../fields.ts';
import type { InlinePictures } from '../inline-pictures.ts';
import { accept, refuse } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { isRecord } from '../read-body.ts';
import { createPictureTaker } from '../read-pictures.ts';
import type { Mode } from './wire.ts';

export const invalidSelfie = 'selfie_base64 is not a valid image';
export const unreachableClothing = 'clothing_image_url could not be loaded';

/** The names of the pictures, as messages of a failed job have them. */
export const selfieName = 'selfie';
export const clothingName = 'clothing';

export interface Order {
  /** Inline pictures are still drafts in it. */
  readonly draft: RequestFor<'editorial'>;
  readonly inline: InlinePictures;
}

const longestDescription = 10_000;
const backgrounds = { studio: 'studio-white', environment: 'everyday-environment' } as const;

/** Pure. The fields are checked one after the other, in the order of the contract, and with its sentences. */
export function parseOrder(body: InboundBody): Parsed<Order> {
  const { json, pictures } = body;
  if (!isRecord(json)) return refuse('The request body must be a JSON object');
  const selfie = requiredText(json, 'selfie_base64');
  if (!selfie.ok) return selfie;
  const description = requiredText(json, 'clothing_description');
  if (!description.ok) return description;
  const mode = requiredText(json, 'mode');
  if (!mode.ok) return mode;
  if (!isMode(mode.value)) return refuse('mode must be "studio" or "environment"');
  if (!isUsable(description.value, pictures)) {
    return refuse(
      `clothing_description must be plain text of at most ${longestDescription} characters`,
    );
  }
  const clothing = json['clothing_image_url'] ?? undefined;
  if (clothing !== undefined && typeof clothing !== 'string') {
    return refuse('clothing_image_url must be a string');
  }
  if (!pictures.has(selfie.value) && !isInline(selfie.value)) return refuse(invalidSelfie);

  const take = createPictureTaker(pictures);
  const portrait = take.take('selfie_base64', selfie.value);
  if (take.fault !== null) return refuse(invalidSelfie);
  const garment = take.takeIfGiven('clothing_image_url', clothing);
  if (take.fault !== null) return refuse(unreachableClothing);
  return accept({
    inline: take.inline,
    draft: {
      capability: 'editorial',
      images: { [selfieName]: portrait, ...(garment && { [clothingName]: garment }) },
      people: [{ portrait: selfieName, garments: garment === undefined ? [] : [clothingName] }],
      direction: { outfit: description.value, background: backgrounds[mode.value] },
      seed: randomInt(2 ** 32),
      count: 1,
      moderation: 'permissive',
      resolution: '1k',
    },
  });
}

function requiredText(json: Readonly<Record<string, unknown>>, name: string): Parsed<string> {
  const value = json[name];
  if (value === undefined || value === null || value === '') return refuse(`${name} is required`);
  if (typeof value !== 'string') return refuse(`${name} must be a string`);
  return value.trim() === '' ? refuse(`${name} is required`) : accept(value);
}

const isMode = (text: string): text is Mode => Object.hasOwn(backgrounds, text);

const isUsable = (text: string, pictures: InboundBody['pictures']): boolean =>
  text.length <= longestDescription && isStorable(text) && !pictures.has(text);

function isInline(text: string): boolean {
  const { form } = classifyImageString(text);
  return form === 'base64' || form === 'data-uri';
}
