import { photograph, type Photographed, type Piece } from './product-photo.ts';

export type AccessoryCut = 'hat' | 'bag' | 'shoes' | 'glasses' | 'scarf';

const pieces: Readonly<Record<AccessoryCut, readonly Piece[]>> = {
  hat: [
    {
      path: 'M 150 380 C 150 120 250 90 320 90 C 390 90 490 120 490 380 Z',
      details: '<rect x="140" y="310" width="360" height="70" fill="#000" fill-opacity="0.2"/>',
    },
  ],
  bag: [
    {
      path: 'M 150 260 L 215 260 C 215 80 425 80 425 260 L 490 260 L 510 560 L 130 560 Z M 240 260 L 400 260 C 400 110 240 110 240 260 Z',
    },
  ],
  shoes: [
    { path: 'M 60 240 L 130 230 C 160 290 220 310 290 330 L 296 376 L 60 380 Z' },
    { path: 'M 350 240 L 420 230 C 450 290 510 310 580 330 L 586 376 L 350 380 Z' },
  ],
  glasses: [
    {
      path: 'M 80 200 C 80 170 280 170 290 205 L 350 205 C 360 170 560 170 560 200 C 560 330 360 330 348 225 L 292 225 C 280 330 80 330 80 200 Z M 98 205 C 100 305 270 305 272 210 C 260 185 100 185 98 205 Z M 368 210 C 370 305 540 305 542 205 C 540 185 380 185 368 210 Z',
    },
  ],
  scarf: [{ path: 'M 275 40 L 365 40 L 362 640 L 278 640 Z' }],
};

/** Draws something that is no clothing for torso or legs. */
export const drawAccessoryPhoto = (cut: AccessoryCut): Promise<Photographed> =>
  photograph(pieces[cut], cut === 'glasses' || cut === 'shoes' ? 480 : 680, { cloth: '#7a4b2a' });
