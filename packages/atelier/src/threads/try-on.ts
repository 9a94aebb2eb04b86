import type { Control } from '../index.ts';
import type { Pool } from './pool.ts';
import type { Readings } from './readings/readings.ts';
import type {
  AskedGarment,
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
  { pool, readings }: { readonly pool: Pool; readonly readings: Readings },
  task: TryOnTask,
  control: Control,
): Promise<Outcome<Picture>> {
  control.onProgress?.(0, 'reading person and garment');
  const [wearer, cloth] = await readingsFor(readings, task, control.signal);
  if (!wearer.ok) return wearer;
  if (!cloth.ok) return cloth;
  const unfit = wrongKind(task, cloth.value.value);
  if (unfit) return { ok: false, problem: unfit };
  control.onProgress?.(0.7, 'dressing');
  const dressed = await pool.run(
    {
      kind: 'dress',
      person: task.person,
      ...(task.ratio !== undefined && { ratio: task.ratio }),
      ...(task.pixels !== undefined && { pixels: task.pixels }),
      wearer: wearer.value.value,
      cloth: cloth.value.value,
      garment: task.garment,
      seeds: task.seeds,
    },
    control.signal,
  );
  if (!dressed.ok) return dressed;
  control.onProgress?.(1, 'done');
  return {
    ok: true,
    value: {
      images: dressed.value.value,
      warnings: [...wearer.value.value.doubts, ...cloth.value.value.doubts],
      timings: {
        person: wearer.value.took,
        garment: cloth.value.took,
        dressing: dressed.value.took,
      },
    },
  };
}

/** What there is to know of both pictures of a try-on. */
export function readingsFor(
  readings: Readings,
  task: TryOnTask,
  signal: AbortSignal | undefined,
): Promise<[Outcome<Timed<SeenPerson>>, Outcome<Timed<SeenGarment>>]> {
  const side = readingSide[task.effort ?? 'balanced'];
  return Promise.all([
    readings.person(task.person, side, signal),
    readings.garment(task.garment, askedOf(task), side, signal),
  ]);
}

function askedOf({ garmentKind, photoType = 'auto' }: TryOnTask): AskedGarment {
  return {
    ...(garmentKind !== 'auto' && garmentKind !== 'accessories' && { expected: garmentKind }),
    ...(photoType !== 'auto' && { photo: photoType }),
  };
}

/** Kinds a picture may show under each category: a top of odd shape is taken at its word; an accessory, or a top announced as trousers, is refused by name. */
const kindsOf = {
  auto: ['top', 'coat', 'dress', 'bottom', 'skirt'],
  tops: ['top', 'coat', 'dress', 'accessory'],
  bottoms: ['bottom', 'skirt'],
  'one-pieces': ['dress', 'top', 'coat'],
  accessories: [],
} as const satisfies Record<TryOnTask['garmentKind'], readonly string[]>;

export function wrongKind(task: TryOnTask, garment: SeenGarment): Problem | null {
  const { value } = garment.kind;
  const kinds: readonly string[] = kindsOf[task.garmentKind];
  if (kinds.includes(value)) return null;
  const asked = task.garmentKind === 'auto' ? '' : `, not one of ${task.garmentKind}`;
  return {
    code: 'unsupported',
    message: `The garment image shows a ${value}${asked}. The built-in engine can try on tops, dresses, trousers, shorts and skirts; send a picture of one with its own category, or configure a generative engine.`,
  };
}
