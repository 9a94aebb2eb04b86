import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Region } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSamples } from '../src/samples/samples.ts';
import { toile } from './toile-process.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toile-pictures-'));
  const samples = createSamples();
  for (const name of samples.names) await writeFile(file(name), (await samples.read(name)) ?? '');
  await writeFile(file('words.png'), 'these are words');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The mean of each channel in a part of a picture. */
async function meansOf(name: string, part: Region): Promise<number[]> {
  const pixels = await sharp(file(name)).extract(part).png().toBuffer();
  return (await sharp(pixels).stats()).channels.map(({ mean }) => mean);
}

describe('the offline engine on the command line', () => {
  it('dresses the drawn person in the drawn tee, at the size of the person', async () => {
    const { code, stderr } = await toile(
      ['tryon', file('person.png'), file('tee.png'), '-o', file('out.png')],
      {},
    ).ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('900 x 1200')]);
    const [red] = await meansOf('out.png', { left: 380, top: 780, width: 140, height: 60 });
    // Where the tank top was white, the tee is of a deep blue.
    expect(red).toBeLessThan(100);
  }, 120_000);

  it('cuts a product out of its background', async () => {
    const { code } = await toile(['cutout', file('tee.png'), '-o', file('cut.webp')], {}).ended;
    expect(code).toBe(0);
    const [, , , alpha] = await meansOf('cut.webp', { left: 0, top: 0, width: 20, height: 20 });
    expect(alpha).toBe(0);
  }, 120_000);

  it('draws what it sees in a picture, with a report of it', async () => {
    const { code } = await toile(['inspect', file('tee.png'), '-o', file('seen')], {}).ended;
    expect(code).toBe(0);
    const report: unknown = JSON.parse(await readFile(file('seen/report.json'), 'utf8'));
    expect(report).toMatchObject({
      person: { refused: { kind: 'no-person' } },
      garment: { kind: { value: 'top' }, photo: { value: 'flat-lay' } },
    });
    expect(await sharp(file('seen/garment-matte.png')).metadata()).toMatchObject({ width: 1000 });
  }, 120_000);

  it.each([
    [
      'a file that is no picture',
      ['cutout', 'words.png', '-o', 'x.png'],
      'words.png can not be read as a picture',
    ],
    [
      'a format it can not write',
      ['cutout', 'tee.png', '-o', 'x.gif'],
      'must end in .png, .jpg or .webp',
    ],
    [
      'a missing output',
      ['cutout', 'tee.png'],
      "required option '-o, --output <file>' not specified",
    ],
    ['a command it does not know', ['try-on'], 'Did you mean tryon?'],
  ])(
    'says what is wrong with %s',
    async (_, args, message) => {
      const paths = args.map((arg) => (/\.\w+$/.test(arg) ? file(arg) : arg));
      const { code, stdout, stderr } = await toile(paths, {}).ended;
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(message);
    },
    60_000,
  );
});
