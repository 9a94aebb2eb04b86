import type { GarmentMatte } from '../garment/garment-matte.ts';
import { fineMatteOn } from './fine-matte.ts';
import { findGlass, readGlasses } from './glasses.ts';
import { readNecklace } from './necklace.ts';
import { boxOf } from './shape.ts';

/** Breadth over height from which something may be glasses. */
const BROAD = 1.6;
/** Share of its box that anything but a thin loop fills. */
const HOLLOW = 0.5;

/**
 * Whether a picture shows glasses or a necklace, told before its outline is read as a garment's: rims and chains enclose
 * areas that an outline takes for cloth.
 */
export function looksThin(cut: Pick<GarmentMatte, 'mask' | 'backdrop' | 'relief'>): boolean {
  const box = boxOf(cut.mask);
  if (!box) return false;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (width < BROAD * height && !isHollow(cut, width * height)) return false;
  const { mask, relief } = fineMatteOn(cut);
  if (readNecklace(mask)) return true;
  return readGlasses(mask) !== null && findGlass(mask, relief).panes >= 2;
}

/** Whether most of what the outline's box holds has the backdrop's colour. */
function isHollow(
  { mask, backdrop }: Pick<GarmentMatte, 'mask' | 'backdrop'>,
  box: number,
): boolean {
  const least = 8 + 3 * backdrop.noise;
  let differing = 0;
  for (let i = 0; i < mask.data.length; i++) {
    if (backdrop.difference.data[i] > least) differing++;
  }
  return differing < HOLLOW * box;
}
