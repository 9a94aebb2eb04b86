import { paintAccessory } from './compose/paint-accessory.ts';
import { compose } from './compose/compose.ts';
import { doubtsOf, keepDecent } from './compose/decency.ts';
import type { Dressing, Removal, WornGarment } from './compose/dressing.ts';
import { pasteImage } from './pixels/cut.ts';
import { giveBackUnstaged, openScene } from './compose/scene.ts';
import { onStage, stageOf } from './compose/stage.ts';
import { drawAccessory } from './draw/accessory.ts';
import { drawBottom } from './draw/bottom.ts';
import { drawTop } from './draw/top.ts';
import { tuckIn } from './draw/under-bottoms.ts';
import { measureHead } from './fit/accessory-head.ts';
import { type Arm, measureArm } from './fit/arm.ts';
import { fitAccessory } from './fit/fit-accessory.ts';
import { type BottomFit, fitBottom } from './fit/fit-bottom.ts';
import { fitTop, type TopFit } from './fit/fit-top.ts';
import type { WearOptions } from './fit/garment-size.ts';
import { layered } from './fit/layering.ts';
import { type LowerBody, measureLowerBody } from './fit/lower-body.ts';
import { mendCrotch } from './fit/mend-crotch.ts';
import { levelGarment } from './fit/level-garment.ts';
import { measureTrunk, type Trunk } from './fit/trunk.ts';
import type {
  AccessoryReading,
  BottomReading,
  ClothingReading,
  GarmentReading,
  TopReading,
} from './perceive/garment.ts';
import type { PersonReading, Side } from './perceive/person.ts';
import type { RgbImage } from './pixels/image.ts';
import { stopwatch } from './stopwatch.ts';
import { giveBack, inRegion } from '@toile/memory';

export interface DressOptions {
  /** Of the grain in revealed places; the same seed gives the same bytes. */
  readonly seed: number;
  /** How the garments are to be worn. */
  readonly wear?: WearOptions;
  /** Whether nobody needs the readings after this picture: their memory is given back as soon as it is used. */
  readonly endsReadings?: boolean;
}

/** The answer and what a debug picture of each stage needs. */
export interface DressedPerson {
  readonly image: RgbImage;
  readonly fits: readonly (TopFit | BottomFit)[];
  readonly dressing: Dressing;
  /** What the client should be told of the picture. */
  readonly doubts: readonly string[];
  readonly timings: Readonly<Record<string, number>>;
}

/**
 * Dresses a person in garments. Whether they can be worn together by this person is `unwearable`'s to say, before.
 *
 * @param picture the person's photo at the size of the answer; the reading may have been made from a smaller copy
 * @param garments from the innermost to the outermost
 */
export function dress(
  picture: RgbImage,
  person: PersonReading,
  garments: readonly GarmentReading[],
  options: DressOptions,
): DressedPerson {
  const accessories = garments.filter((garment) => garment.shape === 'accessory');
  const clothes = garments.filter((garment) => garment.shape !== 'accessory');
  const endsPerson = options.endsReadings === true && accessories.length === 0;
  const dressed =
    clothes.length > 0
      ? wearClothes(picture, person, clothes, { ...options, endsPerson })
      : undressed;
  const watch = stopwatch();
  const image = accessories.reduce(
    (before, accessory) => putOn(before, person, accessory),
    dressed.image ?? picture,
  );
  watch.lap('accessories');
  return { ...dressed, image, timings: { ...dressed.timings, ...watch.laps } };
}

/** Nobody has put anything on or taken anything off. */
const undressed: Omit<DressedPerson, 'image'> & { readonly image?: undefined } = {
  fits: [],
  dressing: { garments: [], removal: { upper: false, lower: false } },
  doubts: [],
  timings: {},
};

/** Puts an accessory on over everything else; where it cannot be worn, `unwearable` has said so before. */
function putOn(picture: RgbImage, person: PersonReading, accessory: AccessoryReading): RgbImage {
  const fitted = fitAccessory(person, accessory);
  if ('refusal' in fitted) throw new Error(fitted.refusal);
  const layer = drawAccessory(accessory, fitted.place, picture.width / person.image.width, picture);
  return paintAccessory(picture, person, layer, measureHead(person).unit);
}

