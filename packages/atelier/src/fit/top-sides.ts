import type { GarmentSide } from '../perceive/garment.ts';
import type { Side } from '../perceive/person.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import type { Pin } from '../warp/mesh.ts';
import type { Arm } from './arm.ts';
import { edgeAt } from './garment-edge.ts';
import type { TopTask } from './top-front.ts';
import type { Vertical } from './top-hem.ts';
import { signOf } from './trunk.ts';

const STEADY = 10;

/** The sides of a top: outside the body, and as much wider as the garment is, within what falls and does not cling. */
export function sidePins(
  { garment, trunk, anchors, scale, grading }: TopTask,
  side: Side,
  vertical: Vertical,
  arms: Readonly<Record<Side, Arm>>,
): Pin[] {
  const source: GarmentSide = garment.landmarks[side];
  const unit = trunk.shoulderWidth;
  const top = source.armpit[1];
  const armpit = trunk.locate(anchors[side].armpit);
  const chest = Math.abs(armpit.across);
  // Right below the armpit the outline often curves in, within the first step of the landmarks.
  const below = [0.25, 0.5, 0.75].map((share) =>
    edgeAt(garment, side, lerp(top, source.edge[0]?.[1] ?? top, share)),
  );
  return [...below, ...source.edge].map((point) => {
    const share = clamp((point[1] - top) / Math.max(1, vertical.hemY - top), 0, 1);
    const down = lerp(armpit.down, vertical.hemDown, share);
    const body = trunk.halfWidth(side, Math.min(down, 1.3));
    const own = Math.abs(point[0] - garment.landmarks.centreX) * scale * grading.girth;
    const room = Math.max(0, grading.girth - 1) * body;
    const least = body * 1.02 + 0.012 * unit + room / 2;
    // Cloth wider than the body falls from the chest rather than clinging, but a flat-lay shows half its girth.
    const most =
      Math.max(least, Math.min(chest * 1.04, body + 0.16 * unit), body + 0.05 * unit) +
      (grading.girth - 1) * body;
    let across = clamp(own, least, most);
    const arm = trunk.armAcross(side, down);
    const hangs = arms[side].oldSleeve.upper < 0.5 && arm > 0.38 * unit && down < 1;
    if (hangs) across = Math.min(across, Math.max(arm, body * 1.02));
    const drop = share * share * vertical.drop(signOf(side) * across);
    return {
      source: point,
      target: trunk.place(down + drop, signOf(side) * across),
      weight: STEADY,
    };
  });
}
