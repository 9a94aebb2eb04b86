import { distance, dot, subtract } from '../../geometry/vector.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import { type Limb, type Pose, sides } from '../person.ts';
import type { Body } from './body.ts';
import type { FaceShape } from './face-shape.ts';
import { fitPose, type PoseFit } from './pose-fit.ts';

/** Whether a garment can be fitted to a person seen like this. */
export type Suitability =
  | { readonly kind: 'suitable'; readonly doubts: readonly string[] }
  | { readonly kind: 'unsuitable'; readonly message: string; readonly legible: boolean };

/** What is judged: the pose in pixels of `image`; `body` is built from it at the scale of `matte`. */
export interface SeenPerson {
  readonly pose: Pose;
  readonly face: FaceShape;
  readonly faceScore: number;
  readonly body: Body;
  readonly matte: Plane;
  readonly image: RgbImage;
}

interface Measures extends PoseFit {
  readonly pose: Pose;
  readonly faceScore: number;
  /** Lean of the trunk, and of the face where it was measured, from upright, degrees. */
  readonly trunkLean: number;
  readonly faceLean: number;
  /** Height of the face in widths of the shoulders. */
  readonly faceShare: number;
  /** How far the chin is above the line of the shoulders, in shoulder widths; null where no face was measured. */
  readonly neck: number | null;
  /** Where the frame ends down the trunk: 0 shoulders, 1 hips. */
  readonly frameEnd: number;
  /** The farthest that a shoulder lies outside the frame, in shoulder widths; 0 when both are seen. */
  readonly shoulderOutside: number;
  readonly bothShouldersOutside: boolean;
  /** Whether elbow and wrist of an arm are guesses, and no likely ones. */
  readonly armLost: boolean;
  /** From the middle of the trunk to the nearer side of the frame, in shoulder widths. */
  readonly frameAside: number;
}

/** Refuses a pose that no garment can be fitted to, with the reason and what to do instead; else says what is doubtful. */
export function judgeSuitability(seen: SeenPerson): Suitability {
  const measures = measure(seen);
  const refusal = refusals.find(({ when }) => when(measures));
  if (refusal)
    return { kind: 'unsuitable', message: refusal.message, legible: refusal.legible ?? false };
  return {
    kind: 'suitable',
    doubts: misgivings.filter(({ when }) => when(measures)).map(({ message }) => message),
  };
}

interface Rule {
  readonly when: (measures: Measures) => boolean;
  readonly message: string;
}

interface Refusal extends Rule {
  /** The person can be read all the same, as the wearer of a garment: the pose is right, only a garment cannot be fitted to it. */
  readonly legible?: true;
}

/**
 * A face taller than this for its shoulders is much nearer to the camera than they are, or they are not where the pose has
 * them. Usual is 0.6; shoulders that are turned look narrower.
 */
const MOST_FACE = { frontal: 0.83, turned: 0.95 } as const;
const isTurned = ({ pose }: Measures): boolean => Math.abs(pose.yaw) > 25;

/** Below this the collar would lie on the jaw. Usual is 0.3. */
const LEAST_NECK = 0.06;

/** Where less of the trunk is person, the pose has made up a body below a portrait or a picture of a head. */
const LEAST_TRUNK = 0.5;

/** In this order, so that the plainest reason is told. */
const refusals: readonly Refusal[] = [
  {
    when: (m) =>
      Math.abs(m.faceLean) > 40 || (Math.abs(m.trunkLean) > 40 && !m.bothShouldersOutside),
    message:
      'The person lies or leans far over, or the photo is turned. Use an upright photo of a standing person.',
  },
  {
    when: (m) =>
      m.faceShare > MOST_FACE[isTurned(m) ? 'turned' : 'frontal'] ||
      m.trunkSeen < LEAST_TRUNK ||
      (m.frameEnd < 0.4 && !m.bothShouldersOutside),
    message:
      'The photo shows little more than the head. Use one that shows the body from the head to the hips or lower.',
  },
  {
    when: (m) => m.neck !== null && m.neck < LEAST_NECK,
    message:
      'The chin hides the neck, because the head is bent or the camera looks down. Use a photo taken from the height of the chest, with the head upright.',
  },
  {
    when: (m) => m.bothShouldersOutside,
    message:
      'The photo does not show the shoulders. Use one that shows the body from the head to the hips or lower.',
    legible: true,
  },
  {
    when: (m) => m.pose.shoulderWidth < 30,
    message:
      'The person is too small in the photo. Use one that the person fills to at least a third of its height.',
  },
  {
    when: (m) => m.explained < 0.68 || (unmetFace(m) && (m.explained < 0.8 || m.chestHidden > 0.2)),
    message:
      'The pose could not be read surely. Use a clear photo of one person who stands upright and faces the camera.',
  },
  {
    when: (m) => m.shoulderOutside > 0.15 || m.frameAside < 0.3,
    message: 'One side of the body is cut off. Use a photo that shows both shoulders and arms.',
    legible: true,
  },
  {
    when: (m) => m.armLost,
    message:
      'An arm could not be followed to its hand. Use a photo in which both arms are plain to see.',
    legible: true,
  },
  {
    when: (m) => m.pose.facing === 'back',
    message: 'The person is seen from behind. Use a photo that shows the front of the body.',
    legible: true,
  },
  {
    when: (m) => m.pose.facing === 'side',
    message:
      'The person is seen from the side. Use a photo in which the body faces the camera or is turned by less than 60 degrees.',
    legible: true,
  },
  {
    when: (m) => m.chestHidden > 0.5,
    message: 'The arms hide the chest. Use a photo with the arms beside the body.',
    legible: true,
  },
];

