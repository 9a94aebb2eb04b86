import type { CapabilityRequest, RequestFor } from '../capabilities/index.ts';

const kindNames = {
  tops: 'top',
  bottoms: 'bottom',
  'one-pieces': 'dress',
} as const;

/** What is to be made, without the full stop. Total over capabilities; no word of a caller's stands in it. */
export function openingOf(request: CapabilityRequest): string {
  switch (request.capability) {
    case 'try-on':
      return tryOn(request);
    case 'product-to-model':
      return request.images.face === undefined
        ? 'A fashion photo of a person wearing the given product'
        : 'A fashion photo of the given person wearing the given product';
    case 'face-to-model':
      return 'An upper-body fashion photo of the person with the given face';
    case 'model-create':
      return request.images.face === undefined
        ? 'A photo of a fashion model'
        : 'A photo of a fashion model with the given face';
    case 'model-swap':
      return request.images.face === undefined
        ? 'The given photo with another person in the same outfit and pose'
        : 'The given photo with the person of the given face in the same outfit and pose';
    case 'editorial':
      return editorial(request);
    case 'variations':
      return variations(request);
    case 'edit':
      return request.images.mask === undefined
        ? 'The given picture, changed only as the client wishes'
        : 'The given picture, changed only as the client wishes and only where the mask is white';
    case 'relight':
      return 'The given picture with another light, everything else unchanged';
    case 'upscale':
      return 'The given picture at a higher resolution, with its fabric and skin detail kept';
    case 'fabric-change':
      return `The given photo with the ${kindNames[request.garmentKind]} made of ${
        request.images.fabric === undefined ? 'another fabric' : 'the given fabric'
      }, its cut, its folds and the light unchanged`;
    case 'sketch-to-garment':
      return 'A photo of the garment of the given sketch, worn, in real material';
    case 'reframe':
      return 'The given picture in another format, extended in kind where it is too small';
    case 'background-change':
      return 'The given subject, unchanged, in another place';
    case 'background-remove':
      return 'The given subject without its background';
    case 'image-to-video':
      return 'The given picture in natural motion';
  }
}

function tryOn({ images, garmentSize }: RequestFor<'try-on'>): string {
  return [
    'The given person wearing the given garment',
    images.pose === undefined ? 'in the same pose' : 'in the pose of the pose picture',
    ...(images.style === undefined ? [] : ['in the manner of the style picture']),
    ...(garmentSize === undefined ? [] : [`in size ${garmentSize} as it fits this person`]),
    'everything else unchanged',
  ].join(', ');
}

const counts = ['', 'a model', 'two models', 'three models', 'four models'];

function editorial({ people }: RequestFor<'editorial'>): string {
  const garments = people.flatMap((person) => person.garments).length;
  const who = counts[people.length] ?? `${people.length} models`;
  const worn =
    garments === 0
      ? 'wearing the outfit described'
      : people.length === 1
        ? `wearing the given ${garments === 1 ? 'garment' : 'garments'}`
        : 'each wearing their given garments';
  const kept = people.some((person) => person.portrait !== null || person.sheet !== undefined)
    ? ', with the faces and figures of the given portraits'
    : '';
  return `A fashion editorial photo of ${who} ${worn}${kept}`;
}

function variations({ identity, garments, strength }: RequestFor<'variations'>): string {
  const subject =
    identity === 'invent'
      ? 'with a new person in the same outfit'
      : 'with the same person in the same outfit';
  const products =
    garments === undefined || garments.length === 0 ? '' : ', the given products exactly as shown';
  return strength === 'subtle'
    ? `The given picture once more, slightly varied, ${subject}${products}`
    : `Another picture of the same campaign as the given one, ${subject}${products}`;
}
