import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { clamp, lerp } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import type { GarmentSide } from '../garment.ts';
import { type Side, sides } from '../person.ts';
import { signOf, type WornView } from './profiles.ts';
import type { WornTopShape } from './worn-top.ts';

/** The places within a top's outline where the photo shows something else: an arm, hair, a bag, or nothing at all. */
export function hiddenInTop(view: WornView, shape: WornTopShape): Mask {
  const { width, height } = view.share;
  const hidden = createMask(width, height);
  const { landmarks, hem } = shape;
  const hemLeft = hem.points[0][0];
  const hemSpan = hem.points[hem.points.length - 1][0] - hemLeft;
  const top = upperLine(shape);
  for (let x = 0; x < width; x++) {
    const first = top(x);
    if (first === null) continue;
    const k = clamp(
      ((x - hemLeft) / (hemSpan || 1)) * (hem.points.length - 1),
      0,
      hem.points.length - 1,
    );
    const last = hem.points[Math.round(k)][1];
    const side = x < view.frame.centreX ? 'left' : 'right';
    for (let y = Math.max(0, Math.round(first)); y <= Math.min(height - 1, last); y++) {
      const i = y * width + x;
      if (view.share.data[i] > 0.9) continue;
      const across = signOf(side) * (x - view.frame.centreX);
      if (across > sideAt(view, shape, landmarks[side], side, y)) continue;
      if (covered(view, i)) hidden.data[i] = 1;
    }
  }
  closeUnderOccluders(view, hidden);
  return grown(view, hidden);
}

const covered = ({ arms, hair, seen }: WornView, i: number): boolean =>
  arms.data[i] + hair.data[i] > 0.3 || seen.data[i] === 0;

/** Upper limit of the garment in a column between the shoulder tips: neckline, or the line from neck point to tip. */
function upperLine({ landmarks }: WornTopShape): (x: number) => number | null {
  const { left, right, neckline } = landmarks;
  const { curve } = neckline;
  const path = [left.shoulderTip, ...curve, right.shoulderTip];
  return (x) => {
    for (let k = 1; k < path.length; k++) {
      const [ax, ay] = path[k - 1];
      const [bx, by] = path[k];
      if (x >= ax && x <= bx) return lerp(ay, by, (x - ax) / (bx - ax || 1));
    }
    // Outside the shoulder tips only what lies below the armpits belongs to the body.
    return Math.min(left.armpit[1], right.armpit[1]);
  };
}

/** Distance from the middle line to the garment's own side at a height. */
function sideAt(
  view: WornView,
  { edges }: WornTopShape,
  { shoulderTip, armpit }: GarmentSide,
  side: Side,
  y: number,
): number {
  const list = edges[side];
  if (y >= armpit[1]) return list[clamp(y - edges.top, 0, list.length - 1)];
  const along = clamp((y - shoulderTip[1]) / (armpit[1] - shoulderTip[1] || 1), 0, 1);
  const x = lerp(shoulderTip[0], armpit[0], along);
  // Armholes are hollow: what an arm hides there is not cloth.
  return signOf(side) * (x - view.frame.centreX) - 0.06 * view.frame.unit;
}

/** Strands, straps and fingers across the cloth: narrow gaps with cloth on both sides. */
function closeUnderOccluders(view: WornView, hidden: Mask): void {
  const { width, height } = hidden;
  const cloth = createMask(width, height);
  for (let i = 0; i < cloth.data.length; i++) {
    cloth.data[i] = view.share.data[i] > 0.5 || hidden.data[i] ? 1 : 0;
  }
  const reach = 0.05 * view.frame.unit;
  const closed = shrinkRim(growRim(cloth, reach), reach);
  for (let i = 0; i < closed.data.length; i++) {
    if (closed.data[i] && !cloth.data[i] && view.hair.data[i] > 0.3) hidden.data[i] = 1;
  }
}

/** The soft rim between cloth and what hides it is mixed with its colours, and is painted anew as well. */
function grown(view: WornView, hidden: Mask): Mask {
  const near = growRim(hidden, Math.max(2, Math.round(0.012 * view.frame.unit)));
  for (let i = 0; i < near.data.length; i++) {
    if (near.data[i] && !hidden.data[i] && view.share.data[i] < 0.02) near.data[i] = 0;
  }
  return near;
}

/** The garment's share with its hidden places filled in, their rim soft over a pixel. */
export function wholeMatte(share: Plane, hidden: Mask): Plane {
  const result = createPlane(share.width, share.height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = hidden.data[i] ? 1 : share.data[i];
  }
  return result;
}

/** Pixels of the hidden places over all of the garment's. */
export function hiddenShare(share: Plane, hidden: Mask): number {
  let missing = 0;
  let all = 0;
  for (let i = 0; i < hidden.data.length; i++) {
    missing += hidden.data[i];
    all += hidden.data[i] || share.data[i] > 0.5 ? 1 : 0;
  }
  return missing / Math.max(1, all);
}

/** Both masks of the sleeves as they lie on the canvas, empty where there is none. */
export const emptySleeves = (width: number, height: number): Readonly<Record<Side, Mask>> => {
  const [left, right] = sides.map(() => createMask(width, height));
  return { left, right };
};