function wearClothes(
  picture: RgbImage,
  person: PersonReading,
  garments: readonly ClothingReading[],
  options: DressOptions & { readonly endsPerson: boolean },
): DressedPerson {
  const watch = stopwatch();
  const wearer = measure(picture, person);
  const fitted = garments.map((garment, k) =>
    fit(wearer, garment, layered(garments, k, options.wear ?? {})),
  );
  watch.lap('fit');
  const zoom = picture.width / person.image.width;
  const worn: Dressing = {
    garments: tuckIn(
      fitted.map((garment) => garment.draw()),
      zoom,
    ),
    removal: removalFor(person, garments),
  };
  const dressing = keepDecent(
    worn,
    wearer.trunk,
    zoom,
    picture.height,
    worn.removal.upper ? null : person.parts.upperGarment,
  );
  if (options.endsReadings === true)
    giveBack(...fitted.flatMap(({ garment }) => memoryOf(garment)));
  watch.lap('warp');
  const stage = stageOf(picture, person, dressing);
  const { trunk, limbs } = wearer;
  const scene = openScene(picture, stage, person, trunk, limbs, dressing.removal);
  if (options.endsPerson) giveBackUnstaged(person);
  const image = inRegion(() =>
    pasteImage(picture, stage, compose(scene, onStage(dressing, stage), options.seed)),
  );
  watch.lap('compose');
  return {
    image,
    fits: fitted.map((garment) => garment.fit),
    dressing,
    doubts: [
      ...worn.garments.flatMap((garment) => (garment.kind === 'top' ? garment.doubts : [])),
      ...doubtsOf(worn.removal, dressing.removal),
    ],
    timings: watch.laps,
  };
}

/** What a garment's reading holds of planes and pictures. */
const memoryOf = ({ matte, front, image, texture = image }: ClothingReading) => [
  matte.data,
  front.data,
  image.data,
  texture.data,
];

/** The person as fitting needs to know them. */
interface Wearer {
  readonly picture: RgbImage;
  readonly person: PersonReading;
  readonly trunk: Trunk;
  readonly limbs: Readonly<Record<Side, Arm>>;
  readonly lower: LowerBody;
}

function measure(picture: RgbImage, person: PersonReading): Wearer {
  const trunk = measureTrunk(person);
  return {
    picture,
    person,
    trunk,
    limbs: { left: measureArm(person, 'left'), right: measureArm(person, 'right') },
    lower: measureLowerBody(person, trunk),
  };
}

interface Fitted {
  /** As it is drawn. */
  readonly garment: ClothingReading;
  readonly fit: TopFit | BottomFit;
  draw(): WornGarment;
}

const fit = (wearer: Wearer, garment: ClothingReading, wear: WearOptions): Fitted =>
  garment.shape === 'top' ? fitAsTop(wearer, garment, wear) : fitAsBottom(wearer, garment, wear);

function fitAsTop(
  { picture, person, trunk, limbs }: Wearer,
  garment: TopReading,
  wear: WearOptions,
): Fitted {
  const place = fitLevel(person, garment, trunk, limbs, wear);
  return {
    garment,
    fit: place,
    draw: () => inRegion(() => drawTop(picture, person, garment, trunk, limbs, place)),
  };
}

/** A top that was photographed turned is fitted as if it had not been. */
function fitLevel(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  limbs: Wearer['limbs'],
  wear: WearOptions,
): TopFit {
  const level = garment.kind.value === 'dress' ? null : levelGarment(garment);
  if (!level) return fitTop(person, garment, trunk, limbs, wear);
  const place = fitTop(person, level.garment, trunk, limbs, wear);
  const pins = place.pins.map((pin) => ({ ...pin, source: level.toPhoto(pin.source) }));
  return { ...place, pins };
}

function fitAsBottom(
  { picture, person, lower }: Wearer,
  reading: BottomReading,
  wear: WearOptions,
): Fitted {
  const garment = mendCrotch(reading);
  const place = fitBottom(person, garment, lower, wear);
  return {
    garment,
    fit: place,
    draw: () => drawBottom(picture, person, garment, lower, place),
  };
}

/** A top takes the place of the upper garment, a bottom of the lower one, a dress of both; who steps into a bottom takes a one-piece off whole. */
function removalFor(person: PersonReading, garments: readonly ClothingReading[]): Removal {
  const tops = garments.filter(({ shape }) => shape === 'top');
  const bottoms = garments.length - tops.length;
  const dresses = tops.some(({ kind }) => kind.value === 'dress');
  const whole = person.clothes.onePiece.value;
  return {
    upper: tops.length > 0 || (whole && bottoms > 0),
    lower: bottoms > 0 || dresses,
  };
}
