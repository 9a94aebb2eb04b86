import { boxMean } from '../../pixels/box-filter.ts';
import { components, keepLarge } from '../../pixels/components.ts';
import { createMask, type Mask, maskToPlane, type Plane } from '../../pixels/image.ts';
import { quantile } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import type { Backdrop } from './backdrop.ts';
import type { ShadowTest } from './shadow-test.ts';

/** Share of the cloth that may be nearer to the backdrop's colour than all of its patterns are. */
const STRAY = 0.02;
/** Nearer than these shares of that colour distance nothing is cloth, not even mixed at an edge. */
const NO_STRIPE = 0.5;
const SURELY_BARE = 0.25;

/**
 * Repairs a hard mask: closes narrow stripes and pinholes but not `slits`, takes off specks, spurs and threads.
 *
 * @param core what is surely cloth
 */
export function tidyMask(
  raw: Mask,
  core: Mask,
  saliency: Plane,
  slits: Mask,
  backdrop: Backdrop,
  shadows: ShadowTest,
): Mask {
  const apart = distanceApart(core, backdrop);
  const closed = closeStripes(raw, NO_STRIPE * apart, slits, backdrop, shadows);
  return smoothed(tidy(closed, saliency, slits), SURELY_BARE * apart, backdrop);
}

/** Colour distance from the backdrop that nearly all of the cloth keeps. */
function distanceApart(core: Mask, { difference }: Backdrop): number {
  const inside: number[] = [];
  for (let i = 0; i < core.data.length; i += 7) {
    if (core.data[i]) inside.push(difference.data[i]);
  }
  return inside.length === 0 ? 0 : quantile(inside, STRAY);
}

/** Stripes of nearly the backdrop's colour that open to the garment's side were taken for backdrop: closes narrow ones. */
function closeStripes(
  raw: Mask,
  faintest: number,
  slits: Mask,
  backdrop: Backdrop,
  shadows: ShadowTest,
): Mask {
  const { width, height } = raw;
  const radius = Math.max(2, Math.max(width, height) / 120);
  const least = Math.max(1.6 + 2 * backdrop.noise, faintest);
  const closed = shrinkRim(growRim(raw, radius), radius);
  const repeated = repeatedNotches(raw, closed, slits, radius);
  const mean = boxMean(backdrop.difference, 1).data;
  const result = createMask(width, height);
  for (let i = 0; i < result.data.length; i++) {
    const stripe =
      closed.data[i] === 1 &&
      slits.data[i] === 0 &&
      mean[i] > least &&
      backdrop.difference.data[i] > least &&
      !shadows.strange(i);
    result.data[i] = raw.data[i] === 1 || stripe || repeated.data[i] === 1 ? 1 : 0;
  }
  return result;
}

/** Slits between sleeves, body and legs are three at most. */
const MOST_SLITS = 3;

/** Narrow notches of which there are many alike are stripes of the very colour of the backdrop. */
function repeatedNotches(raw: Mask, closed: Mask, slits: Mask, radius: number): Mask {
  const { width, height } = raw;
  const notches = createMask(width, height);
  for (let i = 0; i < notches.data.length; i++) {
    notches.data[i] = closed.data[i] && !raw.data[i] && !slits.data[i] ? 1 : 0;
  }
  const { labels, areas } = components(notches);
  const result = createMask(width, height);
  if (areas.filter((area) => area > radius * radius).length <= MOST_SLITS + 1) return result;
  const lying = liesAcross(labels, areas.length, width);
  const count = (across: number): number =>
    areas.filter((area, k) => area > radius * radius && lying[k] === across).length;
  const way = count(1) >= count(-1) ? 1 : -1;
  if (count(way) <= MOST_SLITS + 1) return result;
  const doors = doorsOfSlits(labels, areas.length, closed);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    result.data[i] = label > 0 && lying[label] === way && !doors[label] ? 1 : 0;
  }
  return result;
}