const misgivings: readonly Rule[] = [
  {
    when: (m) => m.pose.seated,
    message: 'The person sits, so the garment may not fall as it does standing.',
  },
  {
    when: (m) => Math.abs(m.pose.yaw) > 38,
    message: 'The body is turned well to one side, so the garment may not sit straight.',
  },
  {
    when: (m) => m.chestHidden > 0.25,
    message: 'An arm covers part of the chest, so the garment may be wrong around it.',
  },
  {
    when: (m) => Math.abs(m.trunkLean) > 22,
    message: 'The person leans to one side, so the garment may not hang straight.',
  },
  {
    when: (m) => m.frameEnd < 0.95,
    message: 'The photo ends above the hips, so hems and anything worn below cannot be shown.',
  },
  {
    when: (m) => m.shoulderOutside > 0,
    message: 'A shoulder is cut off, so the garment may be wrong on that side.',
  },
  {
    when: (m) => m.pose.shoulderWidth < 60,
    message: 'The person is small in the photo, so details of the garment may be lost.',
  },
  {
    when: (m) => m.pose.confidence < 0.6 || m.explained < 0.85,
    message: 'The pose is uncertain.',
  },
];

/** A face should be where the pose has one, and there is none. */
const unmetFace = (m: Measures): boolean => m.pose.nose.confidence > 0.5 && m.faceScore < 0.5;

const DEGREES = 180 / Math.PI;

/** Joints less sure than this are guesses. */
const GUESSED = { elbow: 0.3, wrist: 0.1 };

/** A forearm guessed shorter than this share of its upper arm has been squeezed to where none is seen. */
const SQUEEZED = 0.5;

const lost = ({ root, middle, end }: Limb): boolean =>
  middle.confidence < GUESSED.elbow &&
  end.confidence < GUESSED.wrist &&
  distance(middle.at, end.at) < SQUEEZED * distance(root.at, middle.at);

function measure({ pose, face, faceScore, body, matte, image }: SeenPerson): Measures {
  const { shoulderMiddle, shoulderWidth, arms } = pose;
  const outside = (at: readonly [number, number]): number =>
    Math.max(0, -at[0], -at[1], at[0] - image.width, at[1] - image.height) / shoulderWidth;
  const shoulders = [outside(arms.left.root.at), outside(arms.right.root.at)];
  const isMeasured = face.measured && faceScore > 0.5;
  const trunk = body.trunkLength * (image.height / matte.height);
  return {
    ...fitPose(body, matte),
    pose,
    faceScore,
    trunkLean: Math.atan2(body.up[0], -body.up[1]) * DEGREES,
    faceLean: face.measured ? Math.atan2(face.up[0], -face.up[1]) * DEGREES : 0,
    faceShare: isMeasured ? face.height / shoulderWidth : 0,
    neck: isMeasured ? dot(subtract(face.chin, shoulderMiddle), body.up) / shoulderWidth : null,
    frameEnd: (image.height - shoulderMiddle[1]) / trunk,
    shoulderOutside: Math.max(...shoulders),
    bothShouldersOutside: Math.min(...shoulders) > 0,
    armLost: sides.some((side) => lost(arms[side])),
    frameAside: Math.min(shoulderMiddle[0], image.width - shoulderMiddle[0]) / shoulderWidth,
  };
}
