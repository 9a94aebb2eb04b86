import type { Atelier, Wear } from '@toile/atelier';
import type { EngineJob, PreparedImage } from '../engine.ts';
import type { TryOn } from './limits.ts';
import { pixelsOf, ratioOf } from './size.ts';
import { readWishes } from './wishes.ts';

/** Put on after `garment`, in this order. */
const furtherGarments = ['garment2', 'garment3'] as const;

/** A try-on request in atelier's terms. */
export function tryOnTask(
  request: TryOn,
  images: EngineJob['images'],
): Parameters<Atelier['tryOn']>[0] {
  return {
    person: picture(images, 'model'),
    garment: picture(images, 'garment'),
    further: furtherGarments.flatMap((name) => images[name] ?? []),
    wear: wearOf(request),
    garmentKind: request.garmentKind,
    ...(request.garmentWords !== undefined && { garmentWords: request.garmentWords }),
    photoType: request.photoType,
    ...(request.aspectRatio !== undefined && { ratio: ratioOf(request.aspectRatio) }),
    ...(request.resolution !== undefined && { pixels: pixelsOf[request.resolution] }),
    seeds: Array.from({ length: request.count }, (_, k) => (request.seed + k) % 2 ** 32),
    ...(request.effort !== undefined && { effort: request.effort }),
  };
}

/** The names of the garments that came, in the order of the task. */
export const garmentNames = (images: EngineJob['images']): string[] =>
  ['garment', ...furtherGarments].filter((name) => name in images);

export function picture(images: EngineJob['images'], name: string): PreparedImage {
  const image = images[name];
  if (!image) throw new Error(`intake delivered no picture named ${name}`);
  return image;
}

/** A size that was chosen counts for more than words. */
function wearOf({ prompt, garmentSize }: TryOn): Wear {
  const { wear } = readWishes(prompt ?? '');
  return garmentSize === undefined ? wear : { ...wear, size: sizes[garmentSize] };
}

const sizes = { S: 's', M: 'm', L: 'l', XL: 'xl' } as const;
