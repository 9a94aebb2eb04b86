import { boxMean, setBoxMean } from './box-filter.ts';
import { boxAround, type Cut, cutPlane, laidBack, scaleCut } from './cut.ts';
import { createPlane, type Plane, threshold } from './image.ts';
import { resizePlane, stretchRows } from './resize.ts';
import { clamp } from './scalar.ts';
import { scratch } from './scratch.ts';
import { inRegion } from './memory.ts';

export interface GuidedFilterOptions {
  /** Window radius in pixels of the guide. */
  readonly radius: number;
  /** Regularisation, in squared units of the guide (0 to 1): smaller follows weaker edges. */
  readonly epsilon: number;
  /** The coefficients are found on a grid this many times coarser (He and Sun, "Fast Guided Filter", 2015). Default 1. */
  readonly subsample?: number;
  /** The guide on that coarser grid, where the caller has it already; it then takes the place of `subsample`. */
  readonly coarse?: Guide;
}

type Guide = readonly [Plane, Plane, Plane];

/**
 * Edge-aware smoothing of shares (0 to 1) led by a colour picture (He, Sun and Tang, "Guided Image Filtering", 2013).
 * Several inputs share the guide's statistics and may be of any size; results are the guide's and clamped to 0..1.
 */
export function guidedFilter(
  guide: Guide,
  inputs: readonly Plane[],
  options: GuidedFilterOptions,
): Plane[] {
  return inRegion(() => filtered(guide, inputs, options));
}

function filtered(guide: Guide, inputs: readonly Plane[], options: GuidedFilterOptions): Plane[] {
  const { width, height } = guide[0];
  const coarse = options.coarse ?? reduceGuide(guide, options.subsample ?? 1);
  const { width: across, height: down } = coarse[0];
  const radius = Math.max(1, Math.round((options.radius * across) / width));
  const inverse = inverseCovariance(coarse, radius, options.epsilon);
  return inputs.map((input) =>
    inRegion(() => {
      const reduced = resizePlane(input, across, down);
      // Two windows away from what holds anything, nothing is what comes out.
      const box = boxAround(threshold(reduced, NOTHING), 2 * radius + 1);
      if (!box) return createPlane(width, height);
      const coefficients = fit(
        cutGuide(coarse, box),
        cutInverse(inverse, box),
        cutPlane(reduced, box),
        radius,
      );
      return apply(
        guide,
        coefficients.map((plane) => laidBack(averaged(plane, radius), box, coarse[0], 0)),
        scaleCut(box, coarse[0], { width, height }),
      );
    }),
  );
}

/** The plane's own memory takes the means over the window. */
function averaged(plane: Plane, radius: number): Plane {
  setBoxMean(plane, radius, plane.data);
  return plane;
}

/** Shares below this are none. */
const NOTHING = 1e-3;

const cutGuide = ([r, g, b]: Guide, cut: Cut): Guide => [
  cutPlane(r, cut),
  cutPlane(g, cut),
  cutPlane(b, cut),
];

function reduceGuide(guide: Guide, factor: number): Guide {
  const { width, height } = guide[0];
  const reduce = (plane: Plane): Plane =>
    resizePlane(
      plane,
      Math.max(1, Math.round(width / factor)),
      Math.max(1, Math.round(height / factor)),
    );
  return [reduce(guide[0]), reduce(guide[1]), reduce(guide[2])];
}

/** The mean of a product over the window. */
function meanProduct(a: Plane, b: Plane, radius: number): Float32Array {
  const products = scratch('product', a.data.length);
  for (let i = 0; i < products.length; i++) products[i] = a.data[i] * b.data[i];
  return boxMean({ ...a, data: products }, radius).data;
}

interface InverseCovariance {
  readonly means: readonly Plane[];
  /** Upper triangle of the inverse: 00 01 02 11 12 22. */
  readonly entries: readonly Plane[];
}

