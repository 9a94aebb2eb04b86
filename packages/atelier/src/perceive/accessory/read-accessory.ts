import type { Nets } from '../../nets/open-nets.ts';
import { components } from '../../pixels/components.ts';
import {
  createPlane,
  type Mask,
  type Plane,
  type RgbImage,
  threshold,
} from '../../pixels/image.ts';
import { stopwatch } from '../../stopwatch.ts';
import type { AccessoryReading, GarmentProblem } from '../garment.ts';
import { findGarmentMatte } from '../garment/garment-matte.ts';
import { readBag } from './bag.ts';
import { findFineMatte, unmix } from './fine-matte.ts';
import type { AccessoryForm } from './form.ts';
import { findGlass, readGlasses } from './glasses.ts';
import { readHat } from './hat.ts';
import { readNecklace } from './necklace.ts';
import { boxOf } from './shape.ts';
import type { AccessoryName } from './words.ts';

export interface ReadAccessoryOptions {
  /** The picture's own transparency, 0..1, of the same size; used as matte when it cuts something out. */
  readonly alpha?: Plane;
  /** The net's opinion of the picture, where it has been asked already. */
  readonly saliency?: Plane;
  /** What the client says it is. */
  readonly named?: AccessoryName;
}

export type AccessoryAnswer =
  | { readonly ok: true; readonly value: AccessoryReading }
  | { readonly ok: false; readonly problem: GarmentProblem };

/** Share of the picture's surroundings that is plain backdrop at least. */
const EVEN = 0.6;

/**
 * Reads an accessory from its product photo: cuts it out, says by its shape what it is (or checks what the client says)
 * and finds what it is worn by. What cannot be worn from such a picture is refused by name.
 */
export async function readAccessory(
  image: RgbImage,
  nets: Nets,
  options: ReadAccessoryOptions = {},
): Promise<AccessoryAnswer> {
  const watch = stopwatch();
  const saliency = options.saliency ?? (await nets.saliency(image));
  watch.lap('saliency');
  const cuts = cutOut(image, saliency, options.alpha);
  watch.lap('matte');
  if (!boxOf(cuts.fine.mask)) {
    return refuse(
      'no-garment',
      'No accessory stands out from the background of the image. Send a product photo on a plain background.',
    );
  }
  if (cuts.evenness < EVEN) return refuse('no-garment', messages.backdrop);
  const seen = recognise(cuts, options.named);
  watch.lap('form');
  if ('refusal' in seen) return refuse('unsupported-garment', seen.refusal);
  const { form } = seen;
  const { share } = form.what === 'hat' ? cuts.solid : cuts.fine;
  const glass =
    form.what === 'glasses'
      ? findGlass(cuts.fine.mask, cuts.relief).share
      : createPlane(image.width, image.height);
  const matte = createPlane(image.width, image.height);
  for (let i = 0; i < matte.data.length; i++) {
    matte.data[i] = Math.max(share.data[i], glass.data[i]);
  }
  const clean = unmix(image, matte);
  watch.lap('colours');
  return {
    ok: true,
    value: {
      shape: 'accessory',
      image: throughGlass(clean, glass),
      matte,
      front: matte,
      glass,
      form,
      kind: { value: 'accessory', confidence: 0.9 },
      photo: { value: 'flat-lay', confidence: 0.9 },
      doubts: [],
      timings: watch.laps,
    },
  };
}

interface Cut {
  readonly share: Plane;
  readonly mask: Mask;
}

interface Cuts {
  /** Thin parts and holes kept. */
  readonly fine: Cut;
  /** By the outline, of the backdrop's colour or not. */
  readonly solid: Cut;
  readonly relief: Plane;
  readonly evenness: number;
}

function cutOut(image: RgbImage, saliency: Plane, alpha: Plane | undefined): Cuts {
  const fine = findFineMatte(image, saliency);
  if (alpha?.data.some((share) => share < 0.1)) {
    const own = { share: alpha, mask: threshold(alpha, 0.5) };
    return { fine: own, solid: own, relief: fine.relief, evenness: 1 };
  }
  const { matte, mask } = findGarmentMatte(image, saliency);
  return {
    fine,
    solid: { share: matte, mask },
    relief: fine.relief,
    evenness: fine.backdrop.evenness,
  };
}

