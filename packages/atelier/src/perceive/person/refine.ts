import { guidedFilter } from '../../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { copyFloats } from '@toile/memory';
import { resizePlane } from '../../pixels/resize.ts';
import type { LabPlanes } from './colour-mixture.ts';
import { labelCount } from './labels.ts';
import { likelihood, normalizeShares, type Parse } from './parse-person.ts';
import type { Views } from './views.ts';

/** A pixel whose best label holds less than this share is decided again by its own colour. */
const CERTAIN = 0.97;
/** Weaker than in the parse: the coarse shares have already counted colour once. */
const COLOUR_TRUST = 0.45;

/** Brings the coarse shares to the picture's size and lays their borders on its edges, to the pixel. */
export function refineShares({ full, half }: Views, matte: Plane, parse: Parse): Plane[] {
  const { width, height } = half.image;
  const shares = parse.shares.map((plane) => {
    const grown = resizePlane(plane, width, height);
    // A plane that is large enough already is still the parse's own.
    return grown === plane ? { ...plane, data: copyFloats(plane.data) } : grown;
  });
  const halfMatte = resizePlane(matte, width, height);
  for (let i = 0; i < halfMatte.data.length; i++) decide(shares, half.lab, halfMatte, parse, i);
  // Labels that nothing holds need no smoothing.
  const present = shares.map((plane) => plane.data.some((share) => share > 0.3));
  const weighted = shares.filter((_, k) => present[k]);
  for (const { data } of weighted) {
    for (let i = 0; i < data.length; i++) data[i] *= halfMatte.data[i] + 0.002;
  }
  const radius = Math.max(2, Math.round(Math.max(matte.width, matte.height) / 256));
  const smooth = guidedFilter(full.guide, weighted, {
    radius,
    epsilon: 1.5e-4,
    coarse: half.guide,
  });
  normalizeShares(smooth);
  let next = 0;
  return present.map((held) => (held ? smooth[next++] : createPlane(matte.width, matte.height)));
}

function decide(
  shares: readonly Plane[],
  lab: LabPlanes,
  matte: Plane,
  parse: Parse,
  i: number,
): void {
  if (matte.data[i] < 0.6) return;
  let most = 0;
  for (let k = 0; k < labelCount; k++) most = Math.max(most, shares[k].data[i]);
  if (most > CERTAIN) return;
  let total = 0;
  for (let k = 0; k < labelCount; k++) {
    const value = shares[k].data[i];
    if (value < 0.004) {
      shares[k].data[i] = 0;
      continue;
    }
    const colour = likelihood(parse.colours, k, lab[0].data[i], lab[1].data[i], lab[2].data[i]);
    shares[k].data[i] = value * colour ** COLOUR_TRUST;
    total += shares[k].data[i];
  }
  for (let k = 0; k < labelCount; k++) shares[k].data[i] /= total || 1;
}
