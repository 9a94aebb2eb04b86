import type { Vec } from '../../geometry/vector.ts';
import { components, fillHoles } from '../../pixels/components.ts';
import { createMask, createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { shrinkRim } from '../../pixels/soften.ts';
import type { GlassesForm } from './form.ts';
import { type Box, boxOf } from './shape.ts';

/** Breadth over height between which glasses from the front lie. */
const FLATTEST = 5;
const TALLEST = 1.6;
/** Height of the bridge over the lenses' from which nothing parts them. */
const BRIDGE = 0.62;
/** The smaller lens over the larger one below which the glasses are seen from aside. */
const ALIKE = 0.72;

/** Two like lobes side by side with a bridge between them; null for anything else. */
export function readGlasses(mask: Mask): GlassesForm | null {
  const box = boxOf(mask);
  if (!box) return null;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (width < TALLEST * height || width > FLATTEST * height) return null;
  const filled = fillHoles(mask, mask.data.length);
  const extents = columnExtents(filled, box);
  const bridge = narrowest(extents);
  const left = lobe(filled, box, extents, 0, bridge);
  const right = lobe(filled, box, extents, bridge, width);
  if (!left || !right) return null;
  if (extents[bridge] > BRIDGE * Math.min(left.height, right.height)) return null;
  if (Math.min(left.area, right.area) < ALIKE * Math.max(left.area, right.area)) return null;
  if (left.area + right.area < 0.3 * width * height) return null;
  return {
    what: 'glasses',
    lenses: { left: left.centre, right: right.centre },
    hinges: { left: hinge(filled, box, 'left'), right: hinge(filled, box, 'right') },
  };
}

function columnExtents({ width, data }: Mask, box: Box): number[] {
  return Array.from({ length: box.right - box.left }, (_, k) => {
    let covered = 0;
    for (let y = box.top; y < box.bottom; y++) covered += data[y * width + box.left + k];
    return covered;
  });
}

/** The column of the middle third that covers least; of equals the one nearest the middle. */
function narrowest(extents: readonly number[]): number {
  const middle = extents.length / 2;
  let best = Math.round(middle);
  for (let k = Math.ceil(extents.length / 3); k < (2 * extents.length) / 3; k++) {
    const less = extents[k] - extents[best];
    if (less < 0 || (less === 0 && Math.abs(k - middle) < Math.abs(best - middle))) best = k;
  }
  return best;
}

/** The part of the frame around one lens: columns at least half as tall as the tallest. */
function lobe(
  { width, data }: Mask,
  box: Box,
  extents: readonly number[],
  from: number,
  to: number,
): { readonly centre: Vec; readonly area: number; readonly height: number } | null {
  const height = Math.max(...extents.slice(from, to));
  let [area, sumX, sumY] = [0, 0, 0];
  for (let k = from; k < to; k++) {
    if (extents[k] < 0.5 * height) continue;
    for (let y = box.top; y < box.bottom; y++) {
      if (!data[y * width + box.left + k]) continue;
      area++;
      sumX += box.left + k;
      sumY += y;
    }
  }
  return area > 0 ? { centre: [sumX / area, sumY / area], area, height } : null;
}

function hinge({ width, data }: Mask, box: Box, side: 'left' | 'right'): Vec {
  const x = side === 'left' ? box.left + 1 : box.right - 2;
  let [sum, count] = [0, 0];
  for (let y = box.top; y < box.bottom; y++) {
    if (!data[y * width + x]) continue;
    sum += y;
    count++;
  }
  return [x, count > 0 ? sum / count : (box.top + box.bottom) / 2];
}

/** Colour gradient above which a pixel is no glass, Lab a pixel. */
const GLASS_RELIEF = 8;
/** Smallest even area within the frame that is a lens, in shares of the frame's box. */
const LEAST_LENS = 0.06;

export interface Glass {
  readonly share: Plane;
  /** How many panes there are. */
  readonly panes: number;
}

/** The even areas that the frame encloses: what the wearer's face is seen through. */
export function findGlass(mask: Mask, relief: Plane): Glass {
  const filled = shrinkRim(fillHoles(mask, mask.data.length), 2);
  const even = createMask(mask.width, mask.height);
  for (let i = 0; i < even.data.length; i++) {
    even.data[i] = filled.data[i] && relief.data[i] < GLASS_RELIEF ? 1 : 0;
  }
  const box = boxOf(mask);
  const least = box ? LEAST_LENS * (box.right - box.left) * (box.bottom - box.top) : Infinity;
  const { labels, areas } = components(even);
  const glass = createPlane(mask.width, mask.height);
  for (let i = 0; i < labels.length; i++) glass.data[i] = areas[labels[i]] >= least ? 1 : 0;
  return { share: glass, panes: areas.filter((area) => area >= least).length };
}
