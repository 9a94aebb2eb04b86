import { afterAll, describe, expect, it } from 'vitest';
import {
  drawGarmentPhoto,
  type DrawnGarment,
  type GarmentDrawing,
} from '../../../test/garments.ts';
import { drawAccessoryPhoto } from '../../../test/accessories.ts';
import { distance, type Vec } from '../../geometry/vector.ts';
import { overlap } from '../../../test/overlap.ts';
import { openNets } from '../../nets/open-nets.ts';
import type { RgbImage } from '../../pixels/image.ts';
import type { TopReading } from '../garment.ts';
import { sides } from '../person.ts';
import { drawGarment } from '../debug/garment.ts';
import { readGarment } from './read-garment.ts';

const nets = openNets();
afterAll(() => nets.close());

async function read(
  drawing: GarmentDrawing,
): Promise<{ drawn: DrawnGarment; reading: TopReading }> {
  const drawn = await drawGarmentPhoto(drawing);
  const answer = await readGarment(drawn.image, nets);
  if (!answer.ok) throw new Error(answer.problem.message);
  if (answer.value.shape !== 'top') throw new Error('the garment was not read as a top');
  return { drawn, reading: answer.value };
}

/** Greatest distance of a landmark from the truth, over the garment's height, and its name. */
function worst({ drawn, reading }: { drawn: DrawnGarment; reading: TopReading }): {
  name: string;
  error: number;
} {
  const errors: { name: string; error: number }[] = [];
  const compare = (name: string, found: Vec, truth: Vec): void => {
    errors.push({ name, error: distance(found, truth) / drawn.height });
  };
  for (const side of sides) {
    const found = reading.landmarks[side];
    const truth = drawn.sides[side];
    compare(`${side} neck point`, found.neckPoint, truth.neckPoint);
    compare(`${side} shoulder tip`, found.shoulderTip, truth.shoulderTip);
    compare(`${side} armpit`, found.armpit, truth.armpit);
    compare(`${side} hem corner`, found.edge.at(-1) ?? [0, 0], truth.hem);
    if (truth.cuff) compare(`${side} cuff`, found.sleeve?.axis.at(-1) ?? [0, 0], truth.cuff);
  }
  const lowest = reading.landmarks.neckline.curve.reduce((a, b) => (b[1] > a[1] ? b : a));
  compare('neckline', lowest, drawn.neckBottom);
  return errors.reduce((a, b) => (b.error > a.error ? b : a));
}

const patterned: readonly GarmentDrawing[] = [
  { neck: 'v', pattern: 'blotches', cloth: '#c9a070', lining: 'pale', label: true },
  { neck: 'round', pattern: 'stripes', sleeves: 'none' },
  { neck: 'square', pattern: 'checks', sleeves: 'long' },
  { neck: 'boat', pattern: 'blotches', cloth: '#c9a070' },
];

const tops: readonly (readonly [string, GarmentDrawing])[] = [
  ['a tee', {}],
  ['a printed tee', { print: true, cloth: '#1b1b1f' }],
  ['a white tee on white', { cloth: '#fbfbfa', backdrop: '#ffffff', shadow: 0.12 }],
  ['a long-sleeved top', { sleeves: 'long', cloth: '#7a2740' }],
  ['a tank top', { sleeves: 'none', cloth: '#c9a227' }],
  ['a V-neck tee', { neck: 'v', cloth: '#3c6e47' }],
  ['a turned tee', { tilt: 7 }],
  ['a top with one sleeve lower', { droop: 24, cloth: '#555a66' }],
  ['a dress', { body: 'dress', cloth: '#8e44ad' }],
  ['a sleeveless dress', { body: 'dress', sleeves: 'none', cloth: '#b03a2e' }],
];

