import type { RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import type { PersonReading } from '../person.ts';
import { claimCloth } from '../worn/claim-cloth.ts';
import { cutWorn, type Wanted } from '../worn/cut-worn.ts';

type Colour = readonly [number, number, number];

const CLOTH: Colour = [40, 200, 80];
const ARMS: Colour = [0, 100, 255];
const HAIR: Colour = [255, 60, 60];
const OTHER: Colour = [230, 200, 0];

/**
 * The wearer's photo with what is taken for the garment green, arms and hands blue, hair and what is carried red, the other
 * garment yellow. What becomes of it on the upright canvas is drawn as any other garment reading.
 */
export function drawWorn(wearer: PersonReading, wanted: Wanted): RgbImage {
  const { image } = wearer;
  const cut = cutWorn(claimCloth(wearer), wanted);
  const layers = [
    [cut.share, CLOTH],
    [cut.arms, ARMS],
    [cut.hair, HAIR],
    [cut.other, OTHER],
  ] as const;
  const data = bytes(image.data.length);
  for (let i = 0; i < image.width * image.height; i++) {
    for (let c = 0; c < 3; c++) {
      let value = image.data[3 * i + c];
      for (const [plane, colour] of layers) {
        value += (colour[c] - value) * 0.55 * Math.min(1, plane.data[i]);
      }
      data[3 * i + c] = Math.round(value);
    }
  }
  return { ...image, data };
}
