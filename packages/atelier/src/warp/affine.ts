import type { Vec } from '../geometry/vector.ts';

/** x' = a x + b y + c, y' = d x + e y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const applyAffine = (map: Affine, p: Vec): Vec => [
  map.a * p[0] + map.b * p[1] + map.c,
  map.d * p[0] + map.e * p[1] + map.f,
];

/** The map that turns by `angle` (radians, clockwise on the screen), stretches along the source's x and y, and sends `from` to `to`. */
export function frameMap(
  from: Vec,
  to: Vec,
  angle: number,
  stretchX: number,
  stretchY: number,
): Affine {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const a = cos * stretchX;
  const b = -sin * stretchY;
  const d = sin * stretchX;
  const e = cos * stretchY;
  return {
    a,
    b,
    c: to[0] - a * from[0] - b * from[1],
    d,
    e,
    f: to[1] - d * from[0] - e * from[1],
  };
}

/** The affine map that carries the pins' sources closest to their targets, weighted. */
export function fitAffine(
  pins: readonly { readonly source: Vec; readonly target: Vec; readonly weight: number }[],
): Affine {
  let total = 0;
  const source = [0, 0];
  const target = [0, 0];
  for (const pin of pins) {
    total += pin.weight;
    for (const k of [0, 1] as const) {
      source[k] += pin.source[k] * pin.weight;
      target[k] += pin.target[k] * pin.weight;
    }
  }
  const cx = source[0] / total;
  const cy = source[1] / total;
  const tx = target[0] / total;
  const ty = target[1] / total;
  let xx = 1e-6;
  let xy = 0;
  let yy = 1e-6;
  const cross = [0, 0, 0, 0];
  for (const pin of pins) {
    const x = pin.source[0] - cx;
    const y = pin.source[1] - cy;
    const u = pin.target[0] - tx;
    const v = pin.target[1] - ty;
    xx += pin.weight * x * x;
    xy += pin.weight * x * y;
    yy += pin.weight * y * y;
    cross[0] += pin.weight * x * u;
    cross[1] += pin.weight * y * u;
    cross[2] += pin.weight * x * v;
    cross[3] += pin.weight * y * v;
  }
  const determinant = xx * yy - xy * xy || 1e-9;
  const a = (cross[0] * yy - cross[1] * xy) / determinant;
  const b = (cross[1] * xx - cross[0] * xy) / determinant;
  const d = (cross[2] * yy - cross[3] * xy) / determinant;
  const e = (cross[3] * xx - cross[2] * xy) / determinant;
  return { a, b, c: tx - a * cx - b * cy, d, e, f: ty - d * cx - e * cy };
}

/** How unequally the rest map of cloth may stretch: what the figure asks beyond it is taken up at the sides. */
const MOST_ANISOTROPY = 1.06;

/**
 * The map nearest to `map` whose two stretches differ by no more than a little, about the same middle. Cloth does not
 * stretch one way only: where a body is narrower, it goes round the sides.
 */
export function nearSimilarity(
  map: Affine,
  pins: readonly { readonly source: Vec; readonly target: Vec; readonly weight: number }[],
): Affine {
  // A 2x2 matrix is the sum of a similarity and a mirrored one; the sizes of the two give its singular values.
  const kept = [(map.a + map.e) / 2, (map.d - map.b) / 2];
  const mirrored = [(map.a - map.e) / 2, (map.d + map.b) / 2];
  const size = Math.hypot(kept[0], kept[1]);
  const most = (size * (MOST_ANISOTROPY - 1)) / (MOST_ANISOTROPY + 1);
  const factor = Math.min(1, most / (Math.hypot(mirrored[0], mirrored[1]) || 1));
  const [m, n] = [mirrored[0] * factor, mirrored[1] * factor];
  const linear = { a: kept[0] + m, b: n - kept[1], d: kept[1] + n, e: kept[0] - m };
  let total = 0;
  let c = 0;
  let f = 0;
  for (const { source, target, weight } of pins) {
    total += weight;
    c += weight * (target[0] - linear.a * source[0] - linear.b * source[1]);
    f += weight * (target[1] - linear.d * source[0] - linear.e * source[1]);
  }
  return { ...linear, c: c / total, f: f / total };
}
