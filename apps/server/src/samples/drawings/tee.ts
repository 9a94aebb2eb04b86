import { area, ellipse, gradient, grain, mirrored, picture, shaded, stroke } from './svg.ts';

/** A T-shirt laid flat on a table, seen from above, with a printed emblem: a sun over three waves of thread. */

const middle = 500;
const cloth = { base: '#2f4858', shade: '#16262f', light: '#4c6b7d', inside: '#223642' };
const ink = { cream: '#f0e4cd', coral: '#e2725b', gold: '#e0ab4f' };

const path = (text: string): string =>
  text.replaceAll(
    /(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/g,
    (_, x: string, y: string) => `${middle + Number(x)},${y}`,
  );

const outline = path(
  'M100,150 C150,164 206,186 250,214 C284,250 326,322 352,386 C322,410 286,426 252,436 C240,408 228,390 214,376 C210,470 214,640 222,856 C150,872 -150,872 -222,856 C-214,640 -210,470 -214,376 C-228,390 -240,408 -252,436 C-286,426 -322,410 -352,386 C-326,322 -284,250 -250,214 C-206,186 -150,164 -100,150 C-70,206 70,206 100,150 Z',
);
const innerBack = path('M100,150 C60,138 -60,138 -100,150 C-70,206 70,206 100,150 Z');

const half = (side: 'left' | 'right'): string => {
  const opacity = side === 'left' ? 0.5 : 0.75;
  return (
    stroke(path('M214,376 C212,470 214,640 224,860'), {
      colour: cloth.shade,
      width: 46,
      soft: 18,
      opacity,
    }) +
    stroke(path('M250,214 C240,260 226,320 214,376'), {
      colour: cloth.shade,
      width: 3,
      opacity: 0.8,
    }) +
    stroke(path('M246,216 C232,262 218,320 206,380'), {
      colour: cloth.shade,
      width: 22,
      soft: 9,
      opacity: 0.55,
    }) +
    stroke(path('M270,240 C300,290 326,340 344,392'), {
      colour: cloth.light,
      width: 20,
      soft: 9,
      opacity: 0.45,
    }) +
    stroke(path('M214,380 C176,396 150,420 136,460'), {
      colour: cloth.shade,
      width: 11,
      soft: 6,
      opacity: 0.6,
    }) +
    stroke(path('M212,400 C184,430 172,470 168,520'), {
      colour: cloth.shade,
      width: 9,
      soft: 6,
      opacity: 0.45,
    }) +
    stroke(path('M244,424 C280,414 312,398 342,376'), {
      colour: cloth.shade,
      width: 1.6,
      opacity: 0.9,
    }) +
    stroke(path('M330,392 C306,380 280,372 250,366'), {
      colour: cloth.shade,
      width: 9,
      soft: 6,
      opacity: 0.4,
    }) +
    stroke(path('M206,640 C176,660 150,700 140,760'), {
      colour: cloth.shade,
      width: 12,
      soft: 7,
      opacity: 0.4,
    }) +
    stroke(path('M196,650 C166,672 140,712 130,772'), {
      colour: cloth.light,
      width: 10,
      soft: 6,
      opacity: 0.4,
    })
  );
};

const rays = Array.from({ length: 11 }, (_, index) => {
  const angle = Math.PI * (index / 10);
  const at = (radius: number): string =>
    `${(-Math.cos(angle) * radius).toFixed(1)},${(470 - Math.sin(angle) * radius).toFixed(1)}`;
  return stroke(path(`M${at(92)} L${at(index % 2 === 0 ? 128 : 114)}`), {
    colour: ink.gold,
    width: 6,
  });
}).join('');

const wave = (y: number, colour: string): string =>
  stroke(
    path(
      `M-120,${y} C-100,${y - 22} -80,${y - 22} -60,${y} C-40,${y + 22} -20,${y + 22} 0,${y} C20,${y - 22} 40,${y - 22} 60,${y} C80,${y + 22} 100,${y + 22} 120,${y}`,
    ),
    { colour, width: 11 },
  );

const emblem =
  rays +
  area(path('M-74,470 C-74,372 74,372 74,470 Z'), { colour: ink.coral }) +
  wave(504, ink.cream) +
  wave(538, ink.cream) +
  wave(572, ink.cream);

const definitions = [
  gradient('table', '#f3f1ed', '#ebe8e2', '#e2ded7'),
  grain('weave', 0.9, 0.4),
  grain('film', 0.8, 0.08),
].join('');

const drawing = [
  '<rect width="1000" height="1000" fill="url(#table)"/>',
  `<g transform="translate(6 12)">${area(outline, { colour: '#5d564d', soft: 12, opacity: 0.5 })}</g>`,
  shaded(
    'inside',
    innerBack,
    cloth.inside,
    stroke(path('M-100,150 C-60,140 60,140 100,150'), {
      colour: cloth.shade,
      width: 26,
      soft: 8,
      opacity: 0.8,
    }),
  ),
  area(path('M-20,158 L20,158 L20,176 L-20,176 Z'), { colour: ink.cream, opacity: 0.85 }),
  shaded(
    'tee',
    outline,
    cloth.base,
    ellipse([middle - 50, 330], [130, 90], { colour: cloth.light, soft: 40, opacity: 0.6 }),
    mirrored(middle, half('left')),
    half('right'),
    stroke(path('M-70,300 C-40,330 -10,340 30,336'), {
      colour: cloth.light,
      width: 10,
      soft: 7,
      opacity: 0.35,
    }),
    stroke(path('M-120,620 C-80,680 -60,740 -64,850'), {
      colour: cloth.shade,
      width: 12,
      soft: 8,
      opacity: 0.35,
    }),
    emblem,
    stroke(path('M100,150 C70,206 -70,206 -100,150'), {
      colour: cloth.shade,
      width: 27,
      opacity: 0.75,
    }),
    stroke(path('M100,150 C70,206 -70,206 -100,150'), { colour: cloth.base, width: 22 }),
    stroke(path('M100,150 C70,208 -70,208 -100,150'), {
      colour: cloth.light,
      width: 5,
      soft: 2,
      opacity: 0.5,
    }),
    stroke(path('M-224,842 C-150,858 150,858 224,842'), {
      colour: cloth.shade,
      width: 1.8,
      opacity: 0.9,
    }),
    '<rect x="130" y="130" width="740" height="750" filter="url(#weave)" opacity="0.5"/>',
  ),
  '<rect width="1000" height="1000" filter="url(#film)"/>',
].join('');

/** 1000 x 1000 pixels. */
export const teeSvg = picture(1000, 1000, definitions, drawing);
