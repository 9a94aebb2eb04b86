import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import type { Pixels } from '../src/index.ts';
import { randomFrom } from '../src/pixels/random.ts';
import { drawFigure } from './figures.ts';
import { drawGarmentPhoto } from './garments.ts';

/** Pictures that nobody should send as a person or a garment, and that somebody will. */
export interface OddPicture {
  readonly name: string;
  readonly pixels: Pixels;
}

/** A hundred of them; the same ones each time. */
export async function drawOddPictures(): Promise<readonly OddPicture[]> {
  return [
    ...(await surfaces()),
    ...(await shapes()),
    ...(await spoilt('figure', await figure(), figureSpoilers)),
    ...(await spoilt('tee', await tee(), teeSpoilers)),
    ...(await crowds()),
    ...(await animals()),
  ];
}

const figure = async (): Promise<Sharp> => raw((await drawFigure({ top: 'tee' })).image);
const tee = async (): Promise<Sharp> => raw((await drawGarmentPhoto({})).image);

const raw = ({ data, width, height }: Omit<Pixels, 'channels' | 'hash'>): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

async function odd(name: string, picture: Sharp): Promise<OddPicture> {
  const { data, info } = await picture
    .clone()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new Error(`${name} has ${channels} channels`);
  const hash = createHash('sha256').update(name).update(data).digest('hex');
  return { name, pixels: { width, height, channels, data, hash } };
}

/** Nothing at all in many sizes: one colour, noise of several grains, ramps, checks. */
async function surfaces(): Promise<readonly OddPicture[]> {
  const sizes = [
    [1, 1],
    [2, 300],
    [16, 16],
    [64, 48],
    [400, 80],
    [90, 450],
    [360, 480],
  ] as const;
  const pictures: OddPicture[] = [];
  for (const [width, height] of sizes) {
    const random = randomFrom(width * 7 + height);
    const of = (value: (x: number, y: number) => number): Sharp => {
      const data = new Uint8Array(width * height * 3);
      for (let i = 0; i < data.length; i++) {
        const pixel = Math.floor(i / 3);
        data[i] = value(pixel % width, Math.floor(pixel / width));
      }
      return raw({ width, height, data });
    };
    const kinds = {
      black: () => 0,
      white: () => 255,
      noise: () => Math.floor(random() * 256),
      'faint noise': () => 120 + Math.floor(random() * 8),
      ramp: (x: number) => Math.floor((255 * x) / width),
      checks: (x: number, y: number) => (((x >> 3) + (y >> 3)) % 2) * 255,
    };
    for (const [kind, value] of Object.entries(kinds)) {
      pictures.push(await odd(`${kind} ${width}x${height}`, of(value)));
    }
  }
  return pictures;
}

/** Drawn things that are neither: circles, words, a stick figure, an empty frame, a shoe box. */
async function shapes(): Promise<readonly OddPicture[]> {
  const drawings = {
    circle: '<circle cx="180" cy="240" r="120" fill="#c33"/>',
    'two circles':
      '<circle cx="90" cy="240" r="70" fill="#383"/><circle cx="270" cy="240" r="70" fill="#338"/>',
    'stick figure':
      '<g stroke="#111" stroke-width="8" fill="none"><circle cx="180" cy="90" r="40"/><path d="M180 130V300M180 180L90 240M180 180L270 240M180 300L110 450M180 300L250 450"/></g>',
    frame:
      '<rect x="6" y="6" width="348" height="468" fill="none" stroke="#222" stroke-width="12"/>',
    box: '<path d="M60 200L200 150L310 190L310 330L170 390L60 340Z" fill="#b58b5a"/><path d="M60 200L170 245L310 190" fill="none" stroke="#7a5a33" stroke-width="4"/>',
    'thin line': '<path d="M20 20L340 460" stroke="#000" stroke-width="1"/>',
    triangle: '<path d="M180 60L320 420L40 420Z" fill="#e2b100"/>',
    stripes: Array.from(
      { length: 24 },
      (_, k) => `<rect x="0" y="${k * 20}" width="360" height="10" fill="#274690"/>`,
    ).join(''),
  };
  return await Promise.all(
    Object.entries(drawings).map(([name, drawing]) =>
      odd(name, fromSvg(360, 480, `<rect width="360" height="480" fill="#f4f2ee"/>${drawing}`)),
    ),
  );
}