describe('reading a garment', () => {
  it.each(tops)('finds the landmarks of %s within 3 % of its height', async (_, drawing) => {
    const result = await read(drawing);
    const { name, error } = worst(result);
    expect(error, name).toBeLessThan(0.03);
    expect(overlap(result.reading.matte, result.drawn.share)).toBeGreaterThan(0.97);
    expect(result.reading.kind.value).toBe(drawing.body ?? 'top');
    expect(result.reading.photo.value).toBe('flat-lay');
  });

  it.each(['none', 'short', 'long'] as const)('calls %s sleeves by their name', async (sleeves) => {
    const { reading } = await read({ sleeves });
    for (const side of sides) {
      expect(reading.landmarks[side].sleeve?.class ?? 'none').toBe(sleeves);
    }
  });

  it('leaves the inner back out of the front', async () => {
    const { reading, drawn } = await read({});
    const { width } = reading.image;
    const middle = (drawn.sides.left.neckPoint[0] + drawn.sides.right.neckPoint[0]) / 2;
    const at = (y: number): number => Math.round(y) * width + Math.round(middle);
    expect(reading.front.data[at(drawn.neckBottom[1] - 15)]).toBe(0);
    expect(reading.matte.data[at(drawn.neckBottom[1] - 15)]).toBe(1);
    expect(reading.front.data[at(drawn.neckBottom[1] + 15)]).toBe(1);
  });

  it('keeps soft shadows out of the matte', async () => {
    const { reading, drawn } = await read({ shadow: 0.45 });
    expect(overlap(reading.matte, drawn.share)).toBeGreaterThan(0.97);
  });

  it.each(['trousers', 'skirt'] as const)('tells %s from tops', async (body) => {
    const drawn = await drawGarmentPhoto({ body, sleeves: 'none' });
    const answer = await readGarment(drawn.image, nets);
    if (!answer.ok) throw new Error(answer.problem.message);
    expect(answer.value.shape).toBe('bottom');
    expect(answer.value.kind.value).toBe(body === 'trousers' ? 'bottom' : 'skirt');
  });

  it.each(['hat', 'bag', 'shoes', 'glasses', 'scarf'] as const)(
    'reads %s as an accessory, or refuses them by name',
    async (cut) => {
      const { image } = await drawAccessoryPhoto(cut);
      const answer = await readGarment(image, nets);
      if (answer.ok)
        expect(answer.value).toMatchObject({ shape: 'accessory', form: { what: cut } });
      else expect(answer.problem.message).toContain(cut);
      const announced = await readGarment(image, nets, { expected: 'tops' });
      expect(!announced.ok && announced.problem.message).toMatch(/an accessory/);
    },
  );

  it.each(patterned)('finds the $neck neckline of $pattern cloth', async (drawing) => {
    const { drawn, reading } = await read(drawing);
    const { curve } = reading.landmarks.neckline;
    const off = Math.min(...curve.map((p) => distance(p, drawn.neckBottom)));
    expect(off / drawn.height).toBeLessThan(0.03);
  });

  it.each<readonly [string, GarmentDrawing]>([
    [
      'a V whose arms bulge, each its own way',
      { neck: 'bulging v', lining: 'pale', label: true, cloth: '#7a2740' },
    ],
    [
      'such a V in patterned cloth',
      { neck: 'bulging v', pattern: 'blotches', lining: 'pale', cloth: '#c9a070' },
    ],
    ['a band around it, above the label', { band: true, label: true, cloth: '#00a08a' }],
  ])('follows the edge of an opening with %s', async (_, drawing) => {
    const { drawn, reading } = await read(drawing);
    const { curve, confidence } = reading.landmarks.neckline;
    const off = drawn.neckEdge.map((p) => Math.min(...curve.map((q) => distance(p, q))));
    expect(Math.max(...off.slice(4, -4)) / drawn.height).toBeLessThan(0.012);
    expect(confidence).toBeGreaterThan(0.3);
  });

  it('refuses a garment that the edge of the picture cuts off', async () => {
    const { image } = await drawGarmentPhoto({ body: 'dress' });
    const { width, height, data } = image;
    const rows = Math.round(0.75 * height);
    const cropped = { width, height: rows, data: data.slice(0, width * rows * 3) };
    const answer = await readGarment(cropped, nets);
    expect(answer).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('at its bottom side') },
    });
  });

  it('gives the same reading for the same picture', async () => {
    const drawn = await drawGarmentPhoto({ print: true });
    const [first, second] = [
      await readGarment(drawn.image, nets),
      await readGarment(drawn.image, nets),
    ];
    if (!first.ok || !second.ok) throw new Error('the tee was refused');
    if (first.value.shape !== 'top' || second.value.shape !== 'top') throw new Error('no top');
    expect(first.value.landmarks).toEqual(second.value.landmarks);
    expect(first.value.front.data).toEqual(second.value.front.data);
  });

  it('uses a transparency of its own instead of guessing', async () => {
    const drawn = await drawGarmentPhoto({});
    const answer = await readGarment(drawn.image, nets, { alpha: drawn.share });
    expect(answer.ok && answer.value.matte).toBe(drawn.share);
  });

  it.each([
    ['an empty picture', plain(200, 200, 255)],
    ['a black picture', plain(300, 120, 0)],
    ['noise', noise(200, 160)],
    ['a tiny picture', plain(9, 7, 128)],
    ['a thin picture', plain(1000, 50, 200)],
  ])('refuses %s without falling over', async (_, image) => {
    const answer = await readGarment(image, nets);
    if (!answer.ok) expect(answer.problem.message).toMatch(/garment/);
    else expect(Number.isFinite(answer.value.kind.confidence)).toBe(true);
  });

  it('draws what it read', async () => {
    const { reading } = await read({});
    const picture = drawGarment(reading);
    expect(picture.data.length).toBe(reading.image.data.length);
    expect(picture.data).not.toEqual(reading.image.data);
  });
});

function plain(width: number, height: number, value: number): RgbImage {
  return { width, height, data: new Uint8Array(width * height * 3).fill(value) };
}

function noise(width: number, height: number): RgbImage {
  const image = plain(width, height, 0);
  for (let i = 0; i < image.data.length; i++)
    image.data[i] = (Math.imul(i, 2654435761) >>> 13) & 255;
  return image;
}
