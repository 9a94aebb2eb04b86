import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFigure, type Figure, type FigureOptions, figureParts } from '../../../test/figures.ts';
import { distance, mix, toSegment } from '../../geometry/vector.ts';
import { type Nets, openNets } from '../../nets/open-nets.ts';
import type { Mask, Plane, RgbImage } from '../../pixels/image.ts';
import { randomFrom } from '../../pixels/random.ts';
import { drawPerson } from '../debug/person.ts';
import { type PersonReading, partNames } from '../person.ts';
import { readPerson } from './read-person.ts';

const figures: Record<string, FigureOptions> = {
  'in tee and trousers': {},
  'with long hair over the shoulders, in a white tank on a light ground': {
    top: 'tank',
    topColour: '#f2f2f0',
    skin: '#e6bd9f',
    hair: '#8a5a33',
    longHair: true,
    bottomColour: '#7fa3cf',
  },
  'of dark skin, in crop top and skirt': {
    top: 'crop',
    topColour: '#e2c24a',
    skin: '#6a4330',
    hair: '#1d1512',
    bottom: 'skirt',
    bottomColour: '#efe9dd',
  },
  'in long sleeves and shorts': {
    top: 'long',
    topColour: '#8c2f39',
    bottom: 'shorts',
    bottomColour: '#c9b48f',
  },
  'with arms before the hips, in a dress, before a strong gradient': {
    top: 'dress',
    topColour: '#2d4a86',
    skin: '#efcdb3',
    hair: '#b98d55',
    arms: 'down',
    backdrop: ['#7d8a99', '#c9b6a2'],
  },
  'of dark skin with a hand on the hip, in beige long sleeves and trousers': {
    top: 'long',
    topColour: '#cdb59a',
    skin: '#6a4330',
    hair: '#1d1512',
    arms: 'hip',
    backdrop: ['#f4f4f4', '#f4f4f4'],
  },
  'with a bag on a strap, arms apart, in a white tee and a skirt': {
    topColour: '#f2f2f0',
    bottom: 'skirt',
    arms: 'apart',
    worn: ['bag'],
  },
  'in a white tank tucked into light shorts, a hand on the hip': {
    top: 'tank',
    topColour: '#f2f2f0',
    tucked: true,
    bottom: 'shorts',
    bottomColour: '#c9b48f',
    arms: 'hip',
    backdrop: ['#7d8a99', '#c9b6a2'],
  },
};

let nets: Nets;
const read: Record<string, { options: FigureOptions; figure: Figure; reading: PersonReading }> = {};

beforeAll(async () => {
  nets = openNets();
  for (const [name, options] of Object.entries(figures)) {
    const figure = await drawFigure(options);
    read[name] = { options, figure, reading: await readingOf(figure.image) };
  }
}, 120_000);

afterAll(async () => {
  await nets.close();
});

async function readingOf(image: RgbImage): Promise<PersonReading> {
  const result = await readPerson(image, nets);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const raw = ({ data, width, height }: RgbImage): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

async function pixelsOf(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

async function problemOf(image: RgbImage): Promise<string> {
  const result = await readPerson(image, nets);
  return result.ok ? 'none' : result.problem.kind;
}

/** Shared over joined area of what is drawn and what is read with more than half a share. */
function agreement(truth: readonly Mask[], planes: readonly Plane[]): number {
  let shared = 0;
  let joined = 0;
  for (let i = 0; i < truth[0].data.length; i++) {
    const drawn = truth.some((mask) => mask.data[i] === 1);
    const seen = planes.reduce((sum, plane) => sum + plane.data[i], 0) > 0.5;
    if (drawn && seen) shared++;
    if (drawn || seen) joined++;
  }
  return shared / joined;
}

const plain = (width: number, height: number, value: number): RgbImage => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
});

function noise(width: number, height: number): RgbImage {
  const random = randomFrom(7);
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, () => random() * 256),
  };
}

function sideBySide(a: RgbImage, b: RgbImage): RgbImage {
  const width = a.width + b.width;
  const data = new Uint8Array(width * a.height * 3);
  for (let y = 0; y < a.height; y++) {
    data.set(a.data.subarray(y * a.width * 3, (y + 1) * a.width * 3), y * width * 3);
    data.set(b.data.subarray(y * b.width * 3, (y + 1) * b.width * 3), (y * width + a.width) * 3);
  }
  return { width, height: a.height, data };
}

