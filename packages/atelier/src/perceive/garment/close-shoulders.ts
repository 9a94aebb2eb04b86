import type { Vec } from '../../geometry/vector.ts';
import { createMask, type Plane } from '../../pixels/image.ts';
import { copyFloats } from '@toile/memory';
import { clamp } from '../../pixels/scalar.ts';
import { growRim } from '../../pixels/soften.ts';
import type { LabPlanes } from '../person/colour-mixture.ts';
import type { TopLandmarks } from '../garment.ts';
import { sides } from '../person.ts';

/** Deeper than this, as a share of the garment's height, a hollow of the shoulder is one. */
const DEEPEST = 0.018;
/** Share of garment from which on a pixel shows nothing else. */
const SOLID = 0.95;
/** Cloth about a hollow is looked at this far, as a share of the garment's height. */
const ABOUT = 0.03;
/** Colours as near as this, Lab units, are those of the backdrop in the hollow. */
const ALIKE = 9;
/** Share of such colours in the cloth about a hollow from which on the hollow may be cloth. */
const LEAST_ALIKE = 0.12;

/**
 * The matte with its shoulders closed: where a stripe or seam of the backdrop's colour ends at the shoulder, its matte has
 * a hollow below the line from neck to shoulder tip. Cloth that is nowhere like the backdrop keeps its hollows.
 */
export function closeShoulders(matte: Plane, landmarks: TopLandmarks, lab: LabPlanes): Plane {
  const { left, right, hem } = landmarks;
  const top = Math.min(left.neckPoint[1], right.neckPoint[1]);
  const height = Math.max(...hem.map(([, y]) => y)) - top;
  const result: Plane = { ...matte, data: copyFloats(matte.data) };
  for (const side of sides) {
    const { neckPoint, shoulderTip } = landmarks[side];
    closeHollows(result, matte, [neckPoint, shoulderTip], height, lab);
  }
  return result;
}

function closeHollows(
  result: Plane,
  matte: Plane,
  [from, to]: readonly [Vec, Vec],
  size: number,
  lab: LabPlanes,
): void {
  const { width, height } = matte;
  const slope = (to[1] - from[1]) / (to[0] - from[0] || 1);
  const last = Math.min(width - 1, Math.floor(Math.max(from[0], to[0])));
  const filled: [at: number, share: number][] = [];
  for (let x = Math.max(0, Math.ceil(Math.min(from[0], to[0]))); x <= last; x++) {
    const line = from[1] + (x - from[0]) * slope;
    const first = Math.max(0, Math.floor(line));
    const end = Math.min(height - 1, Math.ceil(line + DEEPEST * size));
    if (matte.data[end * width + x] < SOLID) continue;
    let lowest = end;
    while (lowest >= first && matte.data[lowest * width + x] >= SOLID) lowest--;
    for (let y = first; y <= lowest; y++) {
      filled.push([y * width + x, clamp(y + 0.5 - line, 0, 1)]);
    }
  }
  const open = filled.map(([at]) => at).filter((at) => matte.data[at] < 0.5);
  if (open.length === 0 || !isLikeBackdrop(open, matte, lab, ABOUT * size)) return;
  for (const [at, share] of filled) result.data[at] = Math.max(result.data[at], share);
}

/** Whether some of the cloth about the hollow has the colour that the hollow shows. */
function isLikeBackdrop(
  hollow: readonly number[],
  matte: Plane,
  lab: LabPlanes,
  reach: number,
): boolean {
  const lost = createMask(matte.width, matte.height);
  for (const at of hollow) lost.data[at] = 1;
  const about = growRim(lost, reach);
  const [l, a, b] = lab.map(
    (plane) => hollow.reduce((sum, at) => sum + plane.data[at], 0) / hollow.length,
  );
  let cloth = 0;
  let alike = 0;
  for (let i = 0; i < about.data.length; i++) {
    if (!about.data[i] || matte.data[i] < SOLID) continue;
    cloth++;
    const off = Math.hypot(lab[0].data[i] - l, lab[1].data[i] - a, lab[2].data[i] - b);
    if (off < ALIKE) alike++;
  }
  return alike > LEAST_ALIKE * cloth;
}