const fromSvg = (width: number, height: number, drawing: string): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawing}</svg>`,
    ),
  ).removeAlpha();

type Spoiler = (picture: Sharp) => Promise<Sharp> | Sharp;

async function spoilt(
  what: string,
  picture: Sharp,
  spoilers: Readonly<Record<string, Spoiler>>,
): Promise<readonly OddPicture[]> {
  const png = await picture.png().toBuffer();
  return await Promise.all(
    Object.entries(spoilers).map(async ([how, spoil]) =>
      odd(`${what}, ${how}`, await settled(await spoil(sharp(png)))),
    ),
  );
}

/** Cropping after turning is a second pass in libvips. */
const settled = async (picture: Sharp): Promise<Sharp> => sharp(await picture.png().toBuffer());

const crop =
  (left: number, top: number, width: number, height: number): Spoiler =>
  async (picture) => {
    const { width: across, height: down } = await picture.metadata();
    return picture.extract({
      left: Math.round(left * across),
      top: Math.round(top * down),
      width: Math.round(width * across),
      height: Math.round(height * down),
    });
  };

const anySpoilers = {
  'upside down': (picture) => picture.rotate(180),
  'lying on its side': (picture) => picture.rotate(90),
  'turned by 35 degrees': (picture) => picture.rotate(35, { background: '#ddd' }),
  'in negative': (picture) => picture.negate({ alpha: false }),
  'out of focus': (picture) => picture.blur(30),
  'almost black': (picture) => picture.linear(0.05, 2),
  'almost white': (picture) => picture.linear(0.06, 238),
  grey: (picture) => picture.greyscale(),
  'five times as wide': (picture) => picture.resize(1000, 200, { fit: 'fill' }),
  'five times as tall': (picture) => picture.resize(160, 800, { fit: 'fill' }),
  'a speck in an empty room': (picture) =>
    picture
      .resize(30, 45, { fit: 'fill' })
      .extend({ left: 300, right: 300, top: 400, bottom: 300, background: '#eee' }),
  'the left half': crop(0, 0, 0.5, 1),
  'the right third': crop(0.67, 0, 0.33, 1),
  'the top fifth': crop(0, 0, 1, 0.2),
  'the bottom third': crop(0, 0.67, 1, 0.33),
  'only the middle': crop(0.35, 0.35, 0.3, 0.3),
  'of very few pixels': (picture) => picture.resize(40, 60, { fit: 'fill' }),
  transparent: (picture) => picture.ensureAlpha(0),
} as const satisfies Record<string, Spoiler>;

const figureSpoilers = {
  ...anySpoilers,
  'without a head': crop(0, 0.24, 1, 0.76),
  'only legs': crop(0, 0.52, 1, 0.48),
  'only a face': crop(0.36, 0.05, 0.28, 0.16),
} as const satisfies Record<string, Spoiler>;

const teeSpoilers = {
  ...anySpoilers,
  'without its hem': crop(0, 0, 1, 0.55),
  'without a sleeve': crop(0.3, 0, 0.7, 1),
} as const satisfies Record<string, Spoiler>;

/** Several people, near and far. */
async function crowds(): Promise<readonly OddPicture[]> {
  const one = await (await figure()).png().toBuffer();
  const row = async (count: number, width: number): Promise<OddPicture> => {
    const height = Math.round(width * 1.5);
    const small = await sharp(one).resize(width, height, { fit: 'fill' }).toBuffer();
    const room = sharp({
      create: { width: count * width, height, channels: 3, background: '#dcdad6' },
    });
    const people = Array.from({ length: count }, (_, k) => ({
      input: small,
      left: k * width,
      top: 0,
    }));
    return await odd(`${count} people in a row`, await settled(room.composite(people)));
  };
  return [await row(2, 260), await row(3, 200), await row(6, 120)];
}

/** A cat, a horse and a fish, in silhouette and in colour. */
async function animals(): Promise<readonly OddPicture[]> {
  const drawings = {
    cat: '<path d="M120 210L130 120L165 165H215L250 120L258 210C275 260 270 400 260 430H120C105 390 105 260 120 210Z"/><path d="M258 400C330 420 330 320 300 290" fill="none" stroke-width="16"/>',
    horse:
      '<path d="M60 200C60 150 110 150 150 165H250L290 90L320 100L335 150L305 160L290 215V400H265V280H130V400H105V270C70 260 60 240 60 200Z"/>',
    fish: '<path d="M40 240C90 150 220 150 270 230L330 180V300L270 250C220 330 90 330 40 240Z"/>',
  };
  const colours = { dark: '#201c1a', ginger: '#c9752f' };
  return await Promise.all(
    Object.entries(drawings).flatMap(([animal, path]) =>
      Object.entries(colours).map(([colour, fill]) =>
        odd(
          `a ${colour} ${animal}`,
          fromSvg(
            360,
            480,
            `<rect width="360" height="480" fill="#d9e2dc"/><g fill="${fill}" stroke="${fill}">${path}</g>`,
          ),
        ),
      ),
    ),
  );
}
