import { add, distance, mix, type Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { Side } from '../perceive/person.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import type { Grading } from './garment-size.ts';
import type { ShoulderAnchors } from './top-anchors.ts';
import type { Vertical } from './top-hem.ts';
import type { Trunk } from './trunk.ts';

/** What every part of a top is fitted from. */
export interface TopTask {
  readonly garment: TopReading;
  readonly trunk: Trunk;
  readonly anchors: Readonly<Record<Side, ShoulderAnchors>>;
  readonly scale: number;
  readonly grading: Grading;
}

/** Pull of a pin against a cloth stiffness of 1. */
const STEADY = 8;
const LOOSE = 2;

/** The middle line: prints bend with the body along it. */
export function middlePins(
  { garment }: TopTask,
  vertical: Vertical,
  middle: (down: number) => Vec,
): Pin[] {
  const { landmarks } = garment;
  const neckBottom = vertical.neckY + landmarks.neckline.depth;
  return [0.1, 0.25, 0.4, 0.55, 0.7, 0.85].map((share) => {
    const y = lerp(neckBottom, vertical.hemY, share);
    return {
      source: [landmarks.centreX, y],
      target: middle(vertical.down(y)),
      weight: STEADY,
    };
  });
}

/** The front edge of the neck opening keeps its own shape, hung between the two neck points. */
export function necklinePins(
  { garment, trunk, anchors, scale }: TopTask,
  vertical: Vertical,
): Pin[] {
  const { landmarks } = garment;
  const width = distance(landmarks.left.neckPoint, landmarks.right.neckPoint) || 1;
  const reach = Math.sqrt(Math.max(0.8, vertical.stretch));
  const pins: Pin[] = [];
  for (const point of landmarks.neckline.curve) {
    const share = (point[0] - landmarks.left.neckPoint[0]) / width;
    if (share < 0.08 || share > 0.92) continue;
    const chord = mix(landmarks.left.neckPoint, landmarks.right.neckPoint, share);
    // The opening goes round the neck: its front comes aside as the trunk turns.
    const aside = 3 * share * (1 - share) * trunk.frontAcross(0);
    const hung = add(
      mix(anchors.left.neck, anchors.right.neck, share),
      trunk.downward,
      (point[1] - chord[1]) * scale * reach,
    );
    pins.push({ source: point, target: add(hung, trunk.rightward, aside), weight: LOOSE });
  }
  return pins;
}

/** The hem of a top lies across the body, as wide as its corners are let. */
export function hemPins({ garment, trunk, scale }: TopTask, vertical: Vertical): Pin[] {
  const { hem, centreX } = garment.landmarks;
  const half = Math.max(...hem.map((point) => Math.abs(point[0] - centreX)), 1);
  const unit = trunk.shoulderWidth;
  return hem
    .filter((_, k) => k > 0 && k + 1 < hem.length)
    .map((point) => {
      const down = vertical.down(point[1]);
      const side: Side = point[0] < centreX ? 'left' : 'right';
      const body = trunk.halfWidth(side, Math.min(down, 1.3));
      const widest = clamp(half * scale, body * 1.02, body + 0.16 * unit);
      const across = ((point[0] - centreX) / half) * widest;
      return {
        source: point,
        target: trunk.place(down + vertical.drop(across), across),
        weight: LOOSE / 2,
      };
    });
}
