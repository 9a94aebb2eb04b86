import { toSegment, type Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { Side } from '../perceive/person.ts';
import { keepLarge } from '../pixels/components.ts';
import { distanceNear } from '../pixels/distance.ts';
import { createMask, createPlane, type Mask, type Plane } from '../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';

/** Distance of every pixel to each sleeve, garment pixels; infinite far from it. */
export type ToSleeves = Readonly<Record<Side, Plane>>;

/** A sleeve's mask and the soft matte never agree to the pixel: the rim between them is no part of the body. */
const RIM = 3;
/** How far a soft edge reaches beyond the body's mask. */
const SOFT_EDGE = 8;
/** How far the body goes on beneath a sleeve, in garment widths: a sleeve that turns at the shoulder would else open a slit. */
const BENEATH = 0.03;

/** How far from the sleeves distances are needed. */
export const reachOf = (garment: TopReading, step: number): number =>
  Math.ceil(2 * step + BENEATH * garment.image.width + 2 * RIM);

export function measureToSleeves(garment: TopReading, reach: number): ToSleeves {
  return {
    left: distanceNear(garment.sleeves.left, reach),
    right: distanceNear(garment.sleeves.right, reach),
  };
}

/** The body of the garment without its sleeves, and not their crumbs. */
export function bodyMask(garment: TopReading, toSleeves: ToSleeves): Mask {
  const { width, height } = garment.image;
  const left = toSleeves.left.data;
  const right = toSleeves.right.data;
  const body = createMask(width, height);
  for (let i = 0; i < body.data.length; i++) {
    body.data[i] = garment.matte.data[i] > 0.5 && Math.min(left[i], right[i]) > RIM ? 1 : 0;
  }
  return keepLarge(body, 0.3);
}

/**
 * The front without its sleeves, continued a little beneath them so that no gap opens at the armhole.
 *
 * @param toBody distance of every pixel to the body's mask, where it is within the reach of a sleeve
 * @param density answer pixels a garment pixel
 */
export function bodyCoverage(
  garment: TopReading,
  toSleeves: ToSleeves,
  toBody: Plane,
  density: number,
): Plane {
  const { width, height } = garment.image;
  const coverage = createPlane(width, height);
  const target = coverage.data;
  const front = garment.front.data;
  const distances = toBody.data;
  const beneath = BENEATH * width;
  const farthest = RIM + beneath + 3 / density;
  for (let i = 0; i < target.length; i++) {
    const distance = distances[i];
    if (distance <= 0) target[i] = front[i];
    if (distance <= 0 || distance > farthest || front[i] === 0) continue;
    if (!nearSleeve(toSleeves, i)) {
      // Farther off lie crumbs that are no part of the body.
      target[i] = distance <= SOFT_EDGE ? front[i] : 0;
      continue;
    }
    const under = overlap(garment, [i % width, Math.floor(i / width)]);
    const most = RIM + lerp(2 / density, beneath, under);
    target[i] = front[i] * clamp(1 + (most - distance) * 0.5 * density, 0, 1);
  }
  return coverage;
}

const nearSleeve = ({ left, right }: ToSleeves, i: number): boolean =>
  left.data[i] <= RIM || right.data[i] <= RIM;

/**
 * How far the body goes on beneath a sleeve: all along the armhole, but not at the shoulder tip, where its corner would
 * stick out, nor below the armpit, where a sleeve that lies beside the body belongs to an arm that may be far away.
 */
function overlap(garment: TopReading, point: Vec): number {
  const { left, right, centreX } = garment.landmarks;
  const { shoulderTip, armpit } = point[0] < centreX ? left : right;
  const { along, distance } = toSegment(point, shoulderTip, armpit);
  const near = BENEATH * garment.image.width + RIM;
  return smoothstep(0.03, 0.25, along) * smoothstep(1.6 * near, near, distance);
}

/** One sleeve, with an edge about a pixel and a half soft along the armhole. */
export function sleeveCoverage(garment: TopReading, toSleeve: Plane, density: number): Plane {
  const { width, height } = garment.image;
  const coverage = createPlane(width, height);
  for (let i = 0; i < coverage.data.length; i++) {
    if (toSleeve.data[i] === Infinity) continue;
    const reach = clamp(1 + (1.6 / density - toSleeve.data[i]) * 0.7 * density, 0, 1);
    coverage.data[i] = garment.front.data[i] * reach;
  }
  return coverage;
}
