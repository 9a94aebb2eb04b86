import type { Trunk } from '../fit/trunk.ts';
import type { WornWaist } from '../fit/worn-waist.ts';
import { copyFloats } from '@toile/memory';
import { smoothstep } from '../pixels/scalar.ts';
import type { ClothLayer } from '../warp/render.ts';

/** How soft the edge of a waistband is over what is tucked into it, in lengths of the trunk. */
const SOFT = 0.004;

/**
 * Ends a layer of cloth at the waistband that it is tucked into.
 *
 * @param zoom layer pixels a pixel of the person's reading
 */
export function tuckInto(
  layer: ClothLayer,
  trunk: Trunk,
  waist: WornWaist,
  zoom: number,
): ClothLayer {
  const coverage = copyFloats(layer.coverage);
  for (let y = 0; y < layer.height; y++) {
    for (let x = 0; x < layer.width; x++) {
      const i = y * layer.width + x;
      if (coverage[i] <= 0) continue;
      const { down, across } = trunk.locate([(layer.left + x) / zoom, (layer.top + y) / zoom]);
      const edge = waist.down(across);
      coverage[i] *= smoothstep(edge + SOFT, edge - SOFT, down);
    }
  }
  return { ...layer, coverage };
}
