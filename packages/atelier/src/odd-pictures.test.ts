import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../test/figures.ts';
import { drawGarmentPhoto } from '../test/garments.ts';
import { drawOddPictures, type OddPicture } from '../test/odd-pictures.ts';
import { type Atelier, openAtelier, type Pixels, type TryOnTask } from './index.ts';

/** Generous, because the machine does other things meanwhile: what it finds are pictures that never end. */
const LONGEST_MS = 30_000;
const NAMED = ['pose-not-found', 'garment-not-found', 'unsupported'];

describe('pictures that nobody should send', () => {
  let atelier: Atelier;
  let oddities: readonly OddPicture[];
  let person: Pixels;
  let garment: Pixels;

  beforeAll(async () => {
    atelier = openAtelier();
    oddities = await drawOddPictures();
    const figure = await drawFigure({ top: 'tank' });
    const tee = await drawGarmentPhoto({});
    // With a hash, the good half of each pair is read once.
    person = { ...figure.image, channels: 3, hash: 'a'.repeat(64) };
    garment = { ...tee.image, channels: 3, hash: 'b'.repeat(64) };
  }, 60_000);
  afterAll(() => atelier.close());

  const task = (one: Pick<TryOnTask, 'person' | 'garment'>): TryOnTask => ({
    ...one,
    garmentKind: 'auto',
    seeds: [1],
    effort: 'fast',
  });

  /** Null when the try-on ended as it should: in a picture of the person's size, or in a refusal that says what to do. */
  async function complaint(one: Pick<TryOnTask, 'person' | 'garment'>): Promise<string | null> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const outcome = await atelier.tryOn(task(one), { signal });
    if (outcome.ok) {
      const [picture] = outcome.value.images;
      const same = picture.width === one.person.width && picture.height === one.person.height;
      return same ? null : `a picture of ${picture.width}x${picture.height}`;
    }
    const { code, message } = outcome.problem;
    if (!NAMED.includes(code)) return `${code}: ${message}`;
    // A reason, and then what to do: two sentences or more.
    return /\.\s+\S.*\.$/s.test(message) ? null : `no advice: ${message}`;
  }

  async function complaints(pair: (one: Pixels) => Pick<TryOnTask, 'person' | 'garment'>) {
    const found: Record<string, string> = {};
    for (const { name, pixels } of oddities) {
      const said = await complaint(pair(pixels));
      if (said !== null) found[name] = said;
    }
    return found;
  }

  it('end in a picture or a refusal with advice, as person and as garment', async () => {
    expect(oddities.length).toBeGreaterThanOrEqual(100);
    const asPerson = complaints((one) => ({ person: one, garment }));
    const asGarment = complaints((one) => ({ person, garment: one }));
    expect(await asPerson).toEqual({});
    expect(await asGarment).toEqual({});
  }, 400_000);
});
