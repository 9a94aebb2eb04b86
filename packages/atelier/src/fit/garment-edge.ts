import type { Vec } from '../geometry/vector.ts';
import type { GarmentSide, TopReading } from '../perceive/garment.ts';
import type { Side } from '../perceive/person.ts';
import { clamp, lerp, median } from '../pixels/scalar.ts';
import { signOf } from './trunk.ts';

/** The lowest point of the hem's corners, garment pixels. */
export function hemHeight(garment: TopReading): number {
  const { left, right } = garment.landmarks;
  return Math.max(left.edge.at(-1)?.[1] ?? 0, right.edge.at(-1)?.[1] ?? 0);
}

/** The side edge of the garment's body at a height, on the outline where that runs near the landmarks. */
export function edgeAt(garment: TopReading, side: Side, y: number): Vec {
  const expected = landmarksAt(garment.landmarks[side], y);
  const sign = signOf(side);
  const seen = garment.landmarks.centreX + sign * reach(garment, y, sign);
  return [Math.abs(seen - expected) < NEAR * garment.image.width ? seen : expected, y];
}

/** How far across the landmarks of a side lie at a height; above the armpit and below the hem as there. */
export function landmarksAt({ armpit, edge }: GarmentSide, y: number): number {
  const line = [armpit, ...edge];
  const found = line.findIndex((point) => point[1] >= y);
  const next = Math.max(1, found < 0 ? line.length - 1 : found);
  const [from, to] = [line[next - 1], line[next] ?? line[next - 1]];
  const share = clamp((y - from[1]) / Math.max(1, to[1] - from[1]), 0, 1);
  return lerp(from[0], to[0], share);
}

/** An outline farther from the landmarks than this, in widths of the picture, is a bow or a fold. */
const NEAR = 0.03;

/** Heights at which the body's width is measured. */
const LEVELS = 48;
/** A width this near to the least still belongs to the waist. */
const NARROW = 1.03;

/**
 * The height of a dress's waist: the lower end of the narrowest stretch between armpits and skirt, where a flare
 * begins. Each level is as wide as its narrower half, so that a bow or a fold on one side says nothing. Null where the
 * sides only widen or only narrow.
 */
export function waistHeight(garment: TopReading): number | null {
  const { left, right } = garment.landmarks;
  const top = Math.max(left.armpit[1], right.armpit[1]);
  const hem = hemHeight(garment);
  const levels = Array.from({ length: LEVELS }, (_, k) =>
    lerp(top + 0.08 * (hem - top), lerp(top, hem, 0.7), k / (LEVELS - 1)),
  );
  const widths = narrowerHalves(garment, levels);
  let narrowest = 0;
  for (let k = 1; k < LEVELS; k++) if (widths[k] < widths[narrowest]) narrowest = k;
  let last = narrowest;
  while (last + 1 < LEVELS && widths[last + 1] <= NARROW * widths[narrowest]) last++;
  return narrowest === 0 || last === LEVELS - 1 ? null : levels[last];
}

/** The narrower half at each height, from the middle of the sides: the middle line may lie a few pixels beside it. */
function narrowerHalves(garment: TopReading, levels: readonly number[]): number[] {
  const halves = levels.map((y) => [reach(garment, y, -1), reach(garment, y, 1)] as const);
  const aside = median(halves.map(([left, right]) => (right - left) / 2));
  return halves.map(([left, right]) => Math.min(left + aside, right - aside));
}

/** How far the garment reaches from its middle line at a height, sleeves left out. */
function reach({ matte, sleeves, landmarks }: TopReading, y: number, sign: number): number {
  const row = clamp(Math.round(y), 0, matte.height - 1) * matte.width;
  const start = Math.round(landmarks.centreX);
  let x = start;
  while (x > 0 && x < matte.width - 1) {
    const at = row + x;
    if (matte.data[at] < 0.5 || sleeves.left.data[at] || sleeves.right.data[at]) break;
    x += sign;
  }
  return Math.abs(x - start);
}
