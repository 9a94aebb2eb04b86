import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { bytes, integers } from '@toile/memory';
import { type Body, facePlace, inside, nearChain, trunkPlace } from './body.ts';
import type { Cuts } from './body-prior.ts';

/** Parts of the body whose skin is told apart; the trunk's bare skin counts as neck. */
export const skinParts = ['face', 'neck', 'leftArm', 'rightArm', 'legs'] as const;
export type SkinPart = (typeof skinParts)[number];
const FACE = 0;
const NECK = 1;
const LEGS = 4;
const NONE = 255;

/** For every pixel the number of the skin part it belongs to, were it skin. */
export interface SkinMap {
  readonly width: number;
  readonly height: number;
  readonly part: Uint8Array;
}

/**
 * Divides skin among the parts of the body: each part grows over connected skin from where it surely is, all at one
 * speed, so that fingers stay with their hand even on a bare leg. What is not skin then takes the nearest part.
 */
export function mapSkin(skin: Plane, matte: Plane, body: Body, cuts: Cuts): SkinMap {
  const { width, height } = skin;
  const part = bytes(width * height).fill(NONE);
  const isSkin = bytes(part.length);
  for (let i = 0; i < part.length; i++) {
    isSkin[i] = skin.data[i] * matte.data[i] > 0.4 ? 1 : 0;
  }
  const at = (i: number): Vec => [(i % width) + 0.5, Math.floor(i / width) + 0.5];
  const seeds: number[] = [];
  for (let i = 0; i < part.length; i++) {
    if (!isSkin[i]) continue;
    const seed = surePart(body, cuts, at(i));
    if (seed === undefined) continue;
    part[i] = seed;
    seeds.push(i);
  }
  grow(part, width, height, seeds, (i) => isSkin[i] === 1);
  // Skin that touches no sure place keeps the part that is nearest by the body.
  const rest: number[] = [];
  for (let i = 0; i < part.length; i++) {
    if (isSkin[i] && part[i] === NONE) part[i] = nearestPart(body, at(i));
    if (part[i] !== NONE) rest.push(i);
  }
  grow(part, width, height, rest, () => true);
  for (let i = 0; i < part.length; i++) if (part[i] === NONE) part[i] = NECK;
  return { width, height, part };
}

function grow(
  part: Uint8Array,
  width: number,
  height: number,
  seeds: readonly number[],
  open: (i: number) => boolean,
): void {
  const queue = integers(part.length);
  let tail = 0;
  for (const seed of seeds) queue[tail++] = seed;
  for (let head = 0; head < tail; head++) {
    const i = queue[head];
    const x = i % width;
    const y = Math.floor(i / width);
    for (const [dx, dy] of NEIGHBOURS) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const j = i + dy * width + dx;
      if (part[j] !== NONE || !open(j)) continue;
      part[j] = part[i];
      queue[tail++] = j;
    }
  }
}

const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

const armPart = (side: 'left' | 'right'): number => (side === 'left' ? 2 : 3);

function surePart(body: Body, cuts: Cuts, point: Vec): number | undefined {
  if (inside(body.face.outline, point)) return FACE;
  const head = facePlace(body.face, point);
  if (head.ratio < 1.5 && head.over > -0.3) return FACE;
  for (const side of ['left', 'right'] as const) {
    const { ratio, along } = nearChain(body.arms[side], point);
    if (along > 0.25 && ratio < (along > 1.3 ? 1 : 0.7)) return armPart(side);
    if (along <= 0.25 && ratio < 1 && outside(body, side, point)) return armPart(side);
  }
  for (const side of ['left', 'right'] as const) {
    const { ratio, along } = nearChain(body.legs[side], point);
    const cut = side === 'left' ? cuts.leftLeg : cuts.rightLeg;
    if (ratio < 0.8 && along > Math.max(0.25, (cut ?? 0.25) - 0.1)) return LEGS;
  }
  const { down, aside } = trunkPlace(body, point);
  if (down < 1 && aside < 0.3 && !nearHand(body, point)) return NECK;
  return undefined;
}

const nearHand = (body: Body, point: Vec): boolean =>
  [body.arms.left, body.arms.right].some((arm) => nearChain(arm, point, 2).ratio < 2.6);

/** Whether a point by the shoulder lies on the arm's side of the joint. */
function outside(body: Body, side: 'left' | 'right', point: Vec): boolean {
  const other = body.shoulderAt[side === 'left' ? 'right' : 'left'];
  const own = body.shoulderAt[side];
  return (point[0] - own[0]) * (own[0] - other[0]) + (point[1] - own[1]) * (own[1] - other[1]) > 0;
}

function nearestPart(body: Body, point: Vec): number {
  const { down, aside } = trunkPlace(body, point);
  let best = facePlace(body.face, point).over > -0.5 ? FACE : NECK;
  let least = down < 0 ? 1 : aside / 0.42 + Math.max(0, down - 1) * 4;
  for (const side of ['left', 'right'] as const) {
    const arm = nearChain(body.arms[side], point);
    const leg = nearChain(body.legs[side], point);
    if (arm.ratio - (arm.along > 1.3 ? 0.6 : 0) < least) {
      least = arm.ratio;
      best = armPart(side);
    }
    if (leg.ratio < least && leg.along > 0.2) {
      least = leg.ratio;
      best = LEGS;
    }
  }
  return best;
}
