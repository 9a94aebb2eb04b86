import type { TopReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp } from '../pixels/scalar.ts';
import { hemHeight } from './garment-edge.ts';
import type { Grading } from './garment-size.ts';
import type { ShoulderAnchors } from './top-anchors.ts';
import type { Trunk } from './trunk.ts';

/** The heights of the new garment on the body. */
export interface Vertical {
  readonly neckY: number;
  readonly hemY: number;
  readonly neckDown: number;
  readonly hemDown: number;
  readonly oldHemDown: number;
  readonly stretch: number;
  /** Height on the body of a height in the garment's picture. */
  down(y: number): number;
}

/**
 * The new hem hangs where the garment's own length puts it; it is moved a little to cover the old hem when it would
 * end just above it, and long tops are gathered below the hips, where a picture of a hanging garment is foreshortened.
 */
export function chooseHem(
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  anchors: Readonly<Record<Side, ShoulderAnchors>>,
  scale: number,
  grading: Grading,
): Vertical {
  const { left, right } = garment.landmarks;
  const neckY = (left.neckPoint[1] + right.neckPoint[1]) / 2;
  const hemY = hemHeight(garment);
  const neckDown =
    (trunk.locate(anchors.left.neck).down + trunk.locate(anchors.right.neck).down) / 2;
  const natural = ((hemY - neckY) * scale * grading.length) / trunk.length;
  const oldHemDown = oldHem(person, trunk);
  let hemDown = neckDown + natural;
  if (hemDown > 0.98) hemDown = 0.98 + 0.55 * (hemDown - 0.98);
  const cover = oldHemDown + 0.04;
  if (hemDown < cover) hemDown = Math.min(cover, neckDown + natural * 1.2);
  hemDown = clamp(hemDown, neckDown + 0.8 * natural, neckDown + 1.2 * natural);
  const stretch = (hemDown - neckDown) / natural;
  return {
    neckY,
    hemY,
    neckDown,
    hemDown,
    oldHemDown,
    stretch,
    down: (y) => neckDown + ((y - neckY) * (hemDown - neckDown)) / (hemY - neckY),
  };
}

function oldHem(person: PersonReading, trunk: Trunk): number {
  const { width, height } = person.image;
  let lowest = 0;
  for (let k = 12; k < 100; k++) {
    const down = k / 50;
    let covered = 0;
    let seen = 0;
    for (let j = -8; j <= 8; j++) {
      const [x, y] = trunk.place(down, (j / 8) * 0.35 * trunk.shoulderWidth);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      seen++;
      if (person.parts.upperGarment.data[Math.floor(y) * width + Math.floor(x)] > 0.5) covered++;
    }
    if (seen > 0 && covered / seen > 0.25) lowest = down;
  }
  return lowest;
}
