import type { Dressing, WornBottom, WornGarment, WornTop } from '../compose/dressing.ts';
import { copyFloats } from '@toile/memory';
import { smoothstep } from '../pixels/scalar.ts';
import type { ClothLayer } from '../warp/render.ts';
import { hangOver } from './hang-over.ts';

/** How far a tucked top goes on below the waistband, in trunk lengths: deep enough that no gap opens. */
const DEEP = 0.03;

/**
 * Tucks every top into the bottoms that are put on after it: its body ends behind the waistband, its sleeves stay in
 * front of everything below. A top that is put on after a bottom hangs over it.
 *
 * @param garments from the innermost to the outermost
 * @param zoom answer pixels a pixel of the person's reading
 */
export function tuckIn(garments: readonly WornGarment[], zoom: number): Dressing['garments'] {
  return garments.map((garment, k) => {
    if (garment.kind === 'top') {
      const over = garments.slice(k + 1).find((later) => later.kind === 'bottom');
      return over ? tucked(garment, over, zoom) : garment;
    }
    const inner = garments.slice(0, k).filter((earlier) => earlier.kind === 'top');
    const sleeves = inner.flatMap((top) => top.sleeves.map(({ layer }) => layer));
    const over = garments.slice(k + 1).find((later) => later.kind === 'top');
    return { ...(over ? hangOver(garment, over) : garment), sleeves };
  });
}

function tucked(top: WornTop, { body, fit }: WornBottom, zoom: number): WornTop {
  const coverage = copyFloats(top.body.coverage);
  const layer: ClothLayer = { ...top.body, coverage };
  for (let i = 0; i < coverage.length; i++) {
    if (coverage[i] === 0) continue;
    const x = (layer.left + (i % layer.width)) / zoom;
    const y = (layer.top + Math.floor(i / layer.width)) / zoom;
    const { down, across } = body.trunk.locate([x, y]);
    coverage[i] *= smoothstep(DEEP, 0.7 * DEEP, down - fit.waist.down(across));
  }
  return { ...top, body: layer };
}
