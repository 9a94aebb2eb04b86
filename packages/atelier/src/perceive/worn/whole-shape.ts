import { keepAbove } from '../../pixels/components.ts';
import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { copyFloats } from '@toile/memory';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { growRim, shrinkRim, soften } from '../../pixels/soften.ts';
import type { GarmentSide } from '../garment.ts';
import { evenAlong, heightAt } from './even-edge.ts';
import type { Side } from '../person.ts';
import { columnTop, signOf, type WornView } from './profiles.ts';
import { DOT } from './skin-scraps.ts';
import type { WornBottomShape } from './worn-bottom.ts';
import type { WornTopShape } from './worn-top.ts';

/** How far above the hem the parse may have taken cloth for the garment below, in shoulder widths. */
const HEM_BITE = 0.16;

/** The hem's line is not more exact than this, in shoulder widths. */
const HEM_RIM = 0.02;

/** The places within a top's outline where the photo shows something else: an arm, hair, a bag, or nothing at all. */
export function hiddenInTop(view: WornView, shape: WornTopShape): Mask {
  const { width, height } = view.share;
  const hidden = createMask(width, height);
  const { landmarks, hem } = shape;
  const top = upperLine(shape);
  for (let x = 0; x < width; x++) {
    const first = top(x);
    if (first === null) continue;
    const last = heightAt(hem.points, x);
    const side = x < view.frame.centreX ? 'left' : 'right';
    for (let y = Math.max(0, Math.round(first)); y <= Math.min(height - 1, last); y++) {
      const i = y * width + x;
      if (view.share.data[i] > 0.9) continue;
      const across = signOf(side) * (x - view.frame.centreX);
      if (across > sideAt(view, shape, landmarks[side], side, y)) continue;
      // Above the armpit of a sleeveless garment an arm lies beside it.
      const beside = landmarks[side].sleeve === null && y < landmarks[side].armpit[1];
      const carried =
        isCarried(shape, side, y) && across > OUTER * sideAt(view, shape, landmarks[side], side, y);
      if (carried || covered(view, i, beside)) hidden.data[i] = 1;
    }
  }
  // Checks and dots of the cloth may look a little like skin or hair.
  const larger = keepAbove(hidden, (DOT * view.frame.unit) ** 2);
  closeUnderOccluders(view, larger);
  return grown(view, larger);
}

/** Where the edge is carried on, what lies this near to it, as a share of its distance from the middle, hides it. */
const OUTER = 0.7;

function isCarried({ edges }: WornTopShape, side: Side, y: number): boolean {
  return edges.carried[side][y - edges.top] ?? false;
}

/** Under the hem of a top lies its shadow, and the hem may slope by this much; in shoulder widths. */
const UNDER_HEM = { shadow: 0.03, slope: 0.3 } as const;

/** The places within a bottom's outline where the photo shows something else. */
export function hiddenInBottom(view: WornView, shape: WornBottomShape): Mask {
  const { rows, top, landmarks } = shape;
  const { width, height } = view.share;
  const hidden = createMask(width, height);
  const { waist } = landmarks;
  const crotch = landmarks.crotch?.[1] ?? Infinity;
  const hems = Float32Array.from({ length: width }, (_, x) => hemOver(view, shape, x));
  rows.forEach(({ left, right }, k) => {
    const y = top + k;
    if (y >= height) return;
    for (let x = Math.max(0, Math.ceil(left.outer)); x < Math.min(width, right.outer); x++) {
      const i = y * width + x;
      if (view.share.data[i] > 0.9 && y >= hems[x]) continue;
      if (y > crotch && x > left.inner && x < right.inner) continue;
      const at = clamp(
        ((x - waist[0][0]) / (waist[waist.length - 1][0] - waist[0][0])) * (waist.length - 1),
        0,
        waist.length - 1,
      );
      if (y < waist[Math.round(at)][1]) continue;
      if (y < hems[x] || covered(view, i, false) || view.other.data[i] > 0.3) hidden.data[i] = 1;
    }
  });
  return grown(view, hidden);
}

/** Height in a column above which a top hangs over the bottom; -1 where none does. */
function hemOver(view: WornView, { overhung, seenTop }: WornBottomShape, x: number): number {
  if (!overhung) return -1;
  const { unit } = view.frame;
  const last = seenTop + UNDER_HEM.slope * unit;
  const first = columnTop(view, x, seenTop - UNDER_HEM.slope * unit, last);
  return (first?.at ?? seenTop) + UNDER_HEM.shadow * unit;
}

const covered = ({ arms, hair, seen }: WornView, i: number, besideArm: boolean): boolean =>
  (besideArm ? 0 : arms.data[i]) + hair.data[i] > 0.3 || seen.data[i] === 0;

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
  if (y >= armpit[1]) {
    const k = clamp(y - edges.top, 0, edges[side].length - 1);
    // Where the edge is seen, what lies on it is beside the garment, not before it.
    return edges[side][k] - (edges.carried[side][k] ? 0 : 0.02 * view.frame.unit);
  }
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

/** The garment's share with its hidden places filled in, their rim soft over a pixel or two. */
export function wholeMatte(share: Plane, hidden: Mask): Plane {
  const { width, height } = share;
  const cloth = createPlane(width, height);
  for (let i = 0; i < cloth.data.length; i++) {
    cloth.data[i] = hidden.data[i] ? 1 : share.data[i];
  }
  const even = soften(cloth, 1.6).data;
  const near = growRim(hidden, 4).data;
  for (let i = 0; i < cloth.data.length; i++) {
    if (near[i]) cloth.data[i] = Math.max(share.data[i], smoothstep(0.3, 0.85, even[i]));
  }
  return cloth;
}

/** Settles by the hem what is garment and what is the other garment below it, where the parse mixed them up, and takes the parse's steps out of hem and neckline. */
export function settleEdges(view: WornView, { hem, edges, landmarks }: WornTopShape): Plane {
  const { width, height, data } = view.share;
  const left = hem.points[0][0];
  const right = hem.points[hem.points.length - 1][0];
  const result: Plane = { width, height, data: copyFloats(data) };
  for (let x = 0; x < width; x++) {
    const y = heightAt(hem.points, x);
    if (x < left - 0.1 * view.frame.unit || x > right + 0.1 * view.frame.unit) continue;
    const side = x < view.frame.centreX ? 'left' : 'right';
    const across = Math.abs(x - view.frame.centreX);
    const first = Math.max(edges.top, Math.round(y - HEM_BITE * view.frame.unit));
    for (let row = Math.max(0, first); row < height; row++) {
      const i = row * width + x;
      const inside =
        row < y - HEM_RIM * view.frame.unit &&
        across < edges[side][Math.min(row - edges.top, edges[side].length - 1)] - 2;
      const own = inside ? data[i] + view.other.data[i] : data[i];
      result.data[i] = Math.min(1, own) * clamp(1 - (row - y - 1) / 2, 0, 1);
    }
  }
  const evenHem = evenAlong(result, hem.points, view.frame.unit);
  return evenAlong(evenHem, landmarks.neckline.curve, view.frame.unit);
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