const messages = {
  backdrop:
    'The accessory does not stand on a plain background, so that it cannot be cut out cleanly. Send a product photo on a plain background.',
  unknown:
    'It is not clear which accessory the image shows. The built-in engine can try on glasses, hats, necklaces and bags: send one from the front, upright and whole, on a plain background, or configure a generative engine.',
  glasses:
    'The glasses are not seen straight from the front with both lenses whole. Send a photo from the front, on a plain background.',
  hat: 'No hat with a crown above a level rim is seen from the front. Send a photo from the front at eye level, on a plain background.',
  necklace:
    'The necklace does not lie as one open loop. Send a photo of it laid out as a loop, or hanging, with the pendant below, on a plain background.',
  bag: 'The bag is not seen from the front with its handle or strap standing above it. Send a photo from the front with the handle raised, on a plain background.',
  scarf:
    'The built-in engine cannot drape a scarf from a picture of it. Send glasses, a hat, a necklace or a bag, or configure a generative engine.',
  shoes:
    'The built-in engine cannot put on shoes: feet would have to be seen as the shoes are. Send glasses, a hat, a necklace or a bag, or configure a generative engine.',
} as const;

type Recognised = { readonly form: AccessoryForm } | { readonly refusal: string };

function recognise(cuts: Cuts, named: AccessoryName | undefined): Recognised {
  if (named) return asNamed(cuts, named);
  if (isPair(cuts.solid.mask)) return { refusal: messages.shoes };
  for (const what of ['glasses', 'bag', 'necklace', 'hat'] as const) {
    const seen = readers[what](cuts);
    if (seen) return seen;
  }
  const box = boxOf(cuts.solid.mask);
  const tall = box ? (box.bottom - box.top) / (box.right - box.left) : 0;
  return { refusal: tall > 2.6 ? messages.scarf : messages.unknown };
}

function asNamed(cuts: Cuts, named: AccessoryName): Recognised {
  if (named === 'scarf' || named === 'shoes') return { refusal: messages[named] };
  return readers[named](cuts) ?? { refusal: messages[named] };
}

const readers: Readonly<
  Record<'glasses' | 'necklace' | 'bag' | 'hat', (cuts: Cuts) => Recognised | null>
> = {
  glasses: ({ fine }) => formOf(readGlasses(fine.mask)),
  necklace: ({ fine }) => formOf(readNecklace(fine.mask)),
  bag: ({ fine }) => formOf(readBag(fine.mask)),
  hat: ({ solid }) => {
    const seen = readHat(solid.mask);
    if (!seen || 'form' in seen) return seen;
    return {
      refusal: `The hat is photographed ${seen.askew}, and would not sit on a head seen from the front. Send a photo from the front at eye level, on a plain background.`,
    };
  },
};

const formOf = (form: AccessoryForm | null): Recognised | null => form && { form };

/** Two pieces of about the same size and nothing else: shoes. */
function isPair(mask: Mask): boolean {
  const [first, second, third] = components(mask)
    .areas.slice(1)
    .toSorted((a, b) => b - a);
  return second !== undefined && second > 0.6 * first && (third ?? 0) < 0.1 * first;
}

/** Glass shows how much light it lets through: its colour over the backdrop's. */
function throughGlass({ image, backdrop }: ReturnType<typeof unmix>, glass: Plane): RgbImage {
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < glass.data.length; i++) {
    if (glass.data[i] < 0.5) continue;
    for (let c = 0; c < 3; c++) {
      const through = image.data[3 * i + c] / Math.max(0.01, backdrop[c].data[i]);
      data[3 * i + c] = Math.min(255, Math.round(through));
    }
  }
  return { ...image, data };
}

const refuse = (kind: GarmentProblem['kind'], message: string): AccessoryAnswer => ({
  ok: false,
  problem: { kind, message },
});
