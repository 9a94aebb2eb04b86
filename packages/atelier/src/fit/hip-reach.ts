import type { Vec } from '../geometry/vector.ts';
import type { Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import type { LowerBody } from './lower-body.ts';

/** How far hips or bare legs reach aside of a skirt's middle at a height down the trunk, pixels. */
export function hipReach(body: LowerBody, side: Side, down: number, middle: Vec): number {
  if (down < body.crotchDown) return body.edge(side, down);
  const leg = body.legs[side];
  const run = clamp(middle[1] - leg.joints[0][1], 0, leg.length);
  const seat = body.edge(side, body.crotchDown);
  const reach = Math.abs(leg.at(run).point[0] - middle[0]) + leg.halfWidth(run);
  return lerp(seat, reach, smoothstep(0, 0.3 * leg.upperLength, run));
}
