import { lerp, smoothstep } from '../../pixels/scalar.ts';
import { mix, type Vec } from '../../geometry/vector.ts';
import { type Clothes, type Parts, type Pose, type Side, sides } from '../person.ts';
import { contrast, type LabPlanes } from './colour-mixture.ts';
import { LOWER, UPPER } from './labels.ts';
import type { Parse } from './parse-person.ts';
import { type LegRows, readLegRows } from './leg-rows.ts';

/** No reading of clothes from one picture is surer than this. */
const MOST_CONFIDENCE = 0.95;

/** What is worn below the waist, told by what covers thighs and shins and by the gap between the legs. */
export function readLower(pose: Pose, parts: Parts, lab: LabPlanes): Clothes['lower'] {
  const legs = sides
    .map((side) => coverOf(pose, parts, side))
    .filter((leg) => leg.seenTo >= LEAST_SEEN);
  if (legs.length === 0) return { value: 'unseen', confidence: 0.9 };
  const hem = legs.reduce((sum, leg) => sum + leg.hem, 0) / legs.length;
  const seenTo = Math.max(...legs.map((leg) => leg.seenTo));
  const believed = MOST_CONFIDENCE * Math.min(1, 0.5 + pose.confidence / 2);
  if (hem < LEAST_HEM) return { value: 'none', confidence: 0.8 * believed };
  const skirt = skirtness(readLegRows(pose, parts, lab, hem));
  const sure = 0.5 + 0.5 * Math.abs(2 * skirt - 1);
  if (skirt > 0.5) return { value: 'skirt', confidence: believed * sure };
  const cutOff = hem > seenTo - 0.12 && hem < LONG;
  // Out of the frame a long hem is likelier than a short one, and a hem near the border between two names names neither.
  const clear = cutOff
    ? lerp(0.45, 0.85, smoothstep(LEAST_SEEN, 1.1, hem))
    : lerp(0.6, 1, smoothstep(0, 0.25, Math.abs(hem - LONG)));
  return {
    value: hem > LONG || cutOff ? 'trousers' : 'shorts',
    confidence: believed * sure * clear,
  };
}

/** Places along a leg: 0 hip, 1 knee, 2 ankle. Less of it seen tells nothing, a higher hem is none, a lower one is long. */
const LEAST_SEEN = 0.3;
const LEAST_HEM = 0.16;
const LONG = 1.4;

/** Upper and lower garment are one where neither colour nor an edge parts them at the waist. */
export function readOnePiece({ colours, cuts }: Parse): Clothes['onePiece'] {
  const upper = colours[UPPER];
  const lower = colours[LOWER];
  if (!upper || !lower || !cuts.waist) return { value: false, confidence: 0.5 };
  const apart = Math.max(contrast(upper, lower), contrast(lower, upper));
  const separate = Math.max(
    smoothstep(0.1, 0.5, apart),
    smoothstep(2, 6, cuts.waist.step),
    // A belt or a seam makes an edge too.
    0.85 * smoothstep(0.5, 2, cuts.waist.edge),
  );
  return {
    value: separate < 0.5,
    confidence: MOST_CONFIDENCE * (0.5 + 0.5 * Math.abs(2 * separate - 1)),
  };
}

/** How much more like a skirt than like two legs the cloth looks, 0 to 1. */
function skirtness({ parted, seam, rows }: LegRows): number {
  if (rows < 3) return 0.35;
  return (1 - smoothstep(0.08, 0.3, parted)) * (1 - smoothstep(0.35, 0.75, seam));
}

/** Where cloth ends along a leg and how much of the leg is seen: 0 hip, 1 knee, 2 ankle. */
interface LegCover {
  readonly hem: number;
  readonly seenTo: number;
}

const STEPS = 40;

function coverOf(pose: Pose, parts: Parts, side: Side): LegCover {
  const leg = pose.legs[side];
  const { width, height } = parts.legs;
  let hem = 0;
  let seenTo = 0;
  let least = 0;
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    const along = ((step + 0.5) / STEPS) * 2;
    const [x, y] =
      along < 1
        ? mix(leg.root.at, leg.middle.at, along)
        : mix(leg.middle.at, leg.end.at, along - 1);
    const [cloth, skin] = shareAbout([x, y], parts, 0.04 * pose.shoulderWidth);
    if (x < 0 || y < 0 || x >= width || y >= height || cloth + skin < 0.3) continue;
    seenTo = along;
    // Most cloth before the hem and most skin after it.
    sum += skin - cloth;
    if (sum < least) {
      least = sum;
      hem = along;
    }
  }
  return { hem, seenTo };
}

/** Shares of lower garment and of legs' skin or shoes about a point. */
function shareAbout([x, y]: Vec, parts: Parts, radius: number): [number, number] {
  const { width, height } = parts.legs;
  let cloth = 0;
  let skin = 0;
  for (const dx of [-radius, 0, radius]) {
    const px = Math.round(x + dx);
    const py = Math.round(y);
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const i = py * width + px;
    cloth += (parts.lowerGarment.data[i] + parts.upperGarment.data[i]) / 3;
    skin += (parts.legs.data[i] + parts.shoes.data[i]) / 3;
  }
  return [cloth, skin];
}
