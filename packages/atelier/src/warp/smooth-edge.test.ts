import { describe, expect, it } from 'vitest';
import type { ClothLayer } from './render.ts';
import { smoothEdge } from './smooth-edge.ts';

const SIZE = 40;

/** Red cloth below a slanting edge, hard as one sample a pixel draws it. */
function slope(): ClothLayer {
  const plane = (): Float32Array => new Float32Array(SIZE * SIZE);
  const layer = {
    left: 0,
    top: 0,
    width: SIZE,
    height: SIZE,
    red: plane(),
    green: plane(),
    blue: plane(),
  };
  const coverage = plane();
  for (let i = 0; i < coverage.length; i++) {
    if (Math.floor(i / SIZE) < 12 + (i % SIZE) / 5) continue;
    coverage[i] = 1;
    layer.red[i] = 200;
  }
  return { ...layer, coverage };
}

describe('the edge of a layer', () => {
  it('passes gently from cloth to none, in the colour of the cloth', () => {
    const smooth = smoothEdge(slope());
    const partly = smooth.coverage.filter((share) => share > 0.05 && share < 0.95).length;
    expect(partly).toBeGreaterThan(SIZE);
    for (let i = 0; i < smooth.coverage.length; i++) {
      if (smooth.coverage[i] > 0) expect(smooth.red[i]).toBeCloseTo(200, 3);
    }
  });

  it('leaves cloth within and the picture’s border as they are', () => {
    const { coverage } = smoothEdge(slope());
    for (let y = 25; y < SIZE; y++) {
      for (let x = 0; x < SIZE; x++) expect(coverage[y * SIZE + x]).toBe(1);
    }
  });
});
