import type { Vec } from '../../geometry/vector.ts';
import { complement, type Plane } from '../../pixels/image.ts';
import { type Body, type Chain, facePlace, inside, nearChain, trunkPlace } from './body.ts';
import {
  fitMixture,
  type LabPlanes,
  type Mixture,
  type MixtureOptions,
  strangeness,
} from './colour-mixture.ts';
import type { Scene } from './scene.ts';

/** Colours of each label; undefined where nothing is known of them. In the order of `labels`, without `other`. */
export type Colours = readonly (Mixture | undefined)[];

/** Least variances of L, a, b: skin and hair run through more shades than cloth does. */
const SKIN_OPTIONS: MixtureOptions = { count: 3, floor: [35, 7, 7] };
const HAIR_OPTIONS: MixtureOptions = { count: 2, floor: [30, 8, 8] };
const CLOTH_OPTIONS: MixtureOptions = { count: 4, floor: [16, 6, 6] };

export interface Seeds {
  readonly colours: Colours;
  /** Pixels that are surely skin or hair, kept through all rounds. */
  readonly skin: readonly number[];
  readonly hair: readonly number[];
}

/** Share of a class from which on a pixel teaches its colours. */
const SEEN = 0.5;

/** First colours of each label, from places where the body leaves little doubt. */
export function seedColours({ view: { lab }, matte, body, classes }: Scene): Seeds {
  const { width, height } = matte;
  const collect = (seen: Plane, accept: (point: Vec) => boolean): number[] => {
    const found: number[] = [];
    for (let i = 0; i < matte.data.length; i++) {
      if (matte.data[i] < 0.85 || seen.data[i] < SEEN) continue;
      if (accept([(i % width) + 0.5, Math.floor(i / width) + 0.5])) found.push(i);
    }
    return found;
  };
  const { skin, mixture: skinColours } = seedSkin(lab, body, (accept) =>
    collect(classes.skin, accept),
  );
  const cloth = (pixels: number[]): Mixture | undefined =>
    fitMixture(lab, withoutSkin(lab, pixels, skinColours), CLOTH_OPTIONS);
  const onTrunk = (point: Vec): boolean => {
    const { down, aside } = trunkPlace(body, point);
    return down > 0.25 && down < 0.65 && aside < 0.3 && !onHand(body, point);
  };
  const onThighs = (point: Vec): boolean =>
    point[1] < height - 1 &&
    !onHand(body, point) &&
    onSomeChain(body, 'legs', point, 0.1, 0.8, 0.5);
  const belowHips = (point: Vec): boolean => {
    const { down, aside } = trunkPlace(body, point);
    return down > 1.02 && down < 1.4 && aside < 0.4 && !onHand(body, point);
  };
  // Where the segmenter sees no cloth, cloth of nearly the colour of skin may be there all the same.
  const tries = [
    collect(classes.clothes, onThighs),
    collect(classes.person, onThighs),
    collect(classes.person, belowHips),
  ];
  let lower = tries.find((pixels) => pixels.length >= 60) ?? [];
  // Cut off at the hips: the few pixels below them would as likely teach the upper garment's colours.
  if (lower.length < 150) lower = [];
  const hair = collect(complement(classes.skin), (point) => {
    const { ratio, over } = facePlace(body.face, point);
    return over > (body.faceSeen ? 0.5 : 0.1) && ratio > 1.02 && ratio < 1.9;
  });
  const shoes = collect(complement(classes.skin), (point) =>
    onSomeChain(body, 'legs', point, 2.1, 3, 0.8),
  );
  return {
    skin,
    hair,
    colours: [
      skinColours,
      fitMixture(lab, hair, HAIR_OPTIONS),
      cloth(collect(classes.clothes, onTrunk)),
      cloth(lower),
      cloth(shoes),
    ],
  };
}

function onSomeChain(
  body: Body,
  limbs: 'arms' | 'legs',
  point: Vec,
  from: number,
  to: number,
  within: number,
): boolean {
  const on = (chain: Chain): boolean => {
    const { ratio, along } = nearChain(chain, point);
    return ratio < within && along >= from && along <= to;
  };
  return on(body[limbs].left) || on(body[limbs].right);
}

const onHand = (body: Body, point: Vec): boolean => onSomeChain(body, 'arms', point, 1.4, 3, 1.2);

function seedSkin(
  lab: LabPlanes,
  body: Body,
  collect: (accept: (point: Vec) => boolean) => number[],
): { skin: readonly number[]; mixture: Mixture | undefined } {
  const lightness = lab[0].data;
  const hands = collect((point) => onSomeChain(body, 'arms', point, 2.05, 2.7, 0.6));
  if (body.faceSeen) {
    const face = collect((point) => {
      const { ratio } = facePlace(body.face, point);
      return ratio < 0.8 && inside(body.face.outline, point);
    }).toSorted((a, b) => lightness[a] - lightness[b]);
    // The darkest are eyes, brows and beard, the lightest shine.
    const skin = face.slice(Math.floor(face.length * 0.28), Math.floor(face.length * 0.97));
    if (skin.length > 30) return withHands(lab, skin, hands);
  }
  return { skin: hands, mixture: fitMixture(lab, hands, SKIN_OPTIONS) };
}

/** Hands are often more in the shade than the face; they teach too what lies within reach of the face's colours. */
function withHands(
  lab: LabPlanes,
  face: readonly number[],
  hands: readonly number[],
): { skin: readonly number[]; mixture: Mixture | undefined } {
  const ofFace = fitMixture(lab, face, SKIN_OPTIONS);
  const alike = hands.filter(
    (i) =>
      ofFace &&
      strangeness(ofFace, lab[0].data[i], lab[1].data[i], lab[2].data[i], [160, 14, 14]) < 6,
  );
  if (alike.length < 20) return { skin: face, mixture: ofFace };
  // As many of the hands as make a third, lest a large hand outweigh the face.
  const step = Math.max(1, alike.length / (face.length / 2));
  const some: number[] = [];
  for (let k = 0; k < alike.length; k += step) some.push(alike[Math.floor(k)]);
  const skin = [...face, ...some];
  return { skin, mixture: fitMixture(lab, skin, SKIN_OPTIONS) };
}

/** Drops skin-coloured pixels from samples of cloth, unless nearly all are: then the cloth is skin-coloured. */
function withoutSkin(
  lab: LabPlanes,
  pixels: readonly number[],
  skin: Mixture | undefined,
): readonly number[] {
  if (!skin) return pixels;
  const cloth = pixels.filter(
    (i) => strangeness(skin, lab[0].data[i], lab[1].data[i], lab[2].data[i], [60, 4, 4]) >= 9,
  );
  return cloth.length < 0.3 * pixels.length ? pixels : cloth;
}
