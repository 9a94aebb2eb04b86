import { boxMean } from '../../pixels/box-filter.ts';
import { components } from '../../pixels/components.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import type { Backdrop } from './backdrop.ts';
import { followToTips } from './gap-tips.ts';
import { DARKEST_SHADOW, isShade, OWN_DARKNESS } from './shadow-test.ts';

/**
 * Places inside what the net takes for the garment that are exactly the backdrop, reach out of it and end at strong
 * edges: the slits between sleeve and body or between legs, too narrow for the net.
 */
export function findGaps(core: Mask, backdrop: Backdrop, relief: Plane): Mask {
  const { width, height } = core;
  const exact = 1.1 + 2 * backdrop.noise;
  const mean = boxMean(backdrop.difference, 1).data;
  const flat = createMask(width, height);
  for (let i = 0; i < flat.data.length; i++) {
    flat.data[i] = mean[i] < exact && core.data[i] ? 1 : 0;
  }
  const { labels, areas } = components(flat);
  const rim = new Float64Array(areas.length);
  const strong = new Float64Array(areas.length);
  const mouth = new Uint8Array(areas.length);
  for (let i = width * 3; i < labels.length - width * 3; i++) {
    const label = labels[i];
    if (label === 0) continue;
    for (const step of [-1, 1, -width, width]) {
      if (labels[i + step] !== 0) continue;
      if (!core.data[i + step]) {
        mouth[label] = 1;
        continue;
      }
      rim[label]++;
      if (Math.max(relief.data[i + step], relief.data[i + 3 * step]) > 1.5) strong[label]++;
    }
  }
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const gap = label > 0 && mouth[label] === 1 && strong[label] > 0.35 * rim[label];
    result.data[i] = gap ? 1 : 0;
  }
  return followToTips(result, core, backdrop.difference, relief, exact);
}

/** Of the core's pixels, the most that slits in shadow may take up. */
const LARGEST_SLIT = 0.12;
/** Share of a slit's edge that may lie open. */
const WIDEST_MOUTH = 0.35;
const NO_EDGE = 2;

/**
 * Slits in shadow: places inside what the net takes for the garment, of a darkness and tint that only the backdrop's
 * shadow has and the rest of the garment does not, from which one gets out onto the backdrop without crossing an edge.
 */
export function findShadedSlits(core: Mask, backdrop: Backdrop, relief: Plane): Mask {
  const { width, height } = core;
  const { darker } = backdrop;
  const shade = createMask(width, height);
  const counts = new Float64Array(DARKEST_SHADOW);
  let inside = 0;
  const binOf = (i: number): number => Math.max(0, Math.floor(darker.data[i]));
  for (let i = 0; i < shade.data.length; i++) {
    if (!core.data[i]) continue;
    inside++;
    if (!isShade(backdrop, i) || darker.data[i] >= DARKEST_SHADOW) continue;
    shade.data[i] = 1;
    counts[binOf(i)]++;
  }
  const { labels, areas } = components(shade);
  const least = 2e-4 * inside;
  const slits = new Map<number, Slit>();
  areas.forEach((area, label) => {
    if (label > 0 && area > least && area < LARGEST_SLIT * inside) {
      slits.set(label, { pixels: [], mouth: [], rim: 0, counts: new Float64Array(DARKEST_SHADOW) });
    }
  });
  for (let i = width; i < labels.length - width; i++) {
    const slit = slits.get(labels[i]);
    if (!slit) continue;
    slit.pixels.push(i);
    slit.counts[binOf(i)]++;
    for (const step of [-1, 1, -width, width]) {
      if (labels[i + step] === labels[i]) continue;
      slit.rim++;
      if (!core.data[i + step]) slit.mouth.push(i + step);
    }
  }
  const result = createMask(width, height);
  for (const slit of slits.values()) {
    const { pixels, mouth, rim } = slit;
    const alien = pixels.filter(
      (i) => counts[binOf(i)] - slit.counts[binOf(i)] < OWN_DARKNESS * inside,
    );
    if (mouth.length === 0 || mouth.length > WIDEST_MOUTH * rim) continue;
    if (alien.length < 0.8 * pixels.length || !leadsOut(mouth, core, backdrop, relief)) continue;
    for (const i of pixels) result.data[i] = 1;
  }
  return result;
}

interface Slit {
  readonly pixels: number[];
  /** Neighbours outside the core. */
  readonly mouth: number[];
  rim: number;
  readonly counts: Float64Array;
}

/** Whether one gets from a slit's mouth onto plain backdrop over shadow without crossing an edge. */
function leadsOut(
  mouth: readonly number[],
  core: Mask,
  backdrop: Backdrop,
  relief: Plane,
): boolean {
  const { width } = core;
  const plain = 1.2 + 2.2 * backdrop.noise;
  const seen = new Set(mouth);
  const queue = [...seen];
  const most = 60 * Math.max(40, seen.size);
  for (let next = 0; next < queue.length && next < most; next++) {
    const i = queue[next];
    if (core.data[i] || !isShade(backdrop, i) || relief.data[i] > NO_EDGE) continue;
    if (backdrop.difference.data[i] < plain) return true;
    for (const step of [-1, 1, -width, width]) {
      const j = i + step;
      if (j < 0 || j >= core.data.length || seen.has(j)) continue;
      seen.add(j);
      queue.push(j);
    }
  }
  return false;
}
