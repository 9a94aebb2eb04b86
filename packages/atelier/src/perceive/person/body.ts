import {
  alongSegment,
  distanceToPlace,
  add,
  distance,
  dot,
  mix,
  normalize,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import type { Limb, Pose, Side } from '../person.ts';
import type { FaceShape } from './face-shape.ts';

/** The pose as a model of the body's places, in pixels of any scale of the picture. */
export interface Body {
  readonly face: FaceShape;
  /** Whether a face is to be expected in the picture (not turned away, not cut off). */
  readonly faceSeen: boolean;
  readonly shoulders: Vec;
  readonly hips: Vec;
  /** Unit vector from the hips to the shoulders. */
  readonly up: Vec;
  readonly trunkLength: number;
  readonly shoulderWidth: number;
  readonly shoulderAt: Readonly<Record<Side, Vec>>;
  readonly arms: Readonly<Record<Side, Chain>>;
  readonly legs: Readonly<Record<Side, Chain>>;
}

/** A limb as a line of joints with the limb's half-width at each, and the arc length up to each. */
export interface Chain {
  readonly points: readonly Vec[];
  readonly halfWidths: readonly number[];
  readonly arcs: readonly number[];
  /** How much its joints are to be believed, 0..1. */
  readonly confidence: number;
}

/** Half-widths of a limb in shoulder widths: at root, middle, end and tip. */
const ARM_WIDTHS = [0.2, 0.15, 0.11, 0.13];
const LEG_WIDTHS = [0.3, 0.2, 0.13, 0.13];

/**
 * @param scale pixels of the body's picture a pixel of the pose's
 * @param origin where in the pose's picture the body's begins
 */
export function buildBody(
  pose: Pose,
  face: FaceShape,
  scale: number,
  origin: { readonly left: number; readonly top: number } = { left: 0, top: 0 },
): Body {
  const at = (point: Vec): Vec => [
    (point[0] - origin.left) * scale,
    (point[1] - origin.top) * scale,
  ];
  const shoulders = at(pose.shoulderMiddle);
  const hips = at(pose.hipMiddle);
  const width = pose.shoulderWidth * scale;
  const arm = (side: Side): Chain => chainOf(pose.arms[side], ARM_WIDTHS, width, at, 0.75);
  const leg = (side: Side): Chain => chainOf(pose.legs[side], LEG_WIDTHS, width, at, 0.15);
  return {
    face: placeFace(face, scale, at),
    faceSeen: pose.facing !== 'back' && pose.nose.confidence > 0.3,
    shoulders,
    hips,
    up: normalize(subtract(shoulders, hips)),
    trunkLength: Math.max(distance(shoulders, hips), 0.7 * width),
    shoulderWidth: width,
    shoulderAt: { left: at(pose.arms.left.root.at), right: at(pose.arms.right.root.at) },
    arms: { left: arm('left'), right: arm('right') },
    legs: { left: leg('left'), right: leg('right') },
  };
}

function chainOf(
  limb: Limb,
  widths: readonly number[],
  unit: number,
  place: (point: Vec) => Vec,
  reach: number,
): Chain {
  const points = [limb.root, limb.middle, limb.end, limb.tip].map((joint) => place(joint.at));
  // Knuckles are not fingertips, and the toe's joint is not the shoe's tip.
  points[3] = add(points[3], subtract(points[3], points[2]), reach);
  const arcs = [0];
  for (let i = 1; i < points.length; i++) {
    arcs.push(arcs[i - 1] + distance(points[i - 1], points[i]));
  }
  return {
    points,
    halfWidths: widths.map((share) => share * unit),
    arcs,
    confidence: Math.max(limb.middle.confidence, limb.end.confidence),
  };
}

function placeFace(face: FaceShape, scale: number, at: (point: Vec) => Vec): FaceShape {
  return {
    ...face,
    outline: face.outline.map(at),
    centre: at(face.centre),
    chin: at(face.chin),
    height: face.height * scale,
    halfWidth: face.halfWidth * scale,
  };
}

export interface Nearness {
  /** Distance from the chain's middle line over the half-width there: 1 at the limb's edge. */
  readonly ratio: number;
  /** Place along the chain: 0 root, 1 middle, 2 end, 3 tip. */
  readonly along: number;
}

/** The place of a chain nearest to a point, in half-widths. */
export function nearChain(chain: Chain, point: Vec, first = 0, end = 3): Nearness {
  let nearest = Infinity;
  let along = 0;
  for (let k = first; k < end; k++) {
    const from = chain.points[k];
    const to = chain.points[k + 1];
    const place = alongSegment(point, from, to);
    const half = chain.halfWidths[k] + (chain.halfWidths[k + 1] - chain.halfWidths[k]) * place;
    const ratio = distanceToPlace(point, from, to, place) / Math.max(0.5, half);
    if (ratio < nearest) {
      nearest = ratio;
      along = k + place;
    }
  }
  return { ratio: nearest, along };
}

/** Where along the chain (0 root to 3 tip). */
export function pointOn(chain: Chain, along: number): Vec {
  const k = Math.min(2, Math.max(0, Math.floor(along)));
  return mix(chain.points[k], chain.points[k + 1], along - k);
}

export interface TrunkPlace {
  /** 0 at the shoulder line, 1 at the hip line. */
  readonly down: number;
  /** Distance from the middle line in shoulder widths (0.5 at a shoulder joint). */
  readonly aside: number;
  /** The same with a sign, growing to the right of the picture for an upright trunk. */
  readonly signed: number;
}

export function trunkPlace(body: Body, point: Vec): TrunkPlace {
  const from = subtract(point, body.shoulders);
  const signed = (from[0] * -body.up[1] + from[1] * body.up[0]) / body.shoulderWidth;
  return { down: -dot(from, body.up) / body.trunkLength, aside: Math.abs(signed), signed };
}

export interface FacePlace {
  /** Distance from the face's middle, 1 at its outline (as an ellipse). */
  readonly ratio: number;
  /** Height over the face's middle, in face heights. */
  readonly over: number;
  /** Distance aside of the face's middle line, in half-widths, signed. */
  readonly aside: number;
}

export function facePlace(face: FaceShape, point: Vec): FacePlace {
  const from = subtract(point, face.centre);
  const over = dot(from, face.up);
  const aside = (from[0] * -face.up[1] + from[1] * face.up[0]) / face.halfWidth;
  return {
    ratio: Math.hypot(aside, over / (face.height / 2)),
    over: over / face.height,
    aside,
  };
}

/** Whether a point lies within a polygon (even-odd). */
export function inside(polygon: readonly Vec[], point: Vec): boolean {
  let result = false;
  let previous = polygon[polygon.length - 1];
  for (const corner of polygon) {
    if (
      corner[1] > point[1] !== previous[1] > point[1] &&
      point[0] <
        ((previous[0] - corner[0]) * (point[1] - corner[1])) / (previous[1] - corner[1]) + corner[0]
    ) {
      result = !result;
    }
    previous = corner;
  }
  return result;
}
