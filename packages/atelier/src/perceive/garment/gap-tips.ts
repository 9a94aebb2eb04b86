import { components } from '../../pixels/components.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';

/** Colour distance of a gap's own pixels, lit less than the open backdrop, over that of plain backdrop. */
const NEARLY = 3;
/** Relief that only an edge of the picture has, and the share of a tip's rim that must lie at one. */
const EDGE = 5;
const ENCLOSED = 0.5;
/** How far from a pixel its edge is looked for. */
const ASIDE = 2;
/** Tips are higher than wide by this factor at least; stripes that end at the sides of a garment lie across it. */
const UPRIGHT = 1.3;

/**
 * Follows gaps to their tips, where they are only a few pixels wide: what touches a gap, is nearly the backdrop and is
 * shut off from the cloth by plain edges. Cloth that itself is nearly like the backdrop has no such edges.
 *
 * @param exact colour distance below which a pixel is exactly the backdrop
 */
export function followToTips(
  gaps: Mask,
  core: Mask,
  difference: Plane,
  relief: Plane,
  exact: number,
): Mask {
  const { width, height } = gaps;
  const grown = grow(gaps, core, difference, NEARLY * exact);
  const { labels, areas } = components(grown);
  const rim = new Float64Array(areas.length);
  const shut = new Float64Array(areas.length);
  const first = ASIDE * width;
  for (let i = first; i < labels.length - first; i++) {
    const label = labels[i];
    if (label === 0) continue;
    for (const step of [-1, 1, -width, width]) {
      const beside = i + step;
      if (labels[beside] !== 0 || gaps.data[beside] || !core.data[beside]) continue;
      rim[label]++;
      if (Math.max(relief.data[beside], relief.data[i + ASIDE * step]) > EDGE) shut[label]++;
    }
  }
  const upright = standUpright(labels, areas.length, width);
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const tip = label > 0 && upright[label] && shut[label] >= ENCLOSED * rim[label];
    result.data[i] = gaps.data[i] || tip ? 1 : 0;
  }
  return result;
}

/** The core's pixels below a colour distance that are reached from the gaps over such pixels. */
function grow(gaps: Mask, core: Mask, difference: Plane, most: number): Mask {
  const { width, height } = gaps;
  const grown = createMask(width, height);
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (gaps.data[i] || grown.data[i] || !core.data[i] || difference.data[i] > most) return;
    grown.data[i] = 1;
    stack.push(i);
  };
  const around = (i: number): void => {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < grown.data.length - width) visit(i + width);
  };
  for (let i = 0; i < grown.data.length; i++) if (gaps.data[i]) around(i);
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) around(i);
  return grown;
}

/** Of each component: whether it is plainly higher than wide. */
function standUpright(labels: Int32Array, count: number, width: number): boolean[] {
  const left = new Int32Array(count).fill(width);
  const right = new Int32Array(count).fill(-1);
  const top = new Int32Array(count).fill(-1);
  const bottom = new Int32Array(count);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label === 0) continue;
    const x = i % width;
    bottom[label] = (i - x) / width;
    if (top[label] < 0) top[label] = bottom[label];
    left[label] = Math.min(left[label], x);
    right[label] = Math.max(right[label], x);
  }
  return Array.from(
    { length: count },
    (_, k) => bottom[k] - top[k] + 1 > UPRIGHT * (right[k] - left[k] + 1),
  );
}
