import type { Control } from '../index.ts';
import { accessoryNamed } from '../perceive/accessory/words.ts';
import type { Pool } from './pool.ts';
import type { Readings } from './readings/readings.ts';
import type {
  AskedGarment,
  Pixels,
  SeenWithPhoto,
  Effort,
  Outcome,
  Picture,
  Problem,
  SeenGarment,
  SeenPerson,
  Timed,
  TryOnTask,
} from './tasks.ts';

/** Pixels of the longer side at which pictures are understood; the answer is made at its own size. */
export const readingSide = { fast: 720, balanced: 1024, quality: 1440 } as const satisfies Record<
  Effort,
  number
>;

/**
 * A try-on over several threads: person and garment are read at the same time, each in a thread of its own where two
 * are free, and one thread dresses the person in what was read.
 */
export async function tryOn(
  { pool, readings }: Desk,
  task: TryOnTask,
  control: Control,
): Promise<Outcome<Picture>> {
  control.onProgress?.(0, 'reading person and garment');
  const { person, garments } = await readingsFor(readings, task, control.signal);
  if (!person.ok) return person;
  const cloths: SeenWithPhoto[] = [];
  for (const { photo, read, asked } of garments) {
    if (!read.ok) return read;
    const unfit = wrongKind(asked, read.value.value);
    if (unfit) return { ok: false, problem: unfit };
    cloths.push({ seen: read.value.value, photo });
  }
  control.onProgress?.(0.7, 'dressing');
  const dressed = await pool.run(
    {
      kind: 'dress',
      person: task.person,
      ...(task.ratio !== undefined && { ratio: task.ratio }),
      ...(task.pixels !== undefined && { pixels: task.pixels }),
      wearer: person.value.value,
      garments: cloths,
      wear: task.wear ?? {},
      seeds: task.seeds,
    },
    control.signal,
  );
  if (!dressed.ok) return dressed;
  control.onProgress?.(1, 'done');
  const { images, doubts: ofPicture } = dressed.value.value;
  const seen = [person.value.value, ...cloths.map((cloth) => cloth.seen)];
  const doubts = [...seen.flatMap((reading) => reading.doubts), ...ofPicture];
  return {
    ok: true,
    value: {
      images,
      warnings: [...new Set(doubts)],
      timings: {
        person: person.value.took,
        garment: garments.reduce((sum, { read }) => sum + (read.ok ? read.value.took : 0), 0),
        dressing: dressed.value.took,
      },
    },
  };
}

/** Where pictures are read and people dressed. */
export interface Desk {
  readonly pool: Pool;
  readonly readings: Readings;
}

interface ReadPictures {
  readonly person: Outcome<Timed<SeenPerson>>;
  /** From the innermost to the outermost. */
  readonly garments: readonly {
    readonly photo: Pixels;
    readonly asked: TryOnTask['garmentKind'];
    readonly read: Outcome<Timed<SeenGarment>>;
  }[];
}

/** What there is to know of all pictures of a try-on. */
export async function readingsFor(
  readings: Readings,
  task: TryOnTask,
  signal: AbortSignal | undefined,
): Promise<ReadPictures> {
  const effort = task.effort ?? 'balanced';
  const side = readingSide[effort];
  const photos = [task.garment, ...(task.further ?? [])];
  const [person, garments] = await Promise.all([
    readings.person(task.person, side, effort === 'fast', signal),
    Promise.all(
      photos.map(async (photo, k) => {
        // What the client says is said of the first garment.
        const asked: TryOnTask['garmentKind'] = k === 0 ? task.garmentKind : 'auto';
        const read = await readings.garment(photo, k === 0 ? askedOf(task) : {}, side, signal);
        return { photo, asked, read };
      }),
    ),
  ]);
  return { person, garments };
}

function askedOf({ garmentKind, garmentWords, photoType = 'auto' }: TryOnTask): AskedGarment {
  const named = garmentKind === 'accessories' ? accessoryNamed(garmentWords ?? '') : null;
  return {
    ...(named && { named }),
    ...(garmentKind !== 'auto' && { expected: garmentKind }),
    ...(photoType !== 'auto' && { photo: photoType }),
  };
}

/** Kinds a picture may show under each category: a top of odd shape is taken at its word; an accessory, or a top announced as trousers, is refused by name. */
const kindsOf = {
  auto: ['top', 'coat', 'dress', 'bottom', 'skirt', 'accessory'],
  tops: ['top', 'coat', 'dress'],
  bottoms: ['bottom', 'skirt'],
  'one-pieces': ['dress', 'top', 'coat'],
  accessories: ['accessory'],
} as const satisfies Record<TryOnTask['garmentKind'], readonly string[]>;

export function wrongKind(
  category: TryOnTask['garmentKind'],
  garment: SeenGarment,
): Problem | null {
  const { value } = garment.kind;
  const kinds: readonly string[] = kindsOf[category];
  if (kinds.includes(value)) return null;
  const asked = category === 'auto' ? '' : `, not one of ${category}`;
  return {
    code: 'unsupported',
    message: `The garment image shows ${/^[aeiou]/.test(value) ? 'an' : 'a'} ${value}${asked}. The built-in engine can try on tops, dresses, trousers, shorts, skirts, glasses, hats, necklaces and handbags; send a picture of one with its own category, or configure a generative engine.`,
  };
}
