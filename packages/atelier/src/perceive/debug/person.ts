import type { Vec } from '../../geometry/vector.ts';
import type { RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { type Joint, partNames, type PartName, type PersonReading, sides } from '../person.ts';

type Colour = readonly [number, number, number];

const PART_COLOURS: Readonly<Record<PartName, Colour>> = {
  background: [128, 128, 128],
  hair: [90, 50, 160],
  face: [255, 190, 60],
  neck: [255, 120, 60],
  leftArm: [240, 60, 60],
  rightArm: [200, 40, 140],
  upperGarment: [40, 160, 80],
  lowerGarment: [40, 90, 220],
  legs: [250, 150, 170],
  shoes: [20, 200, 220],
  accessory: [250, 250, 40],
};

/** Three panels side by side: parts and skeleton over the picture, the parts alone, and the person's matte on grey. */
export function drawPerson(reading: PersonReading): RgbImage {
  const { image, parts, matte } = reading;
  const { width, height } = image;
  const result = { width: width * 3, height, data: bytes(width * height * 9) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      for (let c = 0; c < 3; c++) {
        let colour = 0;
        for (const name of partNames) colour += parts[name].data[i] * PART_COLOURS[name][c];
        const value = image.data[i * 3 + c];
        const share = matte.data[i];
        const row = y * result.width;
        result.data[(row + x) * 3 + c] = value * 0.55 + colour * 0.45;
        result.data[(row + width + x) * 3 + c] = colour;
        result.data[(row + 2 * width + x) * 3 + c] = value * share + 128 * (1 - share);
      }
    }
  }
  drawSkeleton(result, reading);
  return result;
}

function drawSkeleton(target: RgbImage, { pose, image }: PersonReading): void {
  const thickness = Math.max(1, Math.round(image.width / 500));
  const draw = (from: Vec, to: Vec, colour: Colour): void => {
    drawLine(target, image.width, from, to, colour, thickness);
  };
  const line = (joints: readonly Joint[], colour: Colour): void => {
    for (let k = 1; k < joints.length; k++) draw(joints[k - 1].at, joints[k].at, colour);
    for (const { at } of joints) drawDot(target, image.width, at, [255, 255, 255], thickness * 2);
  };
  for (const side of sides) {
    const colour: Colour = side === 'left' ? [255, 255, 0] : [0, 255, 255];
    for (const limb of [pose.arms[side], pose.legs[side]]) {
      line([limb.root, limb.middle, limb.end, limb.tip], colour);
    }
    drawDot(target, image.width, pose.eyes[side].at, colour, thickness * 2);
    drawDot(target, image.width, pose.ears[side].at, colour, thickness);
  }
  draw(pose.shoulderMiddle, pose.hipMiddle, [255, 255, 255]);
  for (const at of [pose.chin, pose.nose.at, pose.mouth.at]) {
    drawDot(target, image.width, at, [0, 255, 0], thickness * 2);
  }
}

function drawLine(
  target: RgbImage,
  limit: number,
  from: Vec,
  to: Vec,
  colour: Colour,
  radius: number,
): void {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]));
  for (let step = 0; step <= steps; step++) {
    const share = steps ? step / steps : 0;
    const at: Vec = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    drawDot(target, limit, at, colour, radius);
  }
}

function drawDot(target: RgbImage, limit: number, at: Vec, colour: Colour, radius: number): void {
  const { width, height, data } = target;
  for (let y = Math.floor(at[1] - radius); y <= at[1] + radius; y++) {
    for (let x = Math.floor(at[0] - radius); x <= at[0] + radius; x++) {
      if (x < 0 || y < 0 || x >= limit || y >= height) continue;
      data.set(colour, (y * width + x) * 3);
    }
  }
}
