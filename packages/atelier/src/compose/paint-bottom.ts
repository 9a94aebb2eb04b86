import type { Plane } from '../pixels/image.ts';
import { blendCloth } from './blend.ts';
import type { WornBottom } from './dressing.ts';
import { eachLayerPixel, type Scene } from './scene.ts';

/** Paints trousers, shorts or a skirt, pieces from back to front. */
export function paintBottom(
  scene: Scene,
  bottom: WornBottom,
  colours: readonly Plane[],
  light: Plane,
): void {
  for (const layer of bottom.pieces) {
    eachLayerPixel(layer, scene.image.width, (at, from) => {
      blendCloth(colours, at, layer, from, light.data[at], layer.coverage[from]);
    });
  }
}
