import type { Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';
import { sides } from '../person.ts';
import { type Body, inside, nearChain, trunkPlace } from './body.ts';

/** Limbs of lower confidence open no gaps. */
const LEAST_CONFIDENCE = 0.3;

/** Where limbs may part, 0 to 1. */
export interface LimbGaps {
  /** What the nets take for the person there teaches no colours. */
  readonly betweenLegs: Plane;
  readonly besideTrunk: Plane;
}

/** No gaps: for who does not know the pose. */
export const noGaps = (width: number, height: number): LimbGaps => ({
  betweenLegs: createPlane(width, height),
  besideTrunk: createPlane(width, height),
});

/**
 * Where a gap between limbs may show the background, 0 to 1: between the legs, and between an arm and the trunk. There
 * the nets, which see the person at 256 to 320 pixels, bridge such gaps and are no witnesses.
 */
export function limbGaps(body: Body, width: number, height: number): LimbGaps {
  const betweenLegs = createPlane(width, height);
  const besideTrunk = createPlane(width, height);
  fillBetween(betweenLegs, legArea(body), (point) => {
    const ratio = Math.min(
      nearChain(body.legs.left, point).ratio,
      nearChain(body.legs.right, point).ratio,
    );
    return smoothstep(0.45, 0.8, ratio);
  });
  for (const side of sides) {
    const arm = body.arms[side];
    const [shoulder, elbow, wrist, hand] = arm.points;
    const area = [shoulder, elbow, wrist, hand, body.legs[side].points[0]];
    if (arm.confidence < LEAST_CONFIDENCE) continue;
    fillBetween(besideTrunk, area, (point) => {
      const { aside } = trunkPlace(body, point);
      return smoothstep(0.7, 1, nearChain(arm, point).ratio) * smoothstep(0.28, 0.4, aside);
    });
  }
  return { betweenLegs, besideTrunk };
}

function legArea({ legs }: Body): Vec[] {
  const { left, right } = legs;
  if (Math.min(left.confidence, right.confidence) < LEAST_CONFIDENCE) return [];
  return [...left.points.slice(0, 3), ...right.points.slice(0, 3).toReversed()];
}

function fillBetween(plane: Plane, area: readonly Vec[], gap: (point: Vec) => number): void {
  if (area.length === 0) return;
  const { width, height, data } = plane;
  const xs = area.map((point) => point[0]);
  const ys = area.map((point) => point[1]);
  const right = Math.min(width - 1, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x <= right; x++) {
      const point: Vec = [x + 0.5, y + 0.5];
      if (!inside(area, point)) continue;
      const i = y * width + x;
      data[i] = Math.max(data[i], gap(point));
    }
  }
}