/** Of each component: 1 when it is plainly wider than high, -1 when higher than wide, else 0. */
function liesAcross(labels: Int32Array, count: number, width: number): Int8Array {
  const low = new Int32Array(2 * count).fill(2 ** 30);
  const high = new Int32Array(2 * count).fill(-1);
  labels.forEach((label, i) => {
    if (label === 0) return;
    [i % width, Math.floor(i / width)].forEach((at, axis) => {
      low[2 * label + axis] = Math.min(low[2 * label + axis], at);
      high[2 * label + axis] = Math.max(high[2 * label + axis], at);
    });
  });
  return Int8Array.from({ length: count }, (_, k) => {
    const across = high[2 * k] - low[2 * k] + 1;
    const down = high[2 * k + 1] - low[2 * k + 1] + 1;
    return across > 1.3 * down ? 1 : down > 1.3 * across ? -1 : 0;
  });
}

/**
 * Which notches are the way from a slit onto the backdrop, so that filling them would close it for good. Slits open
 * downwards: of several ways between the same two places only the lowest is one.
 */
function doorsOfSlits(notches: Int32Array, count: number, closed: Mask): Uint8Array {
  const { width, height } = closed;
  const open = createMask(width, height);
  for (let i = 0; i < open.data.length; i++) open.data[i] = closed.data[i] ? 0 : 1;
  const { labels } = components(open);
  const first = new Int32Array(count);
  const lowest = new Map<string, number>();
  for (let i = width; i < labels.length - width; i++) {
    const notch = notches[i];
    if (notch === 0) continue;
    for (const step of [-1, 1, -width, width]) {
      const place = labels[i + step];
      if (place === 0) continue;
      if (first[notch] === 0) first[notch] = place;
      else if (first[notch] !== place) {
        const [a, b] = [first[notch], place].toSorted((p, q) => p - q);
        lowest.set(`${a} ${b}`, notch);
      }
    }
  }
  const doors = new Uint8Array(count);
  for (const notch of lowest.values()) doors[notch] = 1;
  return doors;
}

/** Colour distance from which a pixel keeps its place whatever its neighbours are. */
const UNMISTAKABLE = 25;

/** Takes off ragged spurs of a few pixels: each pixel joins the majority around it unless its colour is beyond doubt. */
function smoothed(mask: Mask, bare: number, { difference }: Backdrop): Mask {
  const radius = Math.max(1, Math.round(Math.max(mask.width, mask.height) / 700));
  const around = boxMean(boxMean(maskToPlane(mask), radius), radius).data;
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < around.length; i++) {
    const sure = mask.data[i] ? difference.data[i] > UNMISTAKABLE : difference.data[i] < bare;
    result.data[i] = (sure ? mask.data[i] === 1 : around[i] > 0.5) ? 1 : 0;
  }
  return result;
}

/** Drops specks, closes pinholes that the net sees as garment, and takes off threads thinner than a strap. */
function tidy(raw: Mask, saliency: Plane, slits: Mask): Mask {
  const { width, height } = raw;
  const solid = fillUnlessOpen(keepLarge(raw, 0.04), saliency, slits);
  const radius = Math.max(1, Math.max(width, height) / 500);
  const opened = keepLarge(shrinkRim(solid, radius), 0.02);
  const regrown = growRim(opened, radius + 2);
  const result = createMask(width, height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = solid.data[i] && regrown.data[i] ? 1 : 0;
  }
  return keepLarge(result, 0.04);
}

function fillUnlessOpen(mask: Mask, saliency: Plane, slits: Mask): Mask {
  const { width, height } = mask;
  const holes = createMask(width, height);
  for (let i = 0; i < holes.data.length; i++) holes.data[i] = mask.data[i] ? 0 : 1;
  const { labels, areas } = components(holes);
  const sums = new Float64Array(areas.length);
  let seen = 0;
  let inside = 0;
  for (let i = 0; i < labels.length; i++) {
    sums[labels[i]] += slits.data[i] ? -1 : saliency.data[i];
    if (labels[i] > 0) continue;
    seen += saliency.data[i];
    inside++;
  }
  // A hole that the net sees as much of as of the garment around it is a print or a label.
  const level = Math.min(0.8, (0.85 * seen) / Math.max(1, inside));
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const small = areas[label] < width * height * 2e-4;
    const cloth = sums[label] / areas[label] > level && areas[label] < width * height * 0.05;
    result.data[i] = label === 0 || small || cloth ? 1 : 0;
  }
  return result;
}
