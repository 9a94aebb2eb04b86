import type { Plane } from '../../pixels/image.ts';
import { type Body, type Chain, pointOn } from './body.ts';
import type { Cuts } from './body-prior.ts';
import { density, type LabPlanes } from './colour-mixture.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import type { Colours } from './seeds.ts';
import { findWaistline } from './waistline.ts';

const STEPS = 60;
/** Evidence, in nats a step, that no single place may exceed: a print or a bracelet must not decide alone. */
const MOST_EVIDENCE = 2;

/** Where sleeves, trouser legs and the upper garment end: on limbs the place along each limb that best divides cloth before it from skin after it. */
export function findCuts(lab: LabPlanes, matte: Plane, body: Body, colours: Colours): Cuts {
  const cut = (chain: Chain, cloth: number): number | undefined =>
    findCut(lab, matte, chain, colours, cloth);
  return {
    leftArm: cut(body.arms.left, UPPER),
    rightArm: cut(body.arms.right, UPPER),
    leftLeg: cut(body.legs.left, LOWER),
    rightLeg: cut(body.legs.right, LOWER),
    waist: findWaistline(lab, matte, body, colours),
  };
}

function findCut(
  lab: LabPlanes,
  matte: Plane,
  chain: Chain,
  colours: Colours,
  cloth: number,
): number | undefined {
  const skinColours = colours[SKIN];
  const clothColours = colours[cloth];
  if (!skinColours || !clothColours || chain.confidence < 0.2) return undefined;
  // Cumulated evidence for skin; the cut is where it is least, for all before it is then cloth and all after it skin.
  let sum = 0;
  let least = 0;
  let best = 0;
  let seen = 0;
  for (let step = 0; step < STEPS; step++) {
    const along = ((step + 0.5) / STEPS) * 2;
    let evidence = 0;
    let count = 0;
    for (const i of acrossLimb(chain, along, matte)) {
      const l = lab[0].data[i];
      const a = lab[1].data[i];
      const b = lab[2].data[i];
      evidence += Math.log(
        (density(skinColours, l, a, b) + 1e-7) / (density(clothColours, l, a, b) + 1e-7),
      );
      count++;
    }
    if (count === 0) continue;
    seen++;
    sum += Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, evidence / count));
    if (sum < least) {
      least = sum;
      best = along;
    }
  }
  return seen < STEPS / 6 ? undefined : best;
}

/** Pixels of the person across the inner half of a limb. */
function* acrossLimb(chain: Chain, along: number, matte: Plane): Generator<number> {
  const { width, height, data } = matte;
  const k = Math.min(2, Math.floor(along));
  const from = chain.points[k];
  const to = chain.points[k + 1];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const half =
    0.5 * (chain.halfWidths[k] * (1 - along + k) + chain.halfWidths[k + 1] * (along - k));
  const centre = pointOn(chain, along);
  for (let n = -3; n <= 3; n++) {
    const x = Math.floor(centre[0] - ((to[1] - from[1]) / length) * half * (n / 3));
    const y = Math.floor(centre[1] + ((to[0] - from[0]) / length) * half * (n / 3));
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    if (data[y * width + x] > 0.85) yield y * width + x;
  }
}
