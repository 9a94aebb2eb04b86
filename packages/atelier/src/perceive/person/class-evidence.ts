import type { Plane } from '../../pixels/image.ts';
import type { Nearness } from './body.ts';
import type { BodyClasses } from './body-classes.ts';
import { HAIR, labelCount, LOWER, OTHER, SHOES, SKIN, UPPER } from './labels.ts';
import type { Place } from './places.ts';

/** How much the segmenter counts against place and colour: 1 would take its shares for probabilities. */
const TRUST = 1;
/** Share of every class that the segmenter may have missed. */
const MISSED = 0.04;
/** How much it counts on legs, where the whole breadth of a leg has told where the cloth ends. */
const TRUST_ON_LEGS = 0.5;
/** Likelihood of hair, of forearms and of things carried where the place alone expects none, when the segmenter sees them. */
const UNEXPECTED = 0.4;

/** Weighs the body's expectation of each label with what the segmenter sees, in place; shares sum to 1 again. */
export function weighByClass(
  prior: readonly Plane[],
  places: readonly Place[],
  { hair, skin, clothes, other, person }: BodyClasses,
): void {
  const seen = new Float64Array(labelCount);
  for (const { pixel: i, leftLeg, rightLeg, leftArm, rightArm } of places) {
    const whole = Math.max(person.data[i], 0.05);
    // What a label shows as most often, and what it is at times taken for.
    seen[SKIN] = skin.data[i] / whole;
    seen[HAIR] = (hair.data[i] + 0.5 * other.data[i]) / whole;
    seen[UPPER] = (clothes.data[i] + 0.15 * other.data[i]) / whole;
    seen[LOWER] = seen[UPPER];
    seen[SHOES] = (other.data[i] + 0.6 * clothes.data[i] + 0.3 * skin.data[i]) / whole;
    seen[OTHER] = (other.data[i] + 0.05 * clothes.data[i]) / whole;
    if (besideForearm(leftArm) || besideForearm(rightArm)) {
      prior[SKIN].data[i] += UNEXPECTED * Math.max(0, 2 * skin.data[i] - 1);
    }
    prior[HAIR].data[i] += UNEXPECTED * Math.max(0, 2 * hair.data[i] - 1);
    prior[OTHER].data[i] += 0.25 * UNEXPECTED * Math.max(0, 2 * other.data[i] - 1);
    const trust = onLeg(leftLeg) || onLeg(rightLeg) ? TRUST_ON_LEGS : TRUST;
    let total = 0;
    for (let k = 0; k < labelCount; k++) {
      total += prior[k].data[i] *= (seen[k] + MISSED) ** trust;
    }
    for (let k = 0; k < labelCount; k++) prior[k].data[i] /= total;
  }
}

/** Where a forearm or a hand may be that the pose has put beside it. */
const besideForearm = ({ ratio, along }: Nearness): boolean => ratio < 2.6 && along > 0.9;

const onLeg = ({ ratio, along }: Nearness): boolean => ratio < 1.2 && along > 0.25;

/** Evidence for skin rather than cloth at a pixel, nats, at most 1 either way: colours that speak plainly overrule it. */
export function skinEvidence({ skin, clothes }: BodyClasses, i: number): number {
  return Math.log((skin.data[i] + EVEN) / (clothes.data[i] + EVEN));
}

/** Keeps the evidence of shares of 0 and 1 at one nat. */
const EVEN = 1 / (Math.E - 1);
