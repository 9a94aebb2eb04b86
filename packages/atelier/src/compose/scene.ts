import type { Arm } from '../fit/arm.ts';
import type { Trunk } from '../fit/trunk.ts';
import type { Vec } from '../geometry/vector.ts';
import { partNames, type Parts, type PersonReading, type Side } from '../perceive/person.ts';
import { blur } from '../pixels/box-filter.ts';
import {
  createPlane,
  type Mask,
  maskToPlane,
  type Plane,
  type RgbImage,
  threshold,
  toPlanes,
} from '../pixels/image.ts';
import { growCut } from '../pixels/resize.ts';
import { growRim, soften } from '../pixels/soften.ts';
import type { ClothLayer } from '../warp/render.ts';
import { type Cut, cutImage } from '../pixels/cut.ts';
import { floats, giveBack, inRegion } from '@toile/memory';
import type { Removal } from './dressing.ts';
import { hangingHair } from './hanging-hair.ts';
import { oldClothes } from './old-clothes.ts';
import { bodyLines, type BodyLines } from './reveal/body-lines.ts';

/** The part of the person's picture in which something changes, at the size of the answer, with what the compositor needs to know of it. */
export interface Scene {
  readonly image: RgbImage;
  /** Where in the answer image and planes begin. */
  readonly origin: Vec;
  readonly colours: readonly [Plane, Plane, Plane];
  /** Answer pixels a pixel of the person's reading. */
  readonly zoom: number;
  /** Shoulder width in answer pixels: the unit of every distance here. */
  readonly unit: number;
  readonly matte: Plane;
  /** Bare skin but the face's. */
  readonly skin: Plane;
  readonly arms: Plane;
  readonly hair: Plane;
  readonly face: Plane;
  /** Shoes and things worn or carried that are no clothes: bags, straps, jewellery. */
  readonly carried: Plane;
  /** The clothes that stay on. */
  readonly kept: Plane;
  readonly removal: Removal;
  /** Share of the clothes that come off. */
  readonly oldShare: Plane;
  /** The clothes that come off with their bands, without specks. */
  readonly old: Mask;
  /** The old garment and the rim of pixels that its colour has bled into. */
  readonly oldRim: Mask;
  readonly trunk: Trunk;
  readonly limbs: Readonly<Record<Side, Arm>>;
  readonly lines: BodyLines;
  readonly person: StagedPerson;
}

/** Parts of the person's reading that the compositor looks at in detail; what it needs to know of the others is in the scene. */
const stagedParts = ['upperGarment', 'lowerGarment'] as const;

type StagedPerson = Pick<PersonReading, 'image' | 'pose' | 'skin'> & {
  readonly parts: Pick<Parts, (typeof stagedParts)[number]>;
};

/** Gives back what of a person's reading no scene looks at, for whoever opens no further one: three quarters of it. */
export function giveBackUnstaged({ matte, parts }: PersonReading): void {
  const staged: ReadonlySet<string> = new Set(stagedParts);
  const rest = partNames.filter((name) => !staged.has(name));
  giveBack(matte.data, ...rest.map((name) => parts[name].data));
}

/** @param stage the part of the picture that is looked at */
export function openScene(
  picture: RgbImage,
  stage: Cut,
  person: PersonReading,
  trunk: Trunk,
  limbs: Readonly<Record<Side, Arm>>,
  removal: Removal,
): Scene {
  const zoom = picture.width / person.image.width;
  const unit = trunk.shoulderWidth * zoom;
  const image = cutImage(picture, stage);
  const origin = [stage.left, stage.top] as const;
  const grown = inRegion(() => growParts(picture, stage, person, removal));
  const old = inRegion(() => oldClothes({ image, origin, person, limbs, zoom, unit, ...grown }));
  const oldRim = growRim(old, Math.max(4, unit * 0.024));
  const { garment: oldShare, hair: dark, arms: stairs, ...shares } = grown;
  const hair = inRegion(() => hangingHair(dark, unit));
  const arms = inRegion(() => smoothEdges(stairs, oldRim, zoom));
  giveBack(dark.data, stairs.data);
  const colours = toPlanes(image);
  const lines = bodyLines(person, trunk, removal);
  const around = { zoom, unit, image, origin, colours, trunk, limbs, lines, person, removal };
  return { ...around, ...shares, hair, arms, oldShare, old, oldRim };
}

