import type { Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { Side } from '../perceive/person.ts';
import { clamp, lerp } from '../pixels/scalar.ts';
import { outlineNear } from './outline.ts';
import { signOf } from './trunk.ts';

/** The lowest point of the hem's corners, garment pixels. */
export function hemHeight(garment: TopReading): number {
  const { left, right } = garment.landmarks;
  return Math.max(left.edge.at(-1)?.[1] ?? 0, right.edge.at(-1)?.[1] ?? 0);
}

/** The side edge of the garment's body at a height, snapped to the outline where it runs near the landmarks. */
export function edgeAt(garment: TopReading, side: Side, y: number): Vec {
  const { armpit, edge } = garment.landmarks[side];
  const line = [armpit, ...edge];
  const next = Math.max(
    1,
    line.findIndex((point) => point[1] >= y),
  );
  const [from, to] = [line[next - 1], line[next] ?? line[line.length - 1]];
  const share = clamp((y - from[1]) / Math.max(1, to[1] - from[1]), 0, 1);
  const straight: Vec = [lerp(from[0], to[0], share), y];
  return outlineNear(garment.matte, straight, [signOf(side), 0], 0.012 * garment.image.width);
}
