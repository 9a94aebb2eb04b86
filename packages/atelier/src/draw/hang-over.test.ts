import { describe, expect, it } from 'vitest';
import type { ClothLayer } from '../warp/render.ts';
import { hiddenBeside } from './hang-over.ts';

/** Cloth between two edges of each row, in a layer whose corner lies at 10, 10. */
function layerOf(
  height: number,
  edges: (y: number) => readonly [left: number, right: number],
): ClothLayer {
  const width = 100;
  const plane = (): Float32Array => new Float32Array(width * height);
  const coverage = plane();
  for (let y = 0; y < height; y++) {
    const [left, right] = edges(y);
    coverage.fill(1, y * width + left, y * width + right);
  }
  return {
    left: 10,
    top: 10,
    width,
    height,
    red: plane(),
    green: plane(),
    blue: plane(),
    coverage,
  };
}

const at = ({ coverage, width }: ClothLayer, x: number, y: number): number =>
  coverage[y * width + x];

const wide = layerOf(100, () => [10, 90]);

describe('a bottom beneath a top that hangs over it', () => {
  it('shows nothing beside the top, and all of itself below', () => {
    const hidden = hiddenBeside(
      wide,
      layerOf(60, () => [25, 75]),
    );
    expect([at(hidden, 15, 40), at(hidden, 85, 40)]).toEqual([0, 0]);
    expect([at(hidden, 30, 40), at(hidden, 70, 40)]).toEqual([1, 1]);
    expect([at(hidden, 15, 70), at(hidden, 85, 70)]).toEqual([1, 1]);
  });

  it('shows beside the rounded tail of a shirt, below the corners of its sides', () => {
    const tail = (y: number): readonly [number, number] =>
      y < 50 ? [20, 80] : [20 + 5 * (y - 50), 80 - 5 * (y - 50)];
    const hidden = hiddenBeside(wide, layerOf(55, tail));
    expect(at(hidden, 12, 40)).toBe(0);
    expect([at(hidden, 22, 54), at(hidden, 78, 54)]).toEqual([1, 1]);
  });

  it('is covered by slanting sides as they slant', () => {
    const hidden = hiddenBeside(
      wide,
      layerOf(60, (y) => [40 - Math.floor(y / 3), 60]),
    );
    expect([at(hidden, 25, 10), at(hidden, 30, 50)]).toEqual([0, 1]);
  });
});
