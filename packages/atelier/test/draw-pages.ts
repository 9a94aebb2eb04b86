// Draws the pictures of docs/try-on.md from the project's own drawings: `node packages/atelier/test/draw-pages.ts`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { openAtelier, type Outcome, type Pixels, type Seen } from '../src/index.ts';
import { drawBottomPhoto } from './bottoms.ts';
import { drawGarmentPhoto } from './garments.ts';

const folder = fileURLToPath(new URL('../../../docs/images/try-on/', import.meta.url));
const samples = new URL('../../../apps/server/src/samples/pictures/', import.meta.url);
const HEIGHT = 560;

async function sample(name: string): Promise<Pixels> {
  const { data, info } = await sharp(fileURLToPath(new URL(`${name}.webp`, samples)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

const toImage = ({ data, width, height, channels }: Pixels) =>
  sharp(data, { raw: { width, height, channels } });

/** Pictures side by side, on white. */
async function row(name: string, pictures: readonly Pixels[]): Promise<void> {
  const tiles = await Promise.all(
    pictures.map((picture) =>
      toImage(picture)
        .resize({ height: HEIGHT })
        .flatten({ background: 'white' })
        .png()
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  let left = 0;
  const placed = tiles.map(({ data, info }) => {
    const at = { input: data, left, top: 0 };
    left += info.width + 8;
    return at;
  });
  await sharp({ create: { width: left - 8, height: HEIGHT, channels: 3, background: 'white' } })
    .composite(placed)
    .webp({ quality: 84, effort: 6 })
    .toFile(`${folder}${name}.webp`);
}

function answered<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

function viewOf({ views }: Seen, name: string): Pixels {
  const view = views.find((candidate) => candidate.name === name);
  if (!view) throw new Error(`there is no view named ${name}`);
  return view.picture;
}

const drawn = (image: Omit<Pixels, 'channels'>): Pixels => ({ ...image, channels: 3 });

await mkdir(folder, { recursive: true });
const atelier = openAtelier();
const person = await sample('person');
const tee = await sample('tee');
const dress = drawn(
  (await drawGarmentPhoto({ body: 'dress', neck: 'v', cloth: '#7b2d43', pattern: 'stripes' }))
    .image,
);
const trousers = drawn((await drawBottomPhoto({ cut: 'flared trousers', cloth: '#3d5a45' })).image);

const seenPerson = answered(await atelier.inspect(person)).person;
await row('person', [viewOf(seenPerson, 'person')]);
const seenGarments = [];
for (const garment of [tee, dress, trousers]) {
  seenGarments.push(viewOf(answered(await atelier.inspect(garment)).garment, 'garment'));
}
await row('garments', seenGarments);
const dressed = [];
for (const garment of [tee, dress, trousers]) {
  const task = { person, garment, garmentKind: 'auto', seeds: [42] } as const;
  dressed.push(...answered(await atelier.tryOn(task)).images);
}
const both = {
  person,
  garment: trousers,
  further: [tee],
  garmentKind: 'auto',
  seeds: [42],
} as const;
dressed.push(...answered(await atelier.tryOn(both)).images);
await row('dressed', [person, ...dressed]);
await atelier.close();
