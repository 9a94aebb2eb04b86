import type { Mask } from '../../pixels/image.ts';
import type { GarmentMatte } from '../garment/garment-matte.ts';
import { readBag } from './bag.ts';
import { fineMatteOn } from './fine-matte.ts';
import { findGlass, readGlasses } from './glasses.ts';
import { readHat } from './hat.ts';
import { readNecklace } from './necklace.ts';
import { type Box, boxOf, runsOf } from './shape.ts';

/** Breadth over height from which something may be glasses. */
const BROAD = 1.6;
/** Share of its box that anything but a thin loop fills. */
const HOLLOW = 0.5;

/**
 * Whether a picture plainly shows glasses, a necklace, a bag with its handle up or a hat with a brim, told before its
 * outline is read as a garment's: rims and chains enclose what an outline takes for cloth, brims and handles are like sleeves
 * and straps.
 */
export function isEvidentAccessory(
  cut: Pick<GarmentMatte, 'mask' | 'backdrop' | 'relief'>,
): boolean {
  const box = boxOf(cut.mask);
  if (!box) return false;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (isBrimmed(cut.mask, box)) return true;
  const narrow = widthAt(cut.mask, box, 0.03) < HANDLE * width;
  if (!narrow && width < BROAD * height && !isHollow(cut, width * height)) return false;
  const { mask, relief } = fineMatteOn(cut);
  if (readBag(mask) || readNecklace(mask)) return true;
  return readGlasses(mask) !== null && findGlass(mask, relief).panes >= 2;
}

/** Breadth of a handle near its top over the bag's, at most. */
const HANDLE = 0.5;
/** Breadth of the crown over the brim's, at most, and of the whole over its height, at least. */
const CROWN = 0.62;
const FLAT = 1.2;

/** Whether something narrow stands on something far broader, as no garment's hem is. */
function isBrimmed(mask: Mask, box: Box): boolean {
  if (box.right - box.left < FLAT * (box.bottom - box.top)) return false;
  const crown = Math.max(...[0.3, 0.4, 0.5, 0.58].map((share) => widthAt(mask, box, share)));
  if (crown > CROWN * (box.right - box.left)) return false;
  const seen = readHat(mask);
  return seen !== null && (!('form' in seen) || seen.form.rim === 'brim');
}

/** Outer breadth at a share of the height from the top. */
function widthAt(mask: Mask, { top, bottom }: Box, share: number): number {
  const [run] = runsOf(mask, Math.round(top + share * (bottom - top - 1)), mask.width);
  return run ? run.to - run.from : 0;
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
