import { add, distance, mix, type Vec } from '../geometry/vector.ts';
import type { TopReading, GarmentSide } from '../perceive/garment.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import type { Arm } from './arm.ts';
import { alongShoulder } from './shoulders.ts';
import { chooseScale, placeAnchors, type ShoulderAnchors } from './top-anchors.ts';
import { chooseHem, type Vertical } from './top-hem.ts';
import { signOf, type Trunk } from './trunk.ts';

/** Where a top's body goes on this person. */
export interface TopFit {
  /** Person pixels a garment pixel, before local stretch. */
  readonly scale: number;
  readonly pins: readonly Pin[];
  readonly anchors: Readonly<Record<Side, ShoulderAnchors>>;
  /** Height of the new hem in trunk coordinates. */
  readonly hemDown: number;
  /** Height of the old upper garment's hem in trunk coordinates, 0 when there is none. */
  readonly oldHemDown: number;
}

/** Pull of a pin against a cloth stiffness of 1. */
const FIRM = 30;
const STEADY = 8;
const LOOSE = 2;

export function fitTop(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  arms: Readonly<Record<Side, Arm>>,
): TopFit {
  const scale = chooseScale(person, garment, trunk);
  const anchors = {
    left: placeAnchors(person, garment, trunk, 'left', scale),
    right: placeAnchors(person, garment, trunk, 'right', scale),
  };
  const vertical = chooseHem(person, garment, trunk, anchors, scale);
  const pins: Pin[] = [];
  for (const side of sides) {
    pins.push(...shoulderPins(person, garment, trunk, side, anchors[side]));
    pins.push(...sidePins(garment, trunk, side, anchors[side], vertical, scale, arms));
  }
  pins.push(...centrePins(garment, trunk, anchors, vertical, scale));
  return { scale, pins, anchors, hemDown: vertical.hemDown, oldHemDown: vertical.oldHemDown };
}

function shoulderPins(
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
  if (distance(anchors.neck, anchors.tip) > 0.15 * trunk.shoulderWidth) {
    for (const share of [0.33, 0.67]) {
      pins.push({
        source: topEdge(garment, mix(source.neckPoint, source.shoulderTip, share)),
        target: add(
          alongShoulder(person, trunk, anchors.neck, anchors.tip, share),
          trunk.downward,
          -0.015 * trunk.shoulderWidth,
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

function sidePins(
  garment: TopReading,
  trunk: Trunk,
  side: Side,
  anchors: ShoulderAnchors,
  vertical: Vertical,
  scale: number,
  arms: Readonly<Record<Side, Arm>>,
): Pin[] {
  const source: GarmentSide = garment.landmarks[side];
  const unit = trunk.shoulderWidth;
  const top = source.armpit[1];
  const armpit = trunk.locate(anchors.armpit);
  const chest = Math.abs(armpit.across);
  return source.edge.map((point) => {
    const share = clamp((point[1] - top) / Math.max(1, vertical.hemY - top), 0, 1);
    const down = lerp(armpit.down, vertical.hemDown, share);
    const body = trunk.halfWidth(side, Math.min(down, 1.3));
    const own = Math.abs(point[0] - garment.landmarks.centreX) * scale;
    const least = body * 1.02 + 0.012 * unit;
    // Cloth wider than the body falls from the chest rather than clinging, but a flat-lay shows half its girth.
    const most = Math.max(least, Math.min(chest * 1.04, body + 0.16 * unit), body + 0.05 * unit);
    let across = clamp(own, least, most);
    const arm = trunk.armAcross(side, down);
    const hangs = arms[side].oldSleeve.upper < 0.5 && arm > 0.38 * unit && down < 1;
    if (hangs) across = Math.min(across, Math.max(arm, body * 1.02));
    return {
      source: point,
      target: trunk.place(down, signOf(side) * across),
      weight: STEADY,
    };
  });
}

/** The middle line, the neckline and the hem: prints bend with the body along these. */
function centrePins(
  garment: TopReading,
  trunk: Trunk,
  anchors: Readonly<Record<Side, ShoulderAnchors>>,
  vertical: Vertical,
  scale: number,
): Pin[] {
  const { landmarks } = garment;
  const { curve, depth } = landmarks.neckline;
  const neckBottom = vertical.neckY + depth;
  const pins: Pin[] = [];
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    const y = lerp(neckBottom, vertical.hemY, share);
    pins.push({
      source: [landmarks.centreX, y],
      target: trunk.place(vertical.down(y), 0),
      weight: STEADY,
    });
  }
  const width = distance(landmarks.left.neckPoint, landmarks.right.neckPoint) || 1;
  const reach = Math.sqrt(Math.max(0.8, vertical.stretch));
  for (const point of curve) {
    const share = (point[0] - landmarks.left.neckPoint[0]) / width;
    if (share < 0.08 || share > 0.92) continue;
    const chord = mix(landmarks.left.neckPoint, landmarks.right.neckPoint, share);
    pins.push({
      source: point,
      target: add(
        mix(anchors.left.neck, anchors.right.neck, share),
        trunk.downward,
        (point[1] - chord[1]) * scale * reach,
      ),
      weight: LOOSE,
    });
  }
  pins.push(...hemPins(garment, trunk, vertical, scale));
  return pins;
}

function hemPins(garment: TopReading, trunk: Trunk, vertical: Vertical, scale: number): Pin[] {
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
      return {
        source: point,
        target: trunk.place(down, ((point[0] - centreX) / half) * widest),
        weight: LOOSE / 2,
      };
    });
}
