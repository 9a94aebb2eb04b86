import { cloth, denim, middle, path } from './person-palette.ts';
import { ellipse, shaded, stroke } from './svg.ts';

export const jeans = (): string => {
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

export const tank = (): string => {
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
