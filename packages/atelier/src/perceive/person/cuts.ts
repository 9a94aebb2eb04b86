import type { Plane } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import { type Chain, pointOn } from './body.ts';
import type { Cuts } from './body-prior.ts';
import { skinEvidence } from './class-evidence.ts';
import { contrast, density, type Mixture } from './colour-mixture.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import type { Scene } from './scene.ts';
import type { Colours } from './seeds.ts';
import { findWaistline } from './waistline.ts';

const STEPS = 60;
/** Evidence, in nats a step, that no single place may exceed: a print or a bracelet must not decide alone. */
const MOST_EVIDENCE = 2;
/** Evidence that a cuff needs if no edge is seen where it would be, nats. */
const CUFF_COST = 4;

/** Where sleeves, trouser legs and the upper garment end: on limbs the place along each limb that best divides cloth before it from skin after it. */
export function findCuts(scene: Scene, colours: Colours): Cuts {
  const { view, matte, body } = scene;
  const cut = (chain: Chain, cloth: number): number | undefined =>
    findCut(scene, chain, colours, cloth);
  return {
    leftArm: cut(body.arms.left, UPPER),
    rightArm: cut(body.arms.right, UPPER),
    leftLeg: cut(body.legs.left, LOWER),
    rightLeg: cut(body.legs.right, LOWER),
    waist: findWaistline(view.lab, matte, body, colours),
  };
}

function findCut(scene: Scene, chain: Chain, colours: Colours, cloth: number): number | undefined {
  const skinColours = colours[SKIN];
  const clothColours = colours[cloth];
  if (!skinColours || !clothColours || chain.confidence < 0.2) return undefined;
  const slices = Array.from({ length: STEPS }, (_, step) =>
    sliceOf(scene, chain, ((step + 0.5) / STEPS) * 2, skinColours, clothColours),
  );
  if (slices.filter((slice) => slice.count > 0).length < STEPS / 6) return undefined;
  // Skin-coloured cloth: the colours say little, and a cuff must show as an edge.
  const trust = 0.05 + 0.95 * contrast(skinColours, clothColours);
  // Summed evidence for skin is least at the cut: all before it is then cloth, all after it skin.
  let sum = 0;
  let least = 0;
  let best = 0;
  for (let step = 0; step < STEPS; step++) {
    const { evidence, seen, count } = slices[step];
    if (count === 0) continue;
    sum += trust * clamp(evidence, -MOST_EVIDENCE, MOST_EVIDENCE) + seen;
    const cost = sum + CUFF_COST - Math.min(CUFF_COST, edgeAfter(slices, step) / 4);
    if (cost < least) {
      least = cost;
      best = ((step + 0.5) / STEPS) * 2;
    }
  }
  return best;
}

/** What a limb shows across one place. */
interface Slice {
  /** Mean evidence for skin rather than cloth by the colours, nats. */
  readonly evidence: number;
  /** The same by the segmenter. */
  readonly seen: number;
  readonly colour: readonly [number, number, number];
  readonly count: number;
}

function sliceOf(
  { view: { lab }, matte, classes }: Scene,
  chain: Chain,
  along: number,
  skin: Mixture,
  cloth: Mixture,
): Slice {
  const sum: [number, number, number] = [0, 0, 0];
  let evidence = 0;
  let seen = 0;
  let count = 0;
  for (const i of acrossLimb(chain, along, matte)) {
    const l = lab[0].data[i];
    const a = lab[1].data[i];
    const b = lab[2].data[i];
    evidence += Math.log((density(skin, l, a, b) + 1e-7) / (density(cloth, l, a, b) + 1e-7));
    seen += skinEvidence(classes, i);
    sum[0] += l;
    sum[1] += a;
    sum[2] += b;
    count++;
  }
  const n = Math.max(1, count);
  return {
    evidence: evidence / n,
    seen: seen / n,
    colour: [sum[0] / n, sum[1] / n, sum[2] / n],
    count,
  };
}

/** Difference of colour between the slices just before and just after a step, in Lab units. */
function edgeAfter(slices: readonly Slice[], step: number): number {
  const before = slices[Math.max(0, step - 1)];
  const after = slices[Math.min(STEPS - 1, step + 2)];
  if (before.count === 0 || after.count === 0) return 0;
  return Math.hypot(
    before.colour[0] - after.colour[0],
    before.colour[1] - after.colour[1],
    before.colour[2] - after.colour[2],
  );
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
