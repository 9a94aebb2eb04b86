import { expect, it } from 'vitest';
import { labPlanes } from '../../pixels/colour.ts';
import { createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { coarseColours } from './settle-border.ts';
import { dropSkinScraps } from './skin-scraps.ts';

const SIDE = 240;
const UNIT = 200;
const CREAM = [236, 222, 200] as const;
const RED = [226, 140, 128] as const;
const BROWN = [120, 70, 52] as const;
const BROWN_LAB = [35, 19, 20] as const;

type Box = readonly [left: number, top: number, right: number, bottom: number];
const CLOTH: Box = [40, 20, 200, 220];
/** Deeper than the rim that is looked at in one round. */
const SCRAP: Box = [183, 92, 200, 114];
const PRINT: Box = [112, 70, 138, 140];
/** A dot of the skin's colour, printed near the side. */
const DOT: Box = [186, 150, 194, 158];

const within = ([left, top, right, bottom]: Box, x: number, y: number): boolean =>
  x >= left && x < right && y >= top && y < bottom;

function planeOf(box: Box): Plane {
  const plane = createPlane(SIDE, SIDE);
  plane.data.forEach((_, i) => {
    if (within(box, i % SIDE, Math.floor(i / SIDE))) plane.data[i] = 1;
  });
  return plane;
}

/** Cream cloth with a red print and a brown dot near its side, and a brown patch on its very edge. */
function picture(): RgbImage {
  const data = bytes(3 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const isBrown = within(SCRAP, x, y) || within(DOT, x, y);
    data.set(isBrown ? BROWN : within(PRINT, x, y) ? RED : CREAM, 3 * i);
  }
  return { width: SIDE, height: SIDE, data };
}

function left(arms: Plane): Plane {
  const lab = labPlanes(picture());
  const share = planeOf(CLOTH);
  dropSkinScraps(share, { lab, coarse: coarseColours(lab), skin: BROWN_LAB, arms, unit: UNIT });
  return share;
}

const areaIn = (share: Plane, box: Box): number =>
  planeOf(box).data.reduce((sum, inside, i) => sum + inside * share.data[i], 0);

it('takes a patch of the arm off the edge, near a print too, and nothing of the cloth', () => {
  const share = left(planeOf([200, 60, 230, 200]));
  expect(areaIn(share, SCRAP)).toBe(0);
  expect(areaIn(share, PRINT)).toBe(areaIn(planeOf(PRINT), PRINT));
  const cloth = areaIn(planeOf(CLOTH), CLOTH) - areaIn(planeOf(SCRAP), SCRAP);
  expect(areaIn(share, CLOTH)).toBeGreaterThan(0.97 * cloth);
});

it('keeps a patch of that colour where no arm is near: it is printed', () => {
  expect(areaIn(left(createPlane(SIDE, SIDE)), SCRAP)).toBe(areaIn(planeOf(SCRAP), SCRAP));
});

it('keeps dots of that colour within the cloth, though an arm is near', () => {
  expect(areaIn(left(planeOf([200, 60, 230, 200])), DOT)).toBe(areaIn(planeOf(DOT), DOT));
});
