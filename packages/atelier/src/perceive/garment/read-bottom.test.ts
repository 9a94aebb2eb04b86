import { afterAll, describe, expect, it } from 'vitest';
import { type BottomDrawing, drawBottomPhoto, type DrawnBottom } from '../../../test/bottoms.ts';
import { drawGarmentPhoto } from '../../../test/garments.ts';
import { distance, type Vec } from '../../geometry/vector.ts';
import { overlap } from '../../../test/overlap.ts';
import { openNets } from '../../nets/open-nets.ts';
import { drawGarment } from '../debug/garment.ts';
import type { BottomReading } from '../garment.ts';
import { sides } from '../person.ts';
import { readGarment } from './read-garment.ts';

const nets = openNets();
afterAll(() => nets.close());

async function read(
  drawing: BottomDrawing,
): Promise<{ drawn: DrawnBottom; reading: BottomReading }> {
  const drawn = await drawBottomPhoto(drawing);
  const answer = await readGarment(drawn.image, nets);
  if (!answer.ok) throw new Error(answer.problem.message);
  if (answer.value.shape !== 'bottom') throw new Error('the garment was not read as a bottom');
  return { drawn, reading: answer.value };
}

/** Distance of each landmark from the truth, over the garment's height. */
function errors({ drawn, reading }: { drawn: DrawnBottom; reading: BottomReading }): {
  name: string;
  error: number;
}[] {
  const found: { name: string; error: number }[] = [];
  const compare = (name: string, seen: Vec | undefined, truth: Vec): void => {
    found.push({ name, error: seen ? distance(seen, truth) / drawn.height : 1 });
  };
  const { landmarks } = reading;
  for (const side of sides) {
    const truth = drawn.sides[side];
    compare(`${side} waist`, landmarks.waist.at(side === 'left' ? 0 : -1), truth.waist);
    compare(`${side} hem`, landmarks[side].outer.at(-1), truth.hemOuter);
    if (truth.hemInner) compare(`${side} inseam`, landmarks[side].inner.at(-1), truth.hemInner);
  }
  const front = landmarks.waist.reduce((a, b) =>
    distance(b, drawn.waistFront) < distance(a, drawn.waistFront) ? b : a,
  );
  compare('front of the waist', front, drawn.waistFront);
  if (drawn.crotch) compare('crotch', landmarks.crotch ?? undefined, drawn.crotch);
  return found;
}

const bottoms: readonly BottomDrawing[] = [
  { cut: 'straight trousers' },
  { cut: 'flared trousers', tilt: 5 },
  { cut: 'touching wide trousers', cloth: '#7d6a52' },
  { cut: 'overlapping trousers', cloth: '#30343a' },
  { cut: 'shorts', pattern: 'checks' },
  { cut: 'touching shorts' },
  { cut: 'straight skirt', cloth: '#8c2f39' },
  { cut: 'pencil skirt', pattern: 'blotches', cloth: '#c9a070' },
  { cut: 'flared skirt', pattern: 'stripes' },
  { cut: 'circle skirt', tilt: -6 },
  { cut: 'mini skirt' },
  { cut: 'maxi skirt' },
];

describe('reading trousers, shorts and skirts', () => {
  it.each(bottoms)('finds the landmarks of $cut within 3 % of their height', async (drawing) => {
    const result = await read(drawing);
    const worst = errors(result).reduce((a, b) => (b.error > a.error ? b : a));
    expect(worst.error, worst.name).toBeLessThan(0.03);
    expect(overlap(result.reading.matte, result.drawn.share)).toBeGreaterThan(0.97);
    expect(result.reading.kind.value).toBe(drawing.cut.includes('skirt') ? 'skirt' : 'bottom');
  });

  it('leaves the inner back above the waist out of the front', async () => {
    const { reading, drawn } = await read({ cut: 'straight skirt', dip: 24 });
    const { width } = reading.image;
    const at = (off: number): number =>
      Math.round(drawn.waistFront[1] + off) * width + Math.round(drawn.waistFront[0]);
    expect(reading.front.data[at(-8)]).toBe(0);
    expect(reading.matte.data[at(-8)]).toBe(1);
    expect(reading.front.data[at(8)]).toBe(1);
  });

  it('draws what it read', async () => {
    const { reading } = await read({ cut: 'shorts' });
    expect(drawGarment(reading).data).not.toEqual(reading.image.data);
  });
});

describe('reading a garment as what the client says it is', () => {
  it('reads what could be either as announced', async () => {
    const { image } = await drawBottomPhoto({ cut: 'straight skirt', dip: 0 });
    const skirt = await readGarment(image, nets, { expected: 'bottoms' });
    const dress = await readGarment(image, nets, { expected: 'one-pieces' });
    expect(skirt.ok && skirt.value.shape).toBe('bottom');
    expect(dress.ok && dress.value.kind.value).toBe('dress');
  });

  it.each([
    ['trousers', 'tops'],
    ['trousers', 'one-pieces'],
    ['top', 'bottoms'],
  ] as const)('refuses %s announced as %s', async (body, expected) => {
    const { image } = await drawGarmentPhoto({ body });
    const answer = await readGarment(image, nets, { expected });
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.problem.message).toMatch(/announced as/);
  });
});