describe.each(Object.keys(figures))('a figure %s', (name) => {
  it('is separated from its ground', () => {
    const { figure, reading } = read[name];
    const all = figureParts.map((part) => figure.truth[part]);
    expect(agreement(all, [reading.matte])).toBeGreaterThan(0.96);
  });

  it('is divided into clothes, skin and hair', () => {
    const { options, figure, reading } = read[name];
    const { truth } = figure;
    const { parts } = reading;
    const skin = [parts.face, parts.neck, parts.leftArm, parts.rightArm, parts.legs];
    const cloth = [parts.upperGarment, parts.lowerGarment];
    expect(agreement([truth.upper, truth.lower], cloth)).toBeGreaterThan(0.92);
    // A dress has no border at the waist to be found.
    if (options.top !== 'dress') {
      expect(agreement([truth.upper], [parts.upperGarment])).toBeGreaterThan(0.92);
      expect(agreement([truth.lower], [parts.lowerGarment])).toBeGreaterThan(0.9);
    }
    expect(agreement([truth.face, truth.neck, truth.arms, truth.legs], skin)).toBeGreaterThan(0.95);
    expect(agreement([truth.hair], [parts.hair])).toBeGreaterThan(0.9);
    expect(agreement([truth.arms], [parts.leftArm, parts.rightArm])).toBeGreaterThan(0.8);
    expect(agreement([truth.shoes], [parts.shoes])).toBeGreaterThan(0.9);
    if (options.worn) {
      expect(agreement([truth.accessory], [parts.accessory])).toBeGreaterThan(0.9);
    }
  });

  it('wears what was drawn', () => {
    const { options, reading } = read[name];
    const dressed = options.top === 'dress';
    const { onePiece, lower } = reading.clothes;
    expect(onePiece.value).toBe(dressed);
    expect(lower.value).toBe(dressed ? 'skirt' : (options.bottom ?? 'trousers'));
    expect(Math.min(onePiece.confidence, lower.confidence)).toBeGreaterThan(0.6);
    expect(Math.max(onePiece.confidence, lower.confidence)).toBeLessThan(1);
  });

  it('has its joints where they were drawn', () => {
    const { joints } = read[name].figure;
    const { pose } = read[name].reading;
    const { left, right } = pose.arms;
    expect(pose.facing).toBe('front');
    expect(pose.seated).toBe(false);
    expect(Math.abs(pose.yaw)).toBeLessThan(25);
    expect(distance(left.root.at, joints.leftShoulder)).toBeLessThan(20);
    expect(distance(right.root.at, joints.rightShoulder)).toBeLessThan(20);
    expect(distance(left.middle.at, joints.leftElbow)).toBeLessThan(35);
    // Without knuckles a drawn wrist is known across the forearm, and roughly along it.
    const { rightElbow, rightWrist } = joints;
    const forearm = toSegment(
      right.end.at,
      mix(rightElbow, rightWrist, 0.7),
      mix(rightElbow, rightWrist, 1.5),
    );
    expect(forearm.distance).toBeLessThan(20);
    expect(distance(pose.legs.left.root.at, joints.leftHip)).toBeLessThan(25);
    expect(distance(pose.chin, [300, 194])).toBeLessThan(15);
  });

  it('gets shares that sum to 1 everywhere', () => {
    const { parts } = read[name].reading;
    let worst = 0;
    for (let i = 0; i < parts.hair.data.length; i++) {
      const sum = partNames.reduce((total, part) => total + parts[part].data[i], 0);
      worst = Math.max(worst, Math.abs(sum - 1));
    }
    expect(worst).toBeLessThan(1e-4);
  });
});

describe('reading a person', () => {
  it('finds the skin tone that was drawn', () => {
    const dark = read['of dark skin, in crop top and skirt'].reading.skin;
    const light = read['in tee and trousers'].reading.skin;
    expect(dark.confidence).toBeGreaterThan(0.9);
    expect(dark.tone[0]).toBeLessThan(40);
    expect(light.tone[0]).toBeGreaterThan(60);
  });

  it('says the same of the same picture', async () => {
    const { figure, reading } = read['in tee and trousers'];
    const again = await readingOf(figure.image);
    expect(again.pose).toEqual(reading.pose);
    expect(again.matte).toEqual(reading.matte);
    expect(again.parts).toEqual(reading.parts);
  }, 30_000);

  it('is drawn in three panels', () => {
    const { reading } = read['in tee and trousers'];
    const drawing = drawPerson(reading);
    expect([drawing.width, drawing.height]).toEqual([1800, 900]);
    expect(drawing.data.some((value) => value > 0)).toBe(true);
  });

  it('refuses two people of like size', async () => {
    const first = read['in tee and trousers'].figure.image;
    const second = read['in long sleeves and shorts'].figure.image;
    expect(await problemOf(sideBySide(first, second))).toBe('several-people');
  }, 30_000);

  it.each([
    ['of head and shoulders', { left: 150, top: 20, width: 300, height: 250 }],
    ['of the left half', { left: 0, top: 0, width: 300, height: 900 }],
  ])(
    'refuses a cutting %s, and says what to do instead',
    async (_, cutting) => {
      const { image } = read['in tee and trousers'].figure;
      const result = await readPerson(await pixelsOf(raw(image).extract(cutting)), nets);
      if (result.ok) throw new Error('a person was read');
      expect(result.problem.kind).toBe('unsuitable-pose');
      expect(result.problem.message).toMatch(/Use /);
    },
    30_000,
  );

  it('refuses a photo that lies on its side', async () => {
    const { image } = read['in tee and trousers'].figure;
    expect(await problemOf(await pixelsOf(raw(image).rotate(90)))).toBe('unsuitable-pose');
  }, 30_000);

  it('doubts what a photo that ends at the ribs will show, and knows nothing of what is below', async () => {
    const { image } = read['in tee and trousers'].figure;
    const bust = { left: 100, top: 20, width: 400, height: 350 };
    const { clothes, doubts } = await readingOf(await pixelsOf(raw(image).extract(bust)));
    expect(clothes.lower.value).toBe('unseen');
    expect(doubts.join(' ')).toMatch(/ends above the hips/);
  }, 30_000);

  it.each([
    ['a blank picture', plain(300, 400, 255)],
    ['noise', noise(300, 400)],
    ['a very wide strip', noise(900, 50)],
    ['a very tall strip', plain(50, 900, 90)],
    ['a picture of a few pixels', plain(4, 3, 20)],
  ])(
    'finds no person in %s',
    async (_, image) => {
      expect(await problemOf(image)).toBe('no-person');
    },
    30_000,
  );
});
