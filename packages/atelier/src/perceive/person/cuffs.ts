import type { Vec } from '../../geometry/vector.ts';
import { components } from '../../pixels/components.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { sides } from '../person.ts';
import { type Body, facePlace, nearChain } from './body.ts';
import type { LabPlanes } from './colour-mixture.ts';
import { labelCount, LOWER, SKIN, UPPER } from './labels.ts';

/** Distance in a and b from this person's skin, in the light or in the shade, from which on nothing is skin. */
const NO_SKIN = 18;
/** A band is at least this large, as the side of a square in shoulder widths. */
const LEAST = 0.07;
/** Share of its outline, as the side of a square of its size, along which a band goes on as cloth. */
const TOUCHING = 0.35;

/** Mean deviation of lightness above which it is no plain band. */
const EVEN = 13;
/** How far a band may lie from the rest of the cloth, in shoulder widths. */
const SEAM = 0.045;

/**
 * Gives cuffs, neckbands and turn-ups of another colour than the rest of the garment, which the parse took for skin
 * because of their place, to the clothes that they touch. Bracelets and watches have skin on both sides,
 * and tattoos are blotchy: they stay.
 */
export function takeCuffs(
  shares: readonly Plane[],
  lab: LabPlanes,
  matte: Plane,
  body: Body,
): void {
  const { labels, areas } = components(strangeSkin(shares, lab, matte, body));
  const touching = { upper: areas.map(() => 0), lower: areas.map(() => 0) };
  // A dark seam between the two may have been taken for shaded skin.
  const reach = Math.max(1, Math.round(SEAM * body.shoulderWidth));
  const { width } = matte;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] || shares[UPPER].data[i] + shares[LOWER].data[i] < 0.5) continue;
    const ways = [-1, 1, -width, width].map((step) => labels[i + step] || labels[i + reach * step]);
    const beside = ways.find((label) => label > 0);
    if (!beside) continue;
    const garment = shares[UPPER].data[i] >= shares[LOWER].data[i] ? 'upper' : 'lower';
    touching[garment][beside]++;
  }
  const least = (LEAST * body.shoulderWidth) ** 2;
  const uneven = unevenness(labels, areas, lab[0]);
  for (let i = 0; i < labels.length; i++) {
    const area = areas[labels[i]];
    if (!labels[i] || area < least || uneven[labels[i]] > EVEN) continue;
    const point = [(i % width) + 0.5, Math.floor(i / width) + 0.5] as const;
    const upper = touching.upper[labels[i]];
    // An arm may rest on trousers, and its tattoos with it.
    const lower = onArm(body, point) ? 0 : touching.lower[labels[i]];
    if (upper + lower < TOUCHING * Math.sqrt(area)) continue;
    const garment = upper >= lower ? UPPER : LOWER;
    for (let k = 0; k < labelCount; k++) shares[k].data[i] = k === garment ? 1 : 0;
  }
}

/** Mean absolute deviation of the lightness within each component. */
function unevenness(labels: Int32Array, areas: readonly number[], { data }: Plane): number[] {
  const means = areas.map(() => 0);
  const deviations = areas.map(() => 0);
  for (let i = 0; i < labels.length; i++) means[labels[i]] += data[i] / areas[labels[i]];
  for (let i = 0; i < labels.length; i++) {
    deviations[labels[i]] += Math.abs(data[i] - means[labels[i]]) / areas[labels[i]];
  }
  return deviations;
}

const onArm = (body: Body, point: Vec): boolean =>
  sides.some((side) => nearChain(body.arms[side], point).ratio < 1.6);

/** What the parse holds for skin, but for the face's, and has no skin's colour; without specks and with its holes closed. */
function strangeSkin(shares: readonly Plane[], lab: LabPlanes, matte: Plane, body: Body): Mask {
  const { width, height } = matte;
  const mask = createMask(width, height);
  const sure: number[] = [];
  for (let i = 0; i < mask.data.length; i++) {
    if (shares[SKIN].data[i] > 0.9 && matte.data[i] > 0.95) sure.push(i);
  }
  if (sure.length === 0) return mask;
  const [l, a, b] = lab.map((plane) => median(sure.map((i) => plane.data[i])));
  for (let i = 0; i < mask.data.length; i++) {
    if (shares[SKIN].data[i] < 0.4 || matte.data[i] < 0.5) continue;
    // Skin in the shade is less colourful.
    const shade = clamp(lab[0].data[i] / Math.max(1, l), 0.4, 1.15);
    const off = Math.hypot(lab[1].data[i] - shade * a, lab[2].data[i] - shade * b);
    if (off < NO_SKIN) continue;
    const point = [(i % width) + 0.5, Math.floor(i / width) + 0.5] as const;
    mask.data[i] = facePlace(body.face, point).ratio > 1.15 ? 1 : 0;
  }
  const band = growRim(shrinkRim(mask, 1), 1);
  const reach = Math.max(1, 0.02 * body.shoulderWidth);
  return shrinkRim(growRim(band, reach), reach);
}
