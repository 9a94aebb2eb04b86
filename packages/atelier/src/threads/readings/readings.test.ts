import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { drawGarmentPhoto } from '../../../test/garments.ts';
import { type Atelier, openAtelier, type Picture, type Pixels } from '../../index.ts';

interface TryOn {
  readonly person: Pixels;
  readonly garment: Pixels;
}

async function dress(atelier: Atelier, pictures: TryOn): Promise<Picture> {
  const outcome = await atelier.tryOn({ ...pictures, garmentKind: 'tops', seeds: [7] });
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

const sameBytes = (a: Picture, b: Picture): boolean =>
  Buffer.from(a.images[0].data).equals(b.images[0].data);

const named = (image: Omit<Pixels, 'channels'>): Pixels => ({
  ...image,
  channels: 3,
  hash: createHash('sha256').update(image.data).digest('hex'),
});

describe('readings of pictures seen before', () => {
  let folder: string;
  let pictures: TryOn;
  let first: Picture;
  let second: Picture;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'readings-'));
    const { image } = await drawFigure({ top: 'tank' });
    pictures = { person: named(image), garment: named((await drawGarmentPhoto({})).image) };
    const atelier = openAtelier({ readingsFolder: folder });
    first = await dress(atelier, pictures);
    second = await dress(atelier, pictures);
    await atelier.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('are used again, with the same bytes as the result', () => {
    expect(first.timings.person).toBeGreaterThan(0);
    expect([second.timings.person, second.timings.garment]).toEqual([0, 0]);
    expect(sameBytes(second, first)).toBe(true);
  });

  it('are found on disk by the next process, and read anew where damaged', async () => {
    const files = await readdir(folder);
    expect(files.map((name) => name.split('-')[0]).toSorted()).toEqual(['garment', 'person']);
    for (const name of files.filter((file) => file.startsWith('garment'))) {
      await writeFile(path.join(folder, name), 'damaged');
    }
    const atelier = openAtelier({ readingsFolder: folder });
    const third = await dress(atelier, pictures);
    await atelier.close();
    expect(third.timings.person).toBeLessThan(first.timings.person / 3);
    expect(sameBytes(third, first)).toBe(true);
  }, 60_000);
});
