import { area, ellipse, gradient, grain, mirrored, picture, shaded, stroke } from './svg.ts';

/**
 * A standing figure in a tank top and jeans, drawn so that pose detection trained on photos finds it: natural
 * proportions, a lit face, soft shading. Most of it is one half, drawn again in a mirror; light comes from the left.
 */

const middle = 450;
const skin = {
  base: '#d3a07e',
  shade: '#9a6145',
  deep: '#6f3f2b',
  light: '#efc9aa',
  blush: '#c9765f',
};
const hair = { base: '#3a2a22', dark: '#1f1512', light: '#77584a' };
const cloth = { base: '#eeece7', shade: '#a9a59f', light: '#ffffff' };
const denim = { base: '#6f8cad', shade: '#33496a', light: '#a9c1d8', thread: '#c09a5e' };

/** Absolute coordinates from offsets to the middle: `p` is written for the right half of the picture. */
const path = (text: string): string =>
  text.replaceAll(
    /(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/g,
    (_, x: string, y: string) => `${middle + Number(x)},${y}`,
  );

/** A closed outline that is the same on both sides, from points of the right half listed from top to bottom. */
const both = (half: string): string => {
  const numbers = half.match(/-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?/g) ?? [];
  const points = numbers.map((pair) => pair.split(',').map(Number));
  const back = points.toReversed().map(([x = 0, y = 0]) => `${-x},${y}`);
  const [backStart, ...backRest] = back;
  const join = backStart === undefined ? '' : `L${backStart} C${backRest.join(' ')}`;
  return path(`${half} ${join} Z`);
};

const trunkOutline = both(
  'M48,270 C48,320 50,338 66,350 C96,366 140,368 172,384 C200,400 206,440 200,480 C186,510 150,530 142,560 C140,620 116,660 116,700 C116,740 140,780 142,830',
);

const trunk = shaded(
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

const arm = (side: string, shadeOpacity: number): string => {
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
const hand = (): string => {
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

const jeans = (): string => {
  const outline = path(
    'M-146,778 C-166,840 -184,890 -184,950 C-184,1040 -172,1120 -166,1200 L-14,1200 C-8,1130 -6,1080 0,1034 C6,1080 8,1130 14,1200 L166,1200 C172,1120 184,1040 184,950 C184,890 166,840 146,778 C90,790 -90,790 -146,778 Z',
  );
  const leg = (side: 1 | -1, opacity: number): string => {
    const at = (text: string): string =>
      path(text.replaceAll(/(-?\d+),/g, (_, x: string) => `${side * Number(x)},`));
    return (
      stroke(at('M180,860 C192,960 178,1080 168,1210'), {
        colour: denim.shade,
        width: 46,
        soft: 18,
        opacity,
      }) +
      stroke(at('M6,1010 C12,1090 14,1150 18,1210'), {
        colour: denim.shade,
        width: 34,
        soft: 12,
        opacity: 0.75,
      }) +
      stroke(at('M96,930 C104,1020 96,1110 90,1210'), {
        colour: denim.light,
        width: 56,
        soft: 18,
        opacity: 0.65,
      }) +
      stroke(at('M2,1016 C30,1000 60,990 96,986'), {
        colour: denim.shade,
        width: 9,
        soft: 5,
        opacity: 0.45,
      }) +
      stroke(at('M4,1034 C40,1026 70,1022 110,1030'), {
        colour: denim.shade,
        width: 8,
        soft: 5,
        opacity: 0.35,
      }) +
      stroke(at('M70,822 C84,866 128,886 170,884'), {
        colour: denim.shade,
        width: 3,
        opacity: 0.8,
      }) +
      stroke(at('M66,822 C80,872 126,893 172,891'), {
        colour: denim.thread,
        width: 1.6,
        opacity: 0.9,
      }) +
      stroke(at('M104,782 L106,822'), { colour: denim.shade, width: 15, opacity: 0.5 }) +
      stroke(at('M104,782 L106,822'), { colour: denim.base, width: 11 })
    );
  };
  return shaded(
    'jeans',
    outline,
    'url(#denim)',
    leg(-1, 0.55),
    leg(1, 0.75),
    stroke(path('M-160,820 C-90,832 90,832 160,820'), {
      colour: denim.shade,
      width: 2.5,
      opacity: 0.8,
    }),
    stroke(path('M-160,816 C-90,828 90,828 160,816'), {
      colour: denim.thread,
      width: 1.5,
      opacity: 0.9,
    }),
    stroke(path('M0,828 L0,1036'), { colour: denim.shade, width: 3, opacity: 0.8 }),
    stroke(path('M30,828 C34,890 26,944 4,976'), {
      colour: denim.thread,
      width: 1.6,
      opacity: 0.9,
    }),
    stroke(path('M-150,800 C-90,812 90,812 150,800'), {
      colour: denim.shade,
      width: 30,
      soft: 12,
      opacity: 0.35,
    }),
    ellipse([middle, 806], [9, 9], { colour: '#7d5b2c' }),
    ellipse([middle - 1, 804], [6.5, 6.5], { colour: '#d3ac66' }),
    '<rect x="240" y="770" width="420" height="440" filter="url(#weave)" opacity="0.5"/>',
  );
};

const tank = (): string => {
  const outline = path(
    'M84,354 C98,362 112,366 128,368 C130,420 134,470 158,520 C156,570 134,640 130,700 C130,740 146,770 154,800 C100,816 -100,816 -154,800 C-146,770 -130,740 -130,700 C-134,640 -156,570 -158,520 C-134,470 -130,420 -128,368 C-112,366 -98,362 -84,354 C-78,430 -50,482 0,484 C50,482 78,430 84,354 Z',
  );
  const fold = (line: string, width: number, opacity: number): string =>
    stroke(path(line), { colour: cloth.shade, width, soft: 5, opacity });
  return shaded(
    'tank',
    outline,
    cloth.base,
    ellipse([middle - 66, 556], [52, 48], { colour: cloth.light, soft: 18, opacity: 0.9 }),
    ellipse([middle + 62, 556], [50, 46], { colour: cloth.light, soft: 18, opacity: 0.7 }),
    stroke(path('M158,520 C156,580 128,640 130,720 C132,760 150,780 156,810'), {
      colour: cloth.shade,
      width: 54,
      soft: 18,
      opacity: 0.8,
    }),
    stroke(path('M-158,520 C-156,580 -128,640 -130,720 C-132,760 -150,780 -156,810'), {
      colour: cloth.shade,
      width: 34,
      soft: 14,
      opacity: 0.55,
    }),
    stroke(path('M-110,606 C-80,634 -34,636 -4,608'), {
      colour: cloth.shade,
      width: 20,
      soft: 12,
      opacity: 0.55,
    }),
    stroke(path('M110,606 C80,634 34,636 4,608'), {
      colour: cloth.shade,
      width: 22,
      soft: 12,
      opacity: 0.65,
    }),
    fold('M150,530 C120,546 104,560 90,586', 7, 0.6),
    fold('M-150,530 C-124,546 -108,560 -96,584', 6, 0.45),
    fold('M-126,690 C-90,700 -60,724 -30,730', 8, 0.5),
    fold('M126,676 C84,690 56,716 16,722', 9, 0.6),
    fold('M-136,744 C-96,744 -56,764 -20,764', 8, 0.45),
    fold('M138,738 C96,744 60,766 20,770', 9, 0.55),
    fold('M-60,640 C-64,690 -56,740 -62,800', 10, 0.3),
    fold('M52,640 C60,700 50,750 58,800', 10, 0.35),
    stroke(path('M84,354 C78,430 50,482 0,484 C-50,482 -78,430 -84,354'), {
      colour: cloth.shade,
      width: 15,
      opacity: 0.32,
    }),
    stroke(path('M84,354 C78,430 50,482 0,484 C-50,482 -78,430 -84,354'), {
      colour: cloth.base,
      width: 11,
    }),
    stroke(path('M128,368 C130,420 134,470 158,520'), {
      colour: cloth.shade,
      width: 14,
      opacity: 0.35,
    }),
    stroke(path('M128,368 C130,420 134,470 158,520'), { colour: cloth.base, width: 10 }),
    stroke(path('M-128,368 C-130,420 -134,470 -158,520'), {
      colour: cloth.shade,
      width: 14,
      opacity: 0.3,
    }),
    stroke(path('M-128,368 C-130,420 -134,470 -158,520'), { colour: cloth.base, width: 10 }),
    stroke(path('M-154,790 C-100,806 100,806 154,790'), {
      colour: cloth.shade,
      width: 2,
      opacity: 0.8,
    }),
    '<rect x="280" y="340" width="340" height="490" filter="url(#weave)" opacity="0.22"/>',
  );
};

const eye = (): string => {
  const almond = path('M15,198 C23,184 41,182 54,194 C43,206 25,207 15,198 Z');
  return (
    ellipse([middle + 35, 192], [24, 13], { colour: skin.shade, soft: 6, opacity: 0.5 }) +
    shaded(
      'eye',
      almond,
      '#f2ece6',
      ellipse([middle + 34.5, 194.5], [10.4, 10.4], { colour: '#4a3426' }),
      ellipse([middle + 34.5, 194.5], [5, 5], { colour: '#140d0a' }),
      ellipse([middle + 31.5, 191.5], [2.4, 2.4], { colour: '#ffffff', opacity: 0.9 }),
      stroke(path('M15,194 C24,184 40,182 54,192'), {
        colour: '#3a241b',
        width: 6,
        soft: 2,
        opacity: 0.5,
      }),
    ) +
    stroke(path('M14,198 C23,183 42,181 56,193'), { colour: '#2a1812', width: 3.2 }) +
    stroke(path('M52,192 C55,191 58,190 60,188'), { colour: '#2a1812', width: 2.2 }) +
    stroke(path('M20,200 C30,206 42,204 50,197'), { colour: skin.deep, width: 1.3, opacity: 0.7 }) +
    stroke(path('M18,186 C27,178 42,177 54,184'), {
      colour: skin.deep,
      width: 1.6,
      soft: 1,
      opacity: 0.6,
    }) +
    area(path('M13,170 C28,162 46,161 63,172 C48,168 30,168 14,176 Z'), {
      colour: hair.base,
      opacity: 0.88,
    })
  );
};

const face = (): string => {
  const outline = both('M0,92 C46,92 80,130 81,186 C82,226 74,256 56,280 C40,298 20,308 0,308');
  return (
    mirrored(middle, ear()) +
    ear() +
    shaded(
      'face',
      outline,
      skin.base,
      ellipse([middle - 12, 140], [52, 34], { colour: skin.light, soft: 18, opacity: 0.75 }),
      ellipse([middle - 46, 226], [22, 18], { colour: skin.light, soft: 12, opacity: 0.6 }),
      ellipse([middle + 44, 228], [20, 16], { colour: skin.light, soft: 12, opacity: 0.35 }),
      ellipse([middle - 48, 238], [22, 14], { colour: skin.blush, soft: 12, opacity: 0.35 }),
      ellipse([middle + 48, 238], [22, 14], { colour: skin.blush, soft: 12, opacity: 0.35 }),
      stroke(path('M84,150 C88,220 76,262 44,296'), {
        colour: skin.shade,
        width: 30,
        soft: 12,
        opacity: 0.75,
      }),
      stroke(path('M-84,150 C-88,220 -76,262 -44,296'), {
        colour: skin.shade,
        width: 16,
        soft: 9,
        opacity: 0.5,
      }),
      stroke(path('M-36,306 C-16,314 16,314 36,306'), {
        colour: skin.shade,
        width: 12,
        soft: 6,
        opacity: 0.6,
      }),
      ellipse([middle, 292], [16, 8], { colour: skin.light, soft: 6, opacity: 0.5 }),
      area(path('M-86,60 L86,60 L86,190 C74,150 60,124 0,118 C-60,124 -74,150 -86,190 Z'), {
        colour: skin.deep,
        soft: 12,
        opacity: 0.35,
      }),
    ) +
    mirrored(middle, eye()) +
    eye().replaceAll('"eye"', '"eye-right"').replaceAll('#eye)', '#eye-right)') +
    nose() +
    mouth()
  );
};

const ear = (): string =>
  ellipse([middle + 83, 208], [11, 25], { colour: skin.base }) +
  ellipse([middle + 85, 208], [5, 15], { colour: skin.shade, soft: 3, opacity: 0.7 }) +
  ellipse([middle + 84, 240], [3.2, 3.2], { colour: '#e8c987' });

const nose = (): string =>
  stroke(path('M-3,188 C-4,208 -4,222 -2,236'), {
    colour: skin.light,
    width: 9,
    soft: 4,
    opacity: 0.8,
  }) +
  stroke(path('M9,182 C10,206 12,222 15,236'), {
    colour: skin.shade,
    width: 7,
    soft: 4,
    opacity: 0.6,
  }) +
  stroke(path('M-15,240 C-10,248 -5,245 0,248 C5,245 11,248 16,240'), {
    colour: skin.deep,
    width: 3,
    soft: 1,
    opacity: 0.65,
  }) +
  stroke(path('M-17,236 C-19,241 -17,245 -13,246'), {
    colour: skin.shade,
    width: 3,
    soft: 1,
    opacity: 0.8,
  }) +
  stroke(path('M17,236 C19,241 17,245 13,246'), {
    colour: skin.shade,
    width: 3,
    soft: 1,
    opacity: 0.8,
  }) +
  ellipse([middle - 1, 238], [6, 5], { colour: skin.light, soft: 3, opacity: 0.8 });

const mouth = (): string =>
  area(path('M-30,268 C-17,264 -7,261 0,264 C7,261 17,264 30,268 C15,273 -15,273 -30,268 Z'), {
    colour: '#a3524a',
  }) +
  area(path('M-30,268 C-15,273 15,273 30,268 C20,282 9,286 0,286 C-9,286 -20,282 -30,268 Z'), {
    colour: '#bd6a60',
  }) +
  stroke(path('M-33,266 C-16,274 16,274 33,266'), { colour: '#5d2a26', width: 2, opacity: 0.8 }) +
  ellipse([middle - 3, 279], [10, 3], { colour: '#e2a196', soft: 2, opacity: 0.8 }) +
  stroke(path('M-14,293 C-6,296 6,296 14,293'), {
    colour: skin.shade,
    width: 5,
    soft: 3,
    opacity: 0.6,
  });

const hairBehind = (): string =>
  shaded(
    'bun',
    path('M-40,62 C-44,24 -20,8 2,8 C28,8 46,28 40,62 Z'),
    hair.base,
    stroke(path('M-30,48 C-22,22 14,14 30,44'), {
      colour: hair.light,
      width: 8,
      soft: 4,
      opacity: 0.7,
    }),
    stroke(path('M-40,64 C-10,50 20,52 42,64'), {
      colour: hair.dark,
      width: 14,
      soft: 5,
      opacity: 0.8,
    }),
  ) +
  area(path('M-84,196 C-94,116 -58,54 0,54 C58,54 94,116 84,196 L70,200 L-70,200 Z'), {
    colour: hair.dark,
  });

const hairInFront = (): string => {
  const outline = path(
    'M-87,196 C-99,108 -58,50 0,50 C58,50 99,108 87,196 L80,196 C79,172 74,150 62,134 C46,116 22,109 -8,110 C-32,112 -54,122 -64,138 C-75,154 -79,174 -80,196 Z',
  );
  const strand = (line: string, colour: string, width: number, opacity: number): string =>
    stroke(path(line), { colour, width, soft: 2, opacity });
  return shaded(
    'hair',
    outline,
    hair.base,
    strand('M-8,104 C-40,96 -70,116 -84,176', hair.light, 5, 0.55),
    strand('M-8,92 C-46,82 -80,110 -88,168', hair.light, 4, 0.45),
    strand('M-6,78 C-50,66 -84,100 -92,150', hair.light, 6, 0.35),
    strand('M0,102 C40,92 72,116 84,176', hair.light, 4, 0.4),
    strand('M2,84 C50,72 84,104 90,158', hair.light, 4, 0.3),
    strand('M-8,106 C-6,88 -4,70 0,52', hair.dark, 5, 0.8),
    strand('M-10,108 C-44,104 -70,126 -84,190', hair.dark, 5, 0.6),
    strand('M-6,106 C44,100 72,126 85,190', hair.dark, 6, 0.7),
    strand('M0,66 C54,58 92,100 96,170', hair.dark, 12, 0.4),
  );
};

const definitions = [
  gradient('wall', '#e4e0da', '#d6d1ca', '#c3bdb5'),
  gradient('denim', '#7d99b8', denim.base, '#64819f'),
  grain('weave', 0.9, 0.35),
  grain('film', 0.8, 0.1),
].join('');

const drawing = [
  '<rect width="900" height="1200" fill="url(#wall)"/>',
  ellipse([middle - 60, 480], [420, 460], { colour: '#f1eeea', soft: 40, opacity: 0.5 }),
  area(path('M-190,420 C-250,640 -280,900 -240,1210 L330,1210 C340,900 300,560 230,430 Z'), {
    colour: '#7f766c',
    soft: 40,
    opacity: 0.3,
  }),
  hairBehind(),
  trunk,
  mirrored(middle, hand() + arm('left', 0.4)),
  hand() + arm('right', 0.6),
  jeans(),
  tank(),
  face(),
  hairInFront(),
  '<rect width="900" height="1200" filter="url(#film)"/>',
].join('');

/** 900 x 1200 pixels. */
export const personSvg = picture(900, 1200, definitions, drawing);
