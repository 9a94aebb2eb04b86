import { mix, type Vec } from '../src/geometry/vector.ts';
import type { Joint, Limb, Parts, PersonReading, Side } from '../src/perceive/person.ts';
import { createPlane, type Mask, type Plane } from '../src/pixels/image.ts';
import type { Figure } from './figures.ts';

/** What the drawing does not say of its figure. */
export interface WearerOptions {
  readonly yaw?: number;
  readonly seated?: boolean;
  /** Joints that are placed elsewhere than drawn. */
  readonly joints?: Partial<Figure['joints']>;
}

/** A drawn figure as perception would read it if it made no mistake: for tests of what comes after perception. */
export function wearerOf(figure: Figure, options: WearerOptions = {}): PersonReading {
  const joints = { ...figure.joints, ...options.joints };
  const { image, truth } = figure;
  const plane = (...masks: readonly Mask[]): Plane => {
    const result = createPlane(image.width, image.height);
    for (const mask of masks) {
      for (let i = 0; i < result.data.length; i++) if (mask.data[i]) result.data[i] = 1;
    }
    return result;
  };
  const middle = mix(joints.leftShoulder, joints.rightShoulder, 0.5);
  const half = (whole: Plane, keep: (x: number) => boolean): Plane => ({
    ...whole,
    data: whole.data.map((value, i) => (keep(i % whole.width) ? value : 0)),
  });
  const arms = plane(truth.arms);
  const matte = plane(...Object.values(truth));
  const parts: Parts = {
    background: { ...matte, data: matte.data.map((value) => 1 - value) },
    hair: plane(truth.hair),
    face: plane(truth.face),
    neck: plane(truth.neck),
    leftArm: half(arms, (x) => x < middle[0]),
    rightArm: half(arms, (x) => x >= middle[0]),
    upperGarment: plane(truth.upper),
    lowerGarment: plane(truth.lower),
    legs: plane(truth.legs),
    shoes: plane(truth.shoes),
    accessory: plane(truth.accessory),
  };
  return {
    image,
    matte,
    parts,
    pose: {
      arms: { left: armOf(joints, 'left'), right: armOf(joints, 'right') },
      legs: { left: legOf(joints, 'left'), right: legOf(joints, 'right') },
      nose: sure([middle[0], middle[1] - 82]),
      eyes: { left: sure([278, 125]), right: sure([322, 125]) },
      ears: { left: sure([248, 136]), right: sure([352, 136]) },
      mouth: sure([middle[0], middle[1] - 57]),
      chin: [middle[0], middle[1] - 34],
      shoulderMiddle: middle,
      hipMiddle: mix(joints.leftHip, joints.rightHip, 0.5),
      shoulderWidth: joints.rightShoulder[0] - joints.leftShoulder[0],
      facing: 'front',
      yaw: options.yaw ?? 0,
      seated: options.seated ?? false,
      confidence: 1,
    },
    skin: { tone: [70, 14, 22], confidence: 1 },
    clothes: {
      onePiece: { value: false, confidence: 1 },
      lower: { value: 'trousers', confidence: 1 },
    },
    doubts: [],
    timings: {},
  };
}

const sure = (at: Vec): Joint => ({ at, confidence: 1 });

function armOf(joints: Figure['joints'], side: Side): Limb {
  const elbow = joints[`${side}Elbow`];
  const wrist = joints[`${side}Wrist`];
  return {
    root: sure(joints[`${side}Shoulder`]),
    middle: sure(elbow),
    end: sure(wrist),
    tip: sure(mix(elbow, wrist, 1.35)),
  };
}

function legOf(joints: Figure['joints'], side: Side): Limb {
  const hip = joints[`${side}Hip`];
  const knee = joints[`${side}Knee`];
  const ankle = mix(hip, knee, 2);
  return { root: sure(hip), middle: sure(knee), end: sure(ankle), tip: sure(mix(hip, knee, 2.2)) };
}
