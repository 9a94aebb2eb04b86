import { distance, mix } from '../../geometry/vector.ts';
import type { FoundPerson } from '../../nets/people.ts';
import type { RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { median } from '../../pixels/scalar.ts';
import {
  CHIN,
  type Colour,
  FACE,
  paintBackdrop,
  paintHead,
  ROOM,
  skinWithin,
  SOME_SKIN,
} from './paint-figure.ts';

/** Below this mean confidence of eyes, nose and ears no head is in the picture. */
const NO_HEAD = 0.25;
const LEAST_SCORE = 0.25;
/** Below this mean confidence the shoulders are not in the picture either, and nothing says where a head would be. */
const LEAST_SHOULDERS = 0.25;

/**
 * Shops crop their pictures at the neck, but the nets know people with heads: draws a plain one, in the tone of the neck,
 * above a picture that shows a person without. Null where a head is seen or nobody is.
 */
export function withHead(image: RgbImage, people: readonly FoundPerson[]): RgbImage | null {
  const [person] = people.toSorted((a, b) => b.score - a.score);
  if (!person || person.score < LEAST_SCORE) return null;
  const face = person.points.slice(0, 5).reduce((sum, { confidence }) => sum + confidence, 0) / 5;
  const [left, right] = [person.points[5].at, person.points[6].at];
  const unit = distance(left, right);
  const shoulders = mix(left, right, 0.5);
  const sure = (person.points[5].confidence + person.points[6].confidence) / 2;
  if (face > NO_HEAD || sure < LEAST_SHOULDERS || unit < 0.1 * image.width) return null;
  const chin = shoulders[1] - CHIN * unit;
  if (chin > 0.2 * unit) return null;
  const neck = neckAt(image, shoulders[0], unit);
  const pad = Math.round((FACE + ROOM) * unit - chin);
  const data = bytes(image.width * (image.height + pad) * 3);
  data.set(image.data, image.width * pad * 3);
  const picture = { width: image.width, height: image.height + pad, data };
  paintBackdrop(picture, image, pad);
  paintHead(picture, [neck.x, pad + chin], unit, pad, neck.tone);
  return picture;
}

/** Middle and colour of the skin at the picture's upper border, near the middle of the shoulders. */
function neckAt(image: RgbImage, x: number, unit: number): { x: number; tone: Colour } {
  const near = skinWithin(image, x, 0.3 * unit, Math.max(4, Math.round(0.03 * unit)));
  const some = near.length > 20 ? near : skinWithin(image, x, image.width, image.height);
  if (some.length < 20) return { x, tone: SOME_SKIN };
  const channel = (c: number): number => median(some.map((i) => image.data[3 * i + c]));
  return {
    x: near.length > 20 ? median(near.map((i) => i % image.width)) : x,
    tone: [channel(0), channel(1), channel(2)],
  };
}
