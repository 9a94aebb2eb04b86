import { both, middle, path, skin } from './person-palette.ts';
import { area, ellipse, shaded, stroke } from './svg.ts';

const trunkOutline = both(
  'M48,270 C48,320 50,338 66,350 C96,366 140,368 172,384 C200,400 206,440 200,480 C186,510 150,530 142,560 C140,620 116,660 116,700 C116,740 140,780 142,830',
);

export const trunk = shaded(
  'trunk',
  trunkOutline,
  skin.base,
  area(path('M-60,276 C-40,330 40,330 60,276 L60,352 C30,368 -30,368 -60,352 Z'), {
    colour: skin.deep,
    soft: 12,
    opacity: 0.55,
  }),
  stroke(path('M-116,398 C-90,406 -60,404 -14,420'), {
    colour: skin.light,
    width: 9,
    soft: 4,
    opacity: 0.6,
  }),
  stroke(path('M116,398 C90,406 60,404 14,420'), {
    colour: skin.light,
    width: 8,
    soft: 4,
    opacity: 0.45,
  }),
  stroke(path('M-116,412 C-90,418 -60,417 -16,432'), {
    colour: skin.shade,
    width: 8,
    soft: 5,
    opacity: 0.5,
  }),
  stroke(path('M116,412 C90,418 60,417 16,432'), {
    colour: skin.shade,
    width: 9,
    soft: 5,
    opacity: 0.6,
  }),
  stroke(path('M-44,330 C-34,370 -22,400 -8,424'), {
    colour: skin.shade,
    width: 9,
    soft: 5,
    opacity: 0.45,
  }),
  stroke(path('M44,330 C34,370 22,400 8,424'), {
    colour: skin.shade,
    width: 10,
    soft: 5,
    opacity: 0.55,
  }),
  ellipse([middle, 432], [9, 8], { colour: skin.shade, soft: 5, opacity: 0.6 }),
  ellipse([middle - 60, 470], [56, 42], { colour: skin.light, soft: 18, opacity: 0.35 }),
  stroke(path('M206,380 C222,440 206,520 168,560'), {
    colour: skin.shade,
    width: 30,
    soft: 12,
    opacity: 0.6,
  }),
);

export const arm = (side: string, shadeOpacity: number): string => {
  const outline = path(
    'M140,374 C178,376 208,398 216,446 C222,500 226,560 232,620 C238,680 254,730 258,790 C262,850 257,900 257,946 C260,975 266,1000 263,1034 C258,1056 220,1058 211,1038 C205,1012 208,985 208,946 C196,880 184,820 182,760 C180,700 170,640 164,580 C160,540 150,520 146,500 Z',
  );
  return shaded(
    `arm-${side}`,
    outline,
    skin.base,
    stroke(path('M222,430 C228,520 236,620 246,700 C266,780 262,880 266,1050'), {
      colour: skin.shade,
      width: 36,
      soft: 13,
      opacity: shadeOpacity,
    }),
    stroke(path('M146,500 C160,560 172,660 180,760 C186,840 200,900 206,1050'), {
      colour: skin.shade,
      width: 30,
      soft: 11,
      opacity: shadeOpacity * 0.9,
    }),
    stroke(path('M190,420 C200,520 204,600 210,690 C222,780 230,860 236,1040'), {
      colour: skin.light,
      width: 24,
      soft: 12,
      opacity: 0.55,
    }),
    ellipse([middle + 210, 700], [26, 12], { colour: skin.shade, soft: 9, opacity: 0.35 }),
    stroke(path('M146,372 C180,378 206,400 214,440'), {
      colour: skin.light,
      width: 12,
      soft: 7,
      opacity: 0.5,
    }),
  );
};

/** Thumb and fingers of a hanging hand; its back belongs to the arm and is drawn over their roots. */
export const hand = (): string => {
  const fingers: readonly (readonly [string, number])[] = [
    [path('M254,1030 C262,1062 262,1092 254,1116'), 19],
    [path('M243,1036 C250,1074 250,1108 241,1134'), 20],
    [path('M230,1036 C235,1074 235,1110 228,1136'), 20],
    [path('M219,1030 C221,1062 220,1094 214,1118'), 19],
  ];
  const thumb = path('M214,978 C202,1004 197,1032 201,1064');
  return [[thumb, 22] as const, ...fingers]
    .map(
      ([line, width]) =>
        stroke(line, { colour: skin.shade, width }) +
        stroke(line, { colour: skin.base, width: width * 0.8, soft: 2 }) +
        stroke(line, { colour: skin.light, width: width * 0.3, soft: 4, opacity: 0.5 }),
    )
    .join('');
};
