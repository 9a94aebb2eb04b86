import { components, keepThose } from '../pixels/components.ts';
import { createPlane, type Mask, type Plane, threshold } from '../pixels/image.ts';
import { growRim, shrinkRim } from '../pixels/soften.ts';

/** Hair has places broader than twice this, in shoulder widths; the shadow under a collar, which looks like it, has not. */
const MASS = 0.012;
/** Around a mass of hair single strands may hang, this far in shoulder widths. */
const STRANDS = 0.08;
/** What is smaller and does not hang from the head is a dark place of old clothes; in squares of the shoulder width. */
const LEAST = 0.03;

/**
 * Share of hair without dark places elsewhere, such as between a collar and the neck.
 *
 * @param hair in the stage, above which is the rest of the head
 */
export function hangingHair(hair: Plane, unit: number): Plane {
  const breadth = Math.max(1, MASS * unit);
  const mass = shrinkRim(fromHead(threshold(hair, 0.5), LEAST * unit ** 2), breadth);
  const near = growRim(mass, breadth + STRANDS * unit);
  const hanging = createPlane(hair.width, hair.height);
  for (let i = 0; i < near.data.length; i++) if (near.data[i]) hanging.data[i] = hair.data[i];
  return hanging;
}

/** The pieces that are large, or go on above the picture. */
function fromHead(hair: Mask, least: number): Mask {
  const pieces = components(hair);
  const hangs = new Set(pieces.labels.subarray(0, hair.width));
  return keepThose(hair, pieces, (label) => pieces.areas[label] >= least || hangs.has(label));
}