function inverseCovariance(guide: Guide, radius: number, epsilon: number): InverseCovariance {
  const means = guide.map((plane) => boxMean(plane, radius));
  const [r, g, b] = means;
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2],
  ].map(([i, j]) => meanProduct(guide[i], guide[j], radius));
  const size = r.data.length;
  const planes = Array.from({ length: 6 }, () => createPlane(r.width, r.height));
  const entries = planes.map((plane) => plane.data);
  for (let i = 0; i < size; i++) {
    const mr = r.data[i];
    const mg = g.data[i];
    const mb = b.data[i];
    const rr = pairs[0][i] - mr * mr + epsilon;
    const rg = pairs[1][i] - mr * mg;
    const rb = pairs[2][i] - mr * mb;
    const gg = pairs[3][i] - mg * mg + epsilon;
    const gb = pairs[4][i] - mg * mb;
    const bb = pairs[5][i] - mb * mb + epsilon;
    const c00 = gg * bb - gb * gb;
    const c01 = rb * gb - rg * bb;
    const c02 = rg * gb - rb * gg;
    const scale = 1 / (rr * c00 + rg * c01 + rb * c02 || 1e-12);
    entries[0][i] = c00 * scale;
    entries[1][i] = c01 * scale;
    entries[2][i] = c02 * scale;
    entries[3][i] = (rr * bb - rb * rb) * scale;
    entries[4][i] = (rg * rb - rr * gb) * scale;
    entries[5][i] = (rr * gg - rg * rg) * scale;
  }
  return { means, entries: planes };
}

function cutInverse({ means, entries }: InverseCovariance, cut: Cut): InverseCovariance {
  return {
    means: means.map((plane) => cutPlane(plane, cut)),
    entries: entries.map((plane) => cutPlane(plane, cut)),
  };
}

/** Slope in each channel and offset, before they are averaged over the window. */
function fit(guide: Guide, inverse: InverseCovariance, input: Plane, radius: number): Plane[] {
  const { width, height } = input;
  const mean = boxMean(input, radius).data;
  const crossed = guide.map((plane) => meanProduct(input, plane, radius));
  const [mr, mg, mb] = inverse.means.map((plane) => plane.data);
  const [e0, e1, e2, e3, e4, e5] = inverse.entries.map((plane) => plane.data);
  const result = Array.from({ length: 4 }, () => createPlane(width, height));
  const [ar, ag, ab, offset] = result.map((plane) => plane.data);
  for (let i = 0; i < mean.length; i++) {
    const cr = crossed[0][i] - mean[i] * mr[i];
    const cg = crossed[1][i] - mean[i] * mg[i];
    const cb = crossed[2][i] - mean[i] * mb[i];
    ar[i] = e0[i] * cr + e1[i] * cg + e2[i] * cb;
    ag[i] = e1[i] * cr + e3[i] * cg + e4[i] * cb;
    ab[i] = e2[i] * cr + e4[i] * cg + e5[i] * cb;
    offset[i] = mean[i] - ar[i] * mr[i] - ag[i] * mg[i] - ab[i] * mb[i];
  }
  return result;
}

/** Lays the coefficients, stretched to the guide's size row by row, on the guide within a box; 0 elsewhere. */
function apply(guide: Guide, coefficients: readonly Plane[], box: Cut): Plane {
  const [r, g, b] = guide.map((plane) => plane.data);
  const { width, height } = guide[0];
  const result = createPlane(width, height);
  const { data } = result;
  const [ar, ag, ab, offset] = coefficients.map((plane) => stretchRows(plane, width, height, box));
  for (let y = box.top; y < box.top + box.height; y++) {
    const [lineR, lineG, lineB, lineOffset] = [ar(y), ag(y), ab(y), offset(y)];
    const start = y * width + box.left;
    for (let x = 0; x < box.width; x++) {
      const i = start + x;
      data[i] = clamp(lineR[x] * r[i] + lineG[x] * g[i] + lineB[x] * b[i] + lineOffset[x], 0, 1);
    }
  }
  return result;
}
