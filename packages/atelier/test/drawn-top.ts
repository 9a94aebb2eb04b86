import type { TopReading } from '../src/perceive/garment.ts';
import { readOutline } from '../src/perceive/garment/outline.ts';
import { sleeveMask } from '../src/perceive/garment/sleeve-mask.ts';
import { readTopLandmarks, readTopOutline } from '../src/perceive/garment/top-landmarks.ts';
import { findUpright } from '../src/perceive/garment/upright.ts';
import { labPlanes } from '../src/pixels/colour.ts';
import { threshold } from '../src/pixels/image.ts';
import { drawGarmentPhoto, type GarmentDrawing } from './garments.ts';

/** A drawn top read by its true outline, without any net: for tests of what comes after perception. */
export async function readDrawnTop(drawing: GarmentDrawing): Promise<TopReading> {
  const { image, share } = await drawGarmentPhoto(drawing);
  const mask = threshold(share, 0.5);
  const outline = readOutline(share, findUpright(mask));
  if (!outline) throw new Error('no outline');
  const view = { lab: labPlanes(image), matte: share };
  const landmarks = readTopLandmarks(outline, readTopOutline(outline), view);
  return {
    shape: 'top',
    image,
    matte: share,
    front: share,
    kind: { value: 'top', confidence: 1 },
    photo: { value: 'flat-lay', confidence: 1 },
    landmarks,
    sleeves: {
      left: sleeveMask(mask, landmarks.left, 'left'),
      right: sleeveMask(mask, landmarks.right, 'right'),
    },
    doubts: [],
    timings: {},
  };
}
