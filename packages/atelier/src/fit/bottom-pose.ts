import { distance, mix, subtract, type Vec } from '../geometry/vector.ts';
import { type Joint, type Limb, type PersonReading, sides } from '../perceive/person.ts';

/** Thighs and shins may lean this far from the vertical, degrees: beyond it cloth would bunch in ways that no flat photo shows. */
const MOST_LEAN = 38;
/** The frame must show at least this much below the hip joints, in lengths of the trunk. */
const LEAST_THIGH = 0.3;
/** Share of the thighs that must not be hidden. */
const LEAST_SHOWN = 0.6;
/** Ankles may pass one another by this share of the hips' width before legs count as crossed. */
const MOST_CROSSED = 0.35;

/** Why trousers, shorts or a skirt cannot be put on somebody who stands so, with what to send instead; null when they can. */
export function refuseStance(person: PersonReading): string | null {
  const { pose } = person;
  if (pose.seated) {
    return 'The person sits, and the built-in engine puts trousers, shorts and skirts only on people who stand. Send a photo of the person standing.';
  }
  if (pose.facing !== 'front') {
    return `The person is seen from the ${pose.facing}, and the built-in engine puts trousers, shorts and skirts only on people who face the camera. Send a photo from the front.`;
  }
  const trunk = distance(pose.shoulderMiddle, pose.hipMiddle);
  if (person.image.height - pose.hipMiddle[1] < LEAST_THIGH * trunk) {
    return 'The photo of the person ends at the hips, and trousers, shorts and skirts would hardly be seen. Send a photo that shows the person down to the knees or lower.';
  }
  if (thighsShown(person) < LEAST_SHOWN) {
    return 'Something before the person hides the legs, such as a table. Send a photo in which the person is seen down to the knees or lower.';
  }
  const { left, right } = pose.legs;
  if (leans(left) || leans(right)) {
    return 'The person has a leg bent or lifted, and the built-in engine puts trousers, shorts and skirts only on people who stand upright. Send a photo of the person standing on both legs.';
  }
  const hips = distance(left.root.at, right.root.at);
  if (seen(left.end) && seen(right.end) && left.end.at[0] - right.end.at[0] > MOST_CROSSED * hips) {
    return 'The legs of the person cross, and the built-in engine cannot tell which of them cloth should follow. Send a photo of the person with the legs side by side.';
  }
  return null;
}

/** Places down each thigh that are looked at. */
const STEPS = 12;

/** Share of the thighs, as far as they are in the picture, that shows legs or clothes. */
function thighsShown({ pose, parts, image }: PersonReading): number {
  const { legs, lowerGarment, upperGarment, leftArm, rightArm } = parts;
  let shown = 0;
  let all = 0;
  for (const side of sides) {
    const { root, middle } = pose.legs[side];
    for (let step = 0; step < STEPS; step++) {
      const [x, y] = mix(root.at, middle.at, (step + 0.5) / STEPS);
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      const i = Math.floor(y) * image.width + Math.floor(x);
      const share = [legs, lowerGarment, upperGarment, leftArm, rightArm];
      all++;
      if (share.reduce((sum, part) => sum + part.data[i], 0) > 0.5) shown++;
    }
  }
  return all === 0 ? 0 : shown / all;
}

const seen = (joint: Joint): boolean => joint.confidence > 0.5;

function leans({ root, middle, end }: Limb): boolean {
  const lean = (from: Vec, to: Vec): number => {
    const [x, y] = subtract(to, from);
    return (Math.atan2(Math.abs(x), y) * 180) / Math.PI;
  };
  const thigh = seen(middle) && lean(root.at, middle.at) > MOST_LEAN;
  const shin = seen(middle) && seen(end) && lean(middle.at, end.at) > MOST_LEAN;
  return thigh || shin;
}
