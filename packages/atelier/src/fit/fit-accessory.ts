import type { AccessoryReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { placeBag } from './accessory-bag.ts';
import { placeGlasses } from './accessory-glasses.ts';
import { measureHead, refuseHead } from './accessory-head.ts';
import { placeHat, refuseHat } from './accessory-hat.ts';
import { placeNecklace } from './accessory-necklace.ts';
import type { AccessoryPlace } from './accessory-place.ts';

export type AccessoryFit = { readonly place: AccessoryPlace } | { readonly refusal: string };

/** Where this person wears an accessory, or why not, as a sentence for the client. */
export function fitAccessory(person: PersonReading, reading: AccessoryReading): AccessoryFit {
  const { form } = reading;
  if (form.what === 'bag') return placeBag(person, form);
  const refusal = refuseHead(person, form.what === 'glasses' ? 'glasses' : `a ${form.what}`);
  if (refusal !== null) return { refusal };
  const head = measureHead(person);
  switch (form.what) {
    case 'glasses':
      return { place: placeGlasses(head, reading, form) };
    case 'hat': {
      const unfit = refuseHat(person, head, form);
      return unfit === null ? { place: placeHat(person, head, form) } : { refusal: unfit };
    }
    case 'necklace': {
      const place = placeNecklace(person, head, form);
      return place
        ? { place }
        : {
            refusal:
              'The neck of the person is not seen, so that a necklace cannot be laid around it. Send a photo that shows neck and shoulders from the front.',
          };
    }
  }
}
