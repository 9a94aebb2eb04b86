import type { Vec } from '../../geometry/vector.ts';
import type { Mask } from '../../pixels/image.ts';

/** How a garment lies: turned by `angle` from upright, symmetric (more or less) about a line through `centre`. */
export interface Upright {
  /** Radians, clockwise on the screen. */
  readonly angle: number;
  readonly centre: Vec;
  /** Overlap of the garment with its mirror image, 0..1. */
  readonly symmetry: number;
  /** Turns a point of the picture upright; the axis of symmetry becomes x = 0, `centre` the origin. */
  toUpright(point: Vec): Vec;
  toPicture(point: Vec): Vec;
}

/** Cells of the longer side while the angle is sought, and once only the axis is. */
const COARSE = 80;
const FINE = 360;
const WIDEST = 18;
/** Overlap that a degree of tilt must gain, so that asymmetric garments are not turned. */
const PRICE = 0.0025;

/** Finds the axis about which the garment mirrors best, within 18 degrees of vertical. */
export function findUpright(mask: Mask): Upright {
  const rough = sampleMask(mask, COARSE);
  const middle: Vec = [
    rough.points.reduce((sum, [x]) => sum + x, 0) / Math.max(1, rough.points.length),
    rough.points.reduce((sum, [, y]) => sum + y, 0) / Math.max(1, rough.points.length),
  ];
  let best = { value: -1, degrees: 0, shift: 0 };
  const attempt = (degrees: number): void => {
    const { overlap, shift } = mirrorOverlap(rough, middle, radians(degrees), 0);
    const value = overlap - PRICE * Math.abs(degrees);
    if (value > best.value) best = { value, degrees, shift };
  };
  for (let degrees = -WIDEST; degrees <= WIDEST; degrees += 2) attempt(degrees);
  const coarse = best.degrees;
  for (let fine = -1.5; fine <= 1.5; fine += 0.5) attempt(coarse + fine);
  const angle = radians(best.degrees);
  const { overlap, shift } = mirrorOverlap(sampleMask(mask, FINE), middle, angle, best.shift);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centre: Vec = [middle[0] + shift * cos, middle[1] + shift * sin];
  return {
    angle,
    centre,
    symmetry: overlap,
    toUpright: ([x, y]) => {
      const dx = x - centre[0];
      const dy = y - centre[1];
      return [dx * cos + dy * sin, -dx * sin + dy * cos];
    },
    toPicture: ([u, v]) => [centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos],
  };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

interface Sampled {
  readonly points: readonly Vec[];
  /** Distance of neighbouring samples, pixels. */
  readonly step: number;
  readonly cells: number;
}

function sampleMask(mask: Mask, cells: number): Sampled {
  const step = Math.max(1, Math.ceil(Math.max(mask.width, mask.height) / cells));
  const points: Vec[] = [];
  for (let y = 0; y < mask.height; y += step) {
    for (let x = 0; x < mask.width; x += step) {
      if (mask.data[y * mask.width + x]) points.push([x, y]);
    }
  }
  return { points, step, cells };
}

/** Half-cells that an axis may lie from where it is expected. */
const SHIFTS = 12;

/** Share of the samples that fall on others when mirrored about the best axis near `expected` (pixels off the middle). */
function mirrorOverlap(
  { points, step, cells }: Sampled,
  middle: Vec,
  angle: number,
  expected: number,
): { readonly overlap: number; readonly shift: number } {
  const cos = Math.cos(angle) / step;
  const sin = Math.sin(angle) / step;
  const side = 4 * cells;
  const filled = new Uint8Array(side * side);
  const across = new Float64Array(points.length);
  const rows = new Int32Array(points.length);
  for (let k = 0; k < points.length; k++) {
    const dx = points[k][0] - middle[0];
    const dy = points[k][1] - middle[1];
    across[k] = dx * cos + dy * sin;
    rows[k] = Math.floor(-dx * sin + dy * cos + side / 2) * side;
    filled[rows[k] + Math.floor(across[k] + side / 2)] = 1;
  }
  let best = { overlap: 0, shift: expected };
  const start = Math.round((2 * expected) / step);
  for (let shift = start - SHIFTS; shift <= start + SHIFTS; shift++) {
    let both = 0;
    for (let k = 0; k < rows.length; k++) {
      both += filled[rows[k] + Math.floor(shift - across[k] + side / 2)];
    }
    const overlap = both / Math.max(1, rows.length);
    if (overlap > best.overlap) best = { overlap, shift: (shift / 2) * step };
  }
  return best;
}
