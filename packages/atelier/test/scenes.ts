import type { Vec } from '../src/geometry/vector.ts';
import type { Joint, Limb, Parts, PersonReading, Side } from '../src/perceive/person.ts';
import { labOf } from '../src/pixels/colour.ts';
import { createPlane, type Mask, maskToPlane, type Plane } from '../src/pixels/image.ts';
import type { ClothLayer } from '../src/warp/render.ts';
import type { Figure } from './figures.ts';

/** What a perfect eye would read of a drawn figure. */
export function readingOf(figure: Figure, skin = '#d9a583'): PersonReading {
  const { image, truth, joints } = figure;
  const parts: Parts = {
    background: without(truth),
    hair: maskToPlane(truth.hair),
    face: maskToPlane(truth.face),
    neck: maskToPlane(truth.neck),
    leftArm: half(truth.arms, 'left'),
    rightArm: half(truth.arms, 'right'),
    upperGarment: maskToPlane(truth.upper),
    lowerGarment: maskToPlane(truth.lower),
    legs: maskToPlane(truth.legs),
    shoes: maskToPlane(truth.shoes),
    accessory: createPlane(image.width, image.height),
  };
  const middle = (a: Vec, b: Vec): Vec => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const shoulderMiddle = middle(joints.leftShoulder, joints.rightShoulder);
  const hipMiddle = middle(joints.leftHip, joints.rightHip);
  const channel = (at: number): number => Number.parseInt(skin.slice(at, at + 2), 16);
  return {
    image,
    matte: { ...parts.background, data: parts.background.data.map((share) => 1 - share) },
    pose: {
      arms: {
        left: limb(joints.leftShoulder, joints.leftElbow, joints.leftWrist, [-8, 40]),
        right: limb(joints.rightShoulder, joints.rightElbow, joints.rightWrist, [8, 40]),
      },
      legs: {
        left: limb(joints.leftHip, joints.leftKnee, [258, 795], [-10, 40]),
        right: limb(joints.rightHip, joints.rightKnee, [342, 795], [10, 40]),
      },
      nose: sure([300, 145]),
      eyes: { left: sure([278, 125]), right: sure([322, 125]) },
      ears: { left: sure([248, 130]), right: sure([352, 130]) },
      mouth: sure([300, 170]),
      chin: [300, 194],
      shoulderMiddle,
      hipMiddle,
      shoulderWidth: joints.rightShoulder[0] - joints.leftShoulder[0],
      facing: 'front',
      yaw: 0,
      seated: false,
      confidence: 1,
    },
    parts,
    skin: { tone: labOf(channel(1), channel(3), channel(5)), confidence: 1 },
    clothes: {
      onePiece: { value: false, confidence: 1 },
      lower: { value: 'trousers', confidence: 1 },
    },
    doubts: [],
    timings: {},
  };
}

const sure = (at: Vec): Joint => ({ at, confidence: 1 });

const limb = (root: Vec, middle: Vec, end: Vec, toTip: Vec): Limb => ({
  root: sure(root),
  middle: sure(middle),
  end: sure(end),
  tip: sure([end[0] + toTip[0], end[1] + toTip[1]]),
});

function without(truth: Figure['truth']): Plane {
  const { width, height } = truth.face;
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    plane.data[i] = Object.values(truth).some((mask) => mask.data[i] === 1) ? 0 : 1;
  }
  return plane;
}

function half(mask: Mask, side: Side): Plane {
  const plane = maskToPlane(mask);
  for (let i = 0; i < plane.data.length; i++) {
    const onLeft = i % mask.width < mask.width / 2;
    if (onLeft !== (side === 'left')) plane.data[i] = 0;
  }
  return plane;
}

/** A plain rectangle of cloth; colours 0 to 255. */
export function clothBox(
  [left, top, width, height]: readonly [number, number, number, number],
  [red, green, blue]: readonly [number, number, number],
): ClothLayer {
  const fill = (value: number): Float32Array => new Float32Array(width * height).fill(value);
  return {
    left,
    top,
    width,
    height,
    red: fill(red),
    green: fill(green),
    blue: fill(blue),
    coverage: fill(1),
  };
}
