import { copyFloats } from '@toile/memory';
import type { ClothLayer } from './render.ts';

/** Binomial weights of a pixel's own row or column and the two beside it. */
const OWN = 0.5;
const BESIDE = 0.25;

/**
 * Lets a layer's edge pass from cloth to none over about a pixel and a half, as lenses do: coverage is drawn from one
 * sample a pixel, and slanting edges would show their steps. Cloth within stays as drawn; a pixel that the edge newly
 * reaches takes the colours of its neighbours.
 */
export function smoothEdge(layer: ClothLayer): ClothLayer {
  const { width, height, coverage } = layer;
  const smooth = copyFloats(coverage);
  const colours = [layer.red, layer.green, layer.blue];
  const weightOf = (dx: number, dy: number): number =>
    (dx === 0 ? OWN : BESIDE) * (dy === 0 ? OWN : BESIDE);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (!onEdge(layer, x, y)) continue;
      let sum = 0;
      const mixed = [0, 0, 0];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          // The layer's box may end at the picture's border, where the cloth goes on.
          const nx = Math.min(width - 1, Math.max(0, x + dx));
          const ny = Math.min(height - 1, Math.max(0, y + dy));
          const from = ny * width + nx;
          const share = weightOf(dx, dy) * coverage[from];
          sum += share;
          for (let c = 0; c < 3; c++) mixed[c] += share * colours[c][from];
        }
      }
      smooth[i] = sum;
      if (coverage[i] < 0.02 && sum > 0) {
        for (let c = 0; c < 3; c++) colours[c][i] = mixed[c] / sum;
      }
    }
  }
  return { ...layer, coverage: smooth };
}

/** Whether coverage differs between a pixel and those above, below and beside it. */
function onEdge({ width, height, coverage }: ClothLayer, x: number, y: number): boolean {
  const i = y * width + x;
  const own = coverage[i];
  return (
    (x > 0 && coverage[i - 1] !== own) ||
    (x + 1 < width && coverage[i + 1] !== own) ||
    (y > 0 && coverage[i - width] !== own) ||
    (y + 1 < height && coverage[i + width] !== own)
  );
}
