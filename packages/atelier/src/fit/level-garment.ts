import type { Vec } from '../geometry/vector.ts';
import type { GarmentSide, TopReading } from '../perceive/garment.ts';
import { createMask, createPlane, type Mask, type Plane } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { median } from '../pixels/scalar.ts';

/** A garment that was photographed turned, as it would be read from a level photo; its pixels stay where they are. */
export interface LevelGarment {
  /** Landmarks and shapes turned level; `image` is still the photo. */
  readonly garment: TopReading;
  /** The place on the photo of a point of the level garment. */
  toPhoto(point: Vec): Vec;
}

/** Less than this is how cloth happens to lie, radians. */
const LEAST = 0.03;

/**
 * Turns a reading level, by how its pairs of landmarks lie; null where they lie level already, and for what was worn:
 * that has been stood upright by its wearer, whose shoulders may slope.
 */
export function levelGarment(garment: TopReading): LevelGarment | null {
  const angle = garment.photo.value === 'worn' ? 0 : tiltOf(garment);
  if (Math.abs(angle) < LEAST) return null;
  const { width, height } = garment.matte;
  const centre: Vec = [width / 2, height / 2];
  const turn = turning(centre, -angle);
  const toPhoto = turning(centre, angle);
  const { landmarks, sleeves } = garment;
  const { waist } = landmarks;
  const left = turnSide(landmarks.left, turn);
  const right = turnSide(landmarks.right, turn);
  return {
    toPhoto,
    garment: {
      ...garment,
      matte: turnPlane(garment.matte, toPhoto),
      sleeves: { left: turnMask(sleeves.left, toPhoto), right: turnMask(sleeves.right, toPhoto) },
      landmarks: {
        ...landmarks,
        left,
        right,
        neckline: { ...landmarks.neckline, curve: landmarks.neckline.curve.map(turn) },
        waist: waist && { left: turn(waist.left), right: turn(waist.right) },
        hem: landmarks.hem.map(turn),
        centreX: turn([landmarks.centreX, middleOf(garment)])[0],
      },
    },
  };
}

/** Clockwise angle of a garment against level, radians. */
function tiltOf({ landmarks: { left, right } }: TopReading): number {
  const pairs = ['neckPoint', 'shoulderTip', 'armpit'] as const;
  return median(
    pairs.map((name) => Math.atan2(right[name][1] - left[name][1], right[name][0] - left[name][0])),
  );
}

/** The height at which the middle line's place across is known: half-way down the garment. */
function middleOf({ landmarks: { left, right, hem } }: TopReading): number {
  const top = (left.neckPoint[1] + right.neckPoint[1]) / 2;
  return (top + hem[hem.length >> 1][1]) / 2;
}

function turning([cx, cy]: Vec, angle: number): (point: Vec) => Vec {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos];
}

function turnSide(side: GarmentSide, turn: (point: Vec) => Vec): GarmentSide {
  const { sleeve } = side;
  return {
    neckPoint: turn(side.neckPoint),
    shoulderTip: turn(side.shoulderTip),
    armpit: turn(side.armpit),
    edge: side.edge.map(turn),
    sleeve: sleeve && { ...sleeve, base: turn(sleeve.base), axis: sleeve.axis.map(turn) },
  };
}

function turnPlane(plane: Plane, toPhoto: (point: Vec) => Vec): Plane {
  const { width, height } = plane;
  const result = createPlane(width, height);
  for (let i = 0; i < result.data.length; i++) {
    const [x, y] = toPhoto([i % width, Math.floor(i / width)]);
    if (x >= 0 && y >= 0 && x < width && y < height) result.data[i] = sample(plane, x, y);
  }
  return result;
}

function turnMask(mask: Mask, toPhoto: (point: Vec) => Vec): Mask {
  const { width, height } = mask;
  const result = createMask(width, height);
  for (let i = 0; i < result.data.length; i++) {
    const [px, py] = toPhoto([i % width, Math.floor(i / width)]);
    const [x, y] = [Math.round(px), Math.round(py)];
    if (x >= 0 && y >= 0 && x < width && y < height) result.data[i] = mask.data[y * width + x];
  }
  return result;
}
