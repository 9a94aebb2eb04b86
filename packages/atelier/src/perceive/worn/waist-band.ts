import { mix, type Vec } from '../../geometry/vector.ts';
import { labOf } from '../../pixels/colour.ts';
import { copyFloats } from '@toile/memory';
import { median } from '../../pixels/scalar.ts';
import type { PersonReading } from '../person.ts';

/** Where the chest ends and the hips begin, trunk lengths below the shoulders. */
const BAND = { from: 0.55, to: 1.15 } as const;
/** Farther than this from the colour of the arms, in CIELAB without lightness, nothing is the same person's skin. */
const FOREIGN = 7;
const LEAST_SURE = 0.7;
/** Every so many pixels one is looked at. */
const STRIDE = 3;
const LEAST_SEEN = 40;

/**
 * A pale or pink band across a garment is taken for a bare waist. What is read as skin there, in another hue than the
 * same person's arms, is made cloth; other wearers are handed back as read.
 */
export function claimBand(wearer: PersonReading): PersonReading {
  const { parts, pose } = wearer;
  const { width, height } = parts.neck;
  const [top, bottom] = [BAND.from, BAND.to].map((down) =>
    Math.round(mix(pose.shoulderMiddle, pose.hipMiddle, down)[1]),
  );
  const first = Math.max(0, top);
  const last = Math.min(height, bottom);
  const waist = hueWhere(wearer, first, last, (i) => parts.neck.data[i]);
  const arms = hueWhere(wearer, 0, height, (i) => parts.leftArm.data[i] + parts.rightArm.data[i]);
  if (!waist || !arms || Math.hypot(waist[0] - arms[0], waist[1] - arms[1]) < FOREIGN) {
    return wearer;
  }
  const neck = copyFloats(parts.neck.data);
  const upper = copyFloats(parts.upperGarment.data);
  for (let i = first * width; i < last * width; i++) {
    upper[i] += neck[i];
    neck[i] = 0;
  }
  return {
    ...wearer,
    parts: {
      ...parts,
      neck: { ...parts.neck, data: neck },
      upperGarment: { ...parts.upperGarment, data: upper },
    },
  };
}

/** Median a and b of what is surely a part between two rows; null where there is hardly any. */
function hueWhere(
  { image }: PersonReading,
  from: number,
  to: number,
  share: (pixel: number) => number,
): Vec | null {
  const { width, data } = image;
  const as: number[] = [];
  const bs: number[] = [];
  for (let y = from; y < to; y += STRIDE) {
    for (let i = y * width; i < (y + 1) * width; i += STRIDE) {
      if (share(i) < LEAST_SURE) continue;
      const [, a, b] = labOf(data[3 * i], data[3 * i + 1], data[3 * i + 2]);
      as.push(a);
      bs.push(b);
    }
  }
  return as.length < LEAST_SEEN ? null : [median(as), median(bs)];
}
