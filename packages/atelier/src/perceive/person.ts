import type { Lab } from '../pixels/colour.ts';
import type { Plane, RgbImage } from '../pixels/image.ts';
import type { Vec } from '../geometry/vector.ts';

/** A joint or facial point in pixels of the reading's picture. `confidence` 0..1 that it is there and visible. */
export interface Joint {
  readonly at: Vec;
  readonly confidence: number;
}

/** Side as seen in the picture, not the person's own: `left` is the smaller x when the person faces the camera. */
export type Side = 'left' | 'right';
export const sides = ['left', 'right'] as const satisfies readonly Side[];

/** One arm or leg, from the trunk outwards. */
export interface Limb {
  readonly root: Joint;
  readonly middle: Joint;
  readonly end: Joint;
  /** Tip of the hand (between index and little finger knuckles) or of the foot. */
  readonly tip: Joint;
}

/** Body geometry by sides of the picture. A person seen from behind has `facing: 'back'`. */
export interface Pose {
  readonly arms: Readonly<Record<Side, Limb>>;
  readonly legs: Readonly<Record<Side, Limb>>;
  readonly nose: Joint;
  readonly eyes: Readonly<Record<Side, Joint>>;
  readonly ears: Readonly<Record<Side, Joint>>;
  readonly mouth: Joint;
  /** Bottom of the chin, extrapolated or from the face mesh. */
  readonly chin: Vec;
  readonly shoulderMiddle: Vec;
  readonly hipMiddle: Vec;
  /** Distance of the shoulder joints, pixels, not below 0.42 of the trunk's length (three-quarter views). */
  readonly shoulderWidth: number;
  readonly facing: 'front' | 'back' | 'side';
  /** Yaw of the trunk in degrees, 0 facing the camera, from the depths of shoulders and hips. */
  readonly yaw: number;
  /** Whether the person sits (thighs far from vertical). */
  readonly seated: boolean;
  readonly confidence: number;
}

/** What a pixel shows. Every plane is a soft share; over all parts they sum to 1. */
export const partNames = [
  'background',
  'hair',
  'face',
  'neck',
  'leftArm',
  'rightArm',
  'upperGarment',
  'lowerGarment',
  'legs',
  'shoes',
  'accessory',
] as const;
export type PartName = (typeof partNames)[number];
export type Parts = Readonly<Record<PartName, Plane>>;

/** What the person wears below the waist, as far as the picture shows. */
export const lowerClothes = ['trousers', 'shorts', 'skirt', 'none', 'unseen'] as const;
export type LowerClothes = (typeof lowerClothes)[number];

export interface Clothes {
  /** Whether upper and lower garment are one: a dress or an overall. */
  readonly onePiece: { readonly value: boolean; readonly confidence: number };
  readonly lower: { readonly value: LowerClothes; readonly confidence: number };
}

/** Everything that is known of a person's picture. Planes have the picture's size. */
export interface PersonReading {
  readonly image: RgbImage;
  /** Share of person (skin, hair, clothes, things worn or carried) against background, hair-fine at the edge. */
  readonly matte: Plane;
  readonly pose: Pose;
  /** Arms' skin is `leftArm`/`rightArm` with the hands; neck and bare chest and shoulders are `neck`; sleeves are `upperGarment`. */
  readonly parts: Parts;
  readonly skin: { readonly tone: Lab; readonly confidence: number };
  /** One-piece clothes are `upperGarment` down to the waist and `lowerGarment` below it. */
  readonly clothes: Clothes;
  /** Doubts worth telling a client, plain sentences. */
  readonly doubts: readonly string[];
  /** Milliseconds of each stage. */
  readonly timings: Readonly<Record<string, number>>;
}

export type PersonProblem =
  | { readonly kind: 'no-person'; readonly message: string }
  | { readonly kind: 'several-people'; readonly message: string }
  | { readonly kind: 'unsuitable-pose'; readonly message: string };
