import type { Vec } from '../geometry/vector.ts';
import type { Plane } from '../pixels/image.ts';
import { lerp } from '../pixels/scalar.ts';
import type { ClothLayer } from '../warp/render.ts';
import type { Scene } from './scene.ts';

/** The place on the person's reading of a pixel of the answer. */
export const pointAt = (scene: Scene, index: number): Vec => [
  ((index % scene.image.width) + scene.origin[0]) / scene.zoom,
  (Math.floor(index / scene.image.width) + scene.origin[1]) / scene.zoom,
];

/** The pixel of the answer that shows a place on the person's reading; -1 where the scene does not reach. */
export function indexAt({ image, origin, zoom }: Scene, [x, y]: Vec): number {
  const column = Math.floor(x * zoom - origin[0]);
  const row = Math.floor(y * zoom - origin[1]);
  const within = column >= 0 && row >= 0 && column < image.width && row < image.height;
  return within ? row * image.width + column : -1;
}

/** Lays a layer's pixel over the colours, lit by `shade`. */
export function blendCloth(
  colours: readonly Plane[],
  at: number,
  layer: ClothLayer,
  from: number,
  shade: number,
  cover: number,
): void {
  blend(colours, at, [layer.red[from], layer.green[from], layer.blue[from]], shade, cover);
}

function blend(
  colours: readonly Plane[],
  at: number,
  cloth: readonly [number, number, number],
  shade: number,
  cover: number,
): void {
  // Cloth that is nearly white has no room to get brighter: what light adds must not burn its folds and prints out.
  const room = 1 - Math.max(cloth[0], cloth[1], cloth[2]) / 255;
  const factor = shade > 1 ? 1 + (shade - 1) * lerp(0.4, 1, room) : shade;
  for (let c = 0; c < 3; c++) {
    const plane = colours[c];
    plane.data[at] = lerp(plane.data[at], Math.min(1, (cloth[c] / 255) * factor), cover);
  }
}
