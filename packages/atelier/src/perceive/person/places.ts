import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import {
  type Body,
  type FacePlace,
  facePlace,
  inside,
  nearChain,
  type Nearness,
  trunkPlace,
  type TrunkPlace,
} from './body.ts';

/** Where a pixel lies relative to every part of the body; found once, used in every round of the parse. */
export interface Place {
  readonly pixel: number;
  readonly face: FacePlace;
  readonly trunk: TrunkPlace;
  readonly leftArm: Nearness;
  readonly rightArm: Nearness;
  readonly leftLeg: Nearness;
  readonly rightLeg: Nearness;
  /** Whether it lies within the outline that hips, knees and ankles make. */
  readonly betweenLegs: boolean;
}

/** The places of all pixels that may show the person. */
export function findPlaces(body: Body, matte: Plane): Place[] {
  const { left, right } = body.legs;
  const legArea: Vec[] = [...left.points.slice(0, 3), ...right.points.slice(0, 3).toReversed()];
  const places: Place[] = [];
  for (let pixel = 0; pixel < matte.data.length; pixel++) {
    if (matte.data[pixel] < 0.01) continue;
    const point: Vec = [(pixel % matte.width) + 0.5, Math.floor(pixel / matte.width) + 0.5];
    places.push({
      pixel,
      face: facePlace(body.face, point),
      trunk: trunkPlace(body, point),
      leftArm: nearChain(body.arms.left, point),
      rightArm: nearChain(body.arms.right, point),
      leftLeg: nearChain(left, point),
      rightLeg: nearChain(right, point),
      betweenLegs: inside(legArea, point),
    });
  }
  return places;
}
