import { add, distance, mix, type Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import { alongShoulder } from './shoulders.ts';
import type { ShoulderAnchors } from './top-anchors.ts';
import type { Trunk } from './trunk.ts';

/** Pull of a pin against a cloth stiffness of 1. */
const FIRM = 40;
const STEADY = 16;

/** Neck point, shoulder and armpit of one side. */
export function shoulderPins(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  side: Side,
  anchors: ShoulderAnchors,
): Pin[] {
  const source = garment.landmarks[side];
  const pins: Pin[] = [
    { source: source.neckPoint, target: anchors.neck, weight: FIRM },
    { source: source.shoulderTip, target: anchors.tip, weight: FIRM },
    { source: source.armpit, target: anchors.armpit, weight: FIRM },
  ];
  const length = distance(anchors.neck, anchors.tip) / trunk.shoulderWidth;
  if (length > 0.06) {
    for (const share of length > 0.15 ? [0.25, 0.5, 0.75] : [0.5]) {
      pins.push({
        source: topEdge(garment, mix(source.neckPoint, source.shoulderTip, share)),
        target: add(
          alongShoulder(person, trunk, anchors.neck, anchors.tip, share),
          trunk.downward,
          -0.02 * trunk.shoulderWidth,
        ),
        weight: STEADY,
      });
    }
  }
  return pins;
}

/** The highest cloth above or below a point of the shoulder line. */
function topEdge(garment: TopReading, point: Vec): Vec {
  const { width, height, data } = garment.matte;
  const x = clamp(Math.round(point[0]), 0, width - 1);
  for (let y = 0; y < height; y++) if (data[y * width + x] > 0.5) return [x, y];
  return point;
}
