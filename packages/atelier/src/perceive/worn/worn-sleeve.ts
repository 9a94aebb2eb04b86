import { add, distance, dot, mix, normalize, subtract, type Vec } from '../../geometry/vector.ts';
import { clamp, lerp } from '../../pixels/scalar.ts';
import { pathLength, resample } from '../garment/contour.ts';
import type { GarmentSide, Sleeve, SleeveClass } from '../garment.ts';
import { sleeveMask } from '../garment/sleeve-mask.ts';
import type { Side } from '../person.ts';
import { keepLarge } from '../../pixels/components.ts';
import { dilate, erode } from '../../pixels/distance.ts';
import type { Mask } from '../../pixels/image.ts';
import { isCloth, signOf, type WornView } from './profiles.ts';
import { alongArm, armHalfWidth, type WornArm } from './worn-arms.ts';

const STATIONS = 9;
/** Sleeve ends over the upper arm's length from which a sleeve has its name. */
const SHORT_FROM = 0.45;
const LONG_FROM = 1.2;

/** From the arm's middle line across to the sleeve's outer edge. */
export function outerReach(view: WornView, arm: WornArm, run: number): number {
  const { point, outward } = alongArm(arm, run);
  const usual = armHalfWidth(arm, run, view.frame.unit);
  let reach = 0;
  for (let r = 0; r < 2.2 * usual; r++) {
    const [x, y] = add(point, outward, r);
    if (isCloth(view, x, y)) reach = r;
    else if (r - reach > 3) break;
  }
  return reach;
}

/** The outer end of the shoulder seam of a sleeved garment: from the joint up and outwards to the cloth's edge. */
export function seamEnd(view: WornView, arm: WornArm): Vec {
  const { unit } = view.frame;
  const direction: Vec = [0.62 * signOf(arm.side), -0.78];
  let run = 0.04 * unit;
  for (; run < 0.3 * unit; run++) {
    const [x, y] = add(arm.joints[0], direction, run);
    if (!isCloth(view, x, y)) break;
  }
  return add(arm.joints[0], direction, clamp(run, 0.07 * unit, 0.2 * unit));
}

/** Whether a sleeve begins below a bare shoulder, so that the neckline runs on over it. */
export function barelyBegins(view: WornView, arm: WornArm): boolean {
  if (arm.sleeveEnd <= 0) return false;
  const { unit } = view.frame;
  return [0, 0.04, 0.08].every((up) => {
    const [x, y] = add(arm.joints[0], [0.62 * signOf(arm.side), -0.78], up * unit);
    return !isCloth(view, x, y);
  });
}

/** Reads a sleeve along the wearer's arm, from the armhole to where the cloth ends. */
export function readSleeve(
  view: WornView,
  arm: WornArm,
  tip: Vec,
  armpit: Vec,
  bodyEdge: (y: number) => number,
): Sleeve {
  const base = mix(tip, armpit, 0.5);
  const along = normalize(subtract(arm.joints[1], arm.joints[0]));
  const start = clamp(
    dot(subtract(base, arm.joints[0]), along),
    0.1 * arm.upper,
    0.7 * arm.sleeveEnd,
  );
  const stations = Array.from({ length: STATIONS }, (_, k) => {
    const run = lerp(start, arm.sleeveEnd, k / (STATIONS - 1));
    // At the very end the weave is open to the air; its width is read a little before it.
    const measured = Math.min(run, lerp(start, arm.sleeveEnd, 0.93));
    const { point, outward } = alongArm(arm, run);
    const out = outerReach(view, arm, measured);
    const inner = innerReach(view, arm, measured, bodyEdge);
    const into = inner > 0.4 * out ? Math.min(inner, 1.25 * out) : out;
    return { at: add(point, outward, (out - into) / 2), half: Math.max(1, (out + into) / 2) };
  });
  const path = [base, ...stations.slice(1).map(({ at }) => at)];
  const axis = resample(path, STATIONS);
  return {
    base,
    axis,
    halfWidths: stations.map(({ half }, k) =>
      k === 0 ? Math.max(half, distance(tip, armpit) / 2) : half,
    ),
    length: pathLength(axis),
    class: classOf(arm),
  };
}

function innerReach(
  view: WornView,
  arm: WornArm,
  run: number,
  bodyEdge: (y: number) => number,
): number {
  const { point, outward } = alongArm(arm, run);
  const { centreX } = view.frame;
  const usual = armHalfWidth(arm, run, view.frame.unit);
  let reach = 0;
  for (let r = 0; r < 2.2 * usual; r++) {
    const [x, y] = add(point, outward, -r);
    if (signOf(arm.side) * (x - centreX) < bodyEdge(y)) break;
    if (isCloth(view, x, y)) reach = r;
    else if (r - reach > 3) break;
  }
  return reach;
}

function classOf({ sleeveEnd, upper }: WornArm): SleeveClass {
  const share = sleeveEnd / (upper || 1);
  if (share < SHORT_FROM) return 'cap';
  return share < LONG_FROM ? 'short' : 'long';
}

/** How far past the end of its middle line a slanting cuff reaches, in half-widths of the sleeve. */
const SLANT = 0.55;

/** What hangs from a cuff and is narrower than twice this, in half-widths of the sleeve, is the body's edge beside it. */
const TAIL = 0.2;

/**
 * The pixels of a sleeve: beyond the line from shoulder tip to armpit, and no farther down than its cuff, so that cloth of
 * the body that stands out beside the line is not taken along.
 */
export function wornSleeveMask(garment: Mask, part: GarmentSide, side: Side): Mask {
  const mask = sleeveMask(garment, part, side);
  if (!part.sleeve) return mask;
  const { axis, halfWidths } = part.sleeve;
  const end = axis[axis.length - 1];
  const direction = normalize(subtract(end, axis[axis.length - 3]));
  const half = halfWidths[halfWidths.length - 1];
  const broad = dilate(erode(mask, TAIL * half), TAIL * half);
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] === 0) continue;
    const point: Vec = [i % mask.width, Math.floor(i / mask.width)];
    const beyond = dot(subtract(point, end), direction);
    if (beyond > SLANT * half || (beyond > 0 && broad.data[i] === 0)) mask.data[i] = 0;
  }
  return keepLarge(mask, 0.2);
}