/** What of the person's reading the compositor looks at, at the answer's size, within the stage. */
type GrownParts = Pick<Scene, 'matte' | 'skin' | 'arms' | 'hair' | 'face' | 'carried' | 'kept'> & {
  /** Share of the clothes that come off. */
  readonly garment: Plane;
};

function growParts(
  picture: RgbImage,
  stage: Cut,
  person: PersonReading,
  removal: Removal,
): GrownParts {
  const grow = (plane: Plane): Plane => growCut(plane, picture, stage);
  const { parts } = person;
  const arms = sum(parts.leftArm, parts.rightArm);
  return {
    matte: grow(person.matte),
    skin: grow(sum(sum(arms, parts.neck), parts.legs)),
    arms: grow(arms),
    hair: grow(parts.hair),
    face: grow(parts.face),
    carried: grow(sum(parts.accessory, parts.shoes)),
    kept: grow(taken(person, { upper: !removal.upper, lower: !removal.lower })),
    garment: grow(taken(person, removal)),
  };
}

/** Blur that makes stairs of whole pixels a line, in pixels of the reading. */
const STAIRS = 1.1;

/** The share of limbs with an even edge where they lie against clothes that come off. */
function smoothEdges(limbs: Plane, where: Mask, zoom: number): Plane {
  const even = blur(maskToPlane(threshold(limbs, 0.5)), STAIRS * zoom);
  for (let i = 0; i < even.data.length; i++) if (!where.data[i]) even.data[i] = limbs.data[i];
  return even;
}

/** Share of the clothes that come off. */
export function taken({ parts, image }: PersonReading, removal: Removal): Plane {
  if (removal.upper && removal.lower) return sum(parts.upperGarment, parts.lowerGarment);
  if (removal.upper) return parts.upperGarment;
  return removal.lower ? parts.lowerGarment : createPlane(image.width, image.height);
}

function sum(a: Plane, b: Plane): Plane {
  const result = createPlane(a.width, a.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = a.data[i] + b.data[i];
  return result;
}

/** Coverage of layers together, at the size of the scene. */
export function coverageOf(scene: Scene, layers: readonly ClothLayer[]): Plane {
  const { width, height } = scene.image;
  const plane: Plane = { width, height, data: floats(width * height) };
  for (const layer of layers) {
    eachLayerPixel(layer, width, (at, from) => {
      plane.data[at] = Math.max(plane.data[at], layer.coverage[from]);
    });
  }
  return plane;
}

/** Visits the covered pixels of a layer: the index in the scene and the index in the layer. */
export function eachLayerPixel(
  layer: ClothLayer,
  width: number,
  visit: (at: number, from: number) => void,
): void {
  for (let y = 0; y < layer.height; y++) {
    const row = (layer.top + y) * width + layer.left;
    for (let x = 0; x < layer.width; x++) {
      const from = y * layer.width + x;
      if (layer.coverage[from] > 0) visit(row + x, from);
    }
  }
}

/** A layer's coverage as a plane of the scene's size, blurred and moved down: the shape of its soft shadow. */
export function softShape(scene: Scene, layer: ClothLayer, sigma: number, drop: number): Plane {
  const { width, height } = scene.image;
  const plane: Plane = { width, height, data: floats(width * height) };
  const shift = Math.round(drop);
  eachLayerPixel(layer, width, (at, from) => {
    const target = at + shift * width;
    if (target < plane.data.length) plane.data[target] = layer.coverage[from];
  });
  return soften(plane, sigma);
}
