import type { Plane } from '../../pixels/image.ts';
import { facePlace, nearChain, trunkPlace, type Body } from './body.ts';
import type { Vec } from '../../geometry/vector.ts';

/** How well the pose and the silhouette speak of one person, all 0 to 1. */
export interface PoseFit {
  /** Share of the silhouette that some part of the body accounts for. */
  readonly explained: number;
  /** Share of the body's middle lines, as far as in the picture, that lie on the silhouette. */
  readonly covered: number;
  /** Share of the trunk, as far as in the picture, that lies on the silhouette; 1 where the frame shows none of it. */
  readonly trunkSeen: number;
  /** Share of the chest that forearms and hands hide. */
  readonly chestHidden: number;
}

/** Pixels between those that are looked at; the matte is already a reduced one. */
const STRIDE = 3;

export function fitPose(body: Body, matte: Plane): PoseFit {
  const { width, height, data } = matte;
  let person = 0;
  let explained = 0;
  let trunk = 0;
  let trunkSeen = 0;
  let chest = 0;
  let hidden = 0;
  for (let y = 1; y < height; y += STRIDE) {
    for (let x = 1; x < width; x += STRIDE) {
      const point: Vec = [x + 0.5, y + 0.5];
      const { down, aside } = trunkPlace(body, point);
      const inTrunk = down > 0.1 && down < 0.9 && aside < 0.3;
      if (inTrunk) trunk++;
      if (data[y * width + x] < 0.5) continue;
      if (inTrunk) trunkSeen++;
      const forearm = Math.min(
        ...[body.arms.left, body.arms.right].map((arm) => nearChain(arm, point, 1).ratio),
      );
      person++;
      if (accounted(body, point, down, aside)) explained++;
      if (down < 0.08 || down > 0.7 || aside > 0.36) continue;
      chest++;
      if (forearm < 1) hidden++;
    }
  }
  return {
    explained: person ? explained / person : 0,
    covered: coverage(body, matte),
    trunkSeen: trunk ? trunkSeen / trunk : 1,
    chestHidden: chest ? hidden / chest : 0,
  };
}

function accounted(body: Body, point: Vec, down: number, aside: number): boolean {
  if (down > -0.15 && down < 1.15 && aside < 0.75) return true;
  if (facePlace(body.face, point).ratio < 2.3) return true;
  return [body.arms.left, body.arms.right, body.legs.left, body.legs.right].some(
    (limb) => nearChain(limb, point).ratio < 2.2,
  );
}

const STEPS = 12;

function coverage(body: Body, matte: Plane): number {
  let seen = 0;
  let covered = 0;
  for (const limb of [body.arms.left, body.arms.right, body.legs.left, body.legs.right]) {
    for (let step = 0; step <= 2 * STEPS; step++) {
      const k = step < STEPS ? 0 : 1;
      const share = step / STEPS - k;
      const [a, b] = [limb.points[k], limb.points[k + 1]];
      const x = Math.floor(a[0] + (b[0] - a[0]) * share);
      const y = Math.floor(a[1] + (b[1] - a[1]) * share);
      if (x < 0 || y < 0 || x >= matte.width || y >= matte.height) continue;
      seen++;
      if (matte.data[y * matte.width + x] > 0.5) covered++;
    }
  }
  return seen ? covered / seen : 0;
}
