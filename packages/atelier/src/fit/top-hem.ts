import type { TopReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp } from '../pixels/scalar.ts';
import { hemHeight } from './garment-edge.ts';
import type { Grading } from './garment-size.ts';
import type { ShoulderAnchors } from './top-anchors.ts';
import type { Trunk } from './trunk.ts';
import { findWornWaist } from './worn-waist.ts';

/** Where a hem meets the widest of the hips. */
const HIPS = 0.98;
/** What remains of a length below the hips, where cloth gathers on them. */
const GATHERED = 0.7;
/** Nearly the same hem as the old one is made to cover it; a shorter top stays a shorter top. */
const MOST_STRETCH = 1.08;
/** Of a garment that somebody wears the length is known less surely: its hem may be tucked in or bloused. */
const MOST_STRETCH_OF_WORN = 1.14;
/** A photo that ends this little below the hem would show a strip of nobody knows what: it is covered. */
const MOST_STRETCH_TO_FRAME = 1.16;
const LAP = 0.93;
/** How far below the waistband a hem comes to lie on a lap, and how uneven it lies at most. */
const BELOW_WAIST = 0.13;
const MOST_DROP = 0.06;
/** Length of the trunk, shoulder joints to hip joints, in shoulder widths. */
const USUAL_BUILD = 1.63;
const LEAST_STRETCH = 0.65;

/** The heights of the new garment on the body. */
export interface Vertical {
  readonly neckY: number;
  readonly hemY: number;
  readonly neckDown: number;
  readonly hemDown: number;
  readonly oldHemDown: number;
  readonly stretch: number;
  /** Height on the body of a height in the garment's picture. */
  down(y: number): number;
  /** How much lower than in its middle the hem lies at a place across, pixels from the middle line. */
  drop(across: number): number;
}

/**
 * The new hem hangs where the garment's own length puts it; it is moved a little to cover the old hem when it would
 * end just above it, and long tops are gathered below the hips, where a picture of a hanging garment is foreshortened.
 */
export function chooseHem(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  anchors: Readonly<Record<Side, ShoulderAnchors>>,
  scale: number,
  grading: Grading,
): Vertical {
  const { left, right } = garment.landmarks;
  const neckY = (left.neckPoint[1] + right.neckPoint[1]) / 2;
  const hemY = hemHeight(garment);
  const neckDown =
    (trunk.locate(anchors.left.neck).down + trunk.locate(anchors.right.neck).down) / 2;
  // Widths choose the scale; on a body that is long for its width a garment is chosen a little longer.
  const build = clamp(Math.sqrt(trunk.length / (USUAL_BUILD * trunk.shoulderWidth)), 0.97, 1.06);
  const natural = ((hemY - neckY) * scale * build * grading.length) / trunk.length;
  const oldHemDown = oldHem(person, trunk);
  let hemDown = neckDown + natural;
  if (hemDown > HIPS) hemDown = HIPS + GATHERED * (hemDown - HIPS);
  const cover = oldHemDown + 0.02;
  const most = garment.photo.value === 'worn' ? MOST_STRETCH_OF_WORN : MOST_STRETCH;
  if (hemDown < cover) hemDown = Math.min(cover, neckDown + natural * most);
  const frame = person.clothes.lower.value === 'unseen' ? frameEnd(person, trunk) : 0;
  if (hemDown < frame && frame < neckDown + natural * MOST_STRETCH_TO_FRAME) hemDown = frame;
  // Who sits has the lap where a hem would hang: it comes to lie there, round the waist.
  const waist = person.pose.seated ? findWornWaist(person, trunk) : null;
  if (person.pose.seated) hemDown = Math.min(hemDown, waist ? waist.down(0) + BELOW_WAIST : LAP);
  hemDown = Math.max(hemDown, neckDown + LEAST_STRETCH * natural);
  const stretch = (hemDown - neckDown) / natural;
  return {
    neckY,
    hemY,
    neckDown,
    hemDown,
    oldHemDown,
    stretch,
    down: (y) => neckDown + ((y - neckY) * (hemDown - neckDown)) / (hemY - neckY),
    drop: (across) =>
      waist ? clamp(waist.down(across) - waist.down(0), -MOST_DROP, MOST_DROP) : 0,
  };
}

/** Where the picture ends down the trunk, and a little more. */
function frameEnd({ image, pose }: PersonReading, trunk: Trunk): number {
  return trunk.locate([pose.hipMiddle[0], image.height]).down + 0.02;
}

function oldHem(person: PersonReading, trunk: Trunk): number {
  const { width, height } = person.image;
  let lowest = 0;
  for (let k = 12; k < 100; k++) {
    const down = k / 50;
    let covered = 0;
    let seen = 0;
    for (let j = -8; j <= 8; j++) {
      const [x, y] = trunk.place(down, (j / 8) * 0.35 * trunk.shoulderWidth);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      seen++;
      if (person.parts.upperGarment.data[Math.floor(y) * width + Math.floor(x)] > 0.5) covered++;
    }
    if (seen > 0 && covered / seen > 0.25) lowest = down;
  }
  return lowest;
}
