import { both, hair, middle, path, skin } from './person-palette.ts';
import { area, ellipse, mirrored, shaded, stroke } from './svg.ts';

export const face = (): string => {
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

export const hairBehind = (): string =>
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

export const hairInFront = (): string => {
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
