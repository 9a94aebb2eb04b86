import type { Control } from '../index.ts';
import type { Pool } from './pool.ts';
import type { Outcome, Picture, Problem, SeenGarment, TryOnTask } from './tasks.ts';

/**
 * A try-on over several threads: person and garment are read at the same time, each in a thread of its own where two
 * are free, and one thread dresses the person in what was read.
 */
export async function tryOn(
  pool: Pool,
  task: TryOnTask,
  control: Control,
): Promise<Outcome<Picture>> {
  control.onProgress?.(0, 'reading person and garment');
  const [wearer, cloth] = await Promise.all([
    pool.run({ kind: 'read-person', person: task.person }, control.signal),
    pool.run({ kind: 'read-garment', garment: task.garment }, control.signal),
  ]);
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

/** Tops only, for now: a garment that is plainly something else is refused by name. */
function wrongKind(task: TryOnTask, garment: SeenGarment): Problem | null {
  const { value } = garment.kind;
  if (task.garmentKind === 'tops' || value === 'top' || value === 'coat') return null;
  return {
    code: 'unsupported',
    message: `The garment image shows a ${value}; the built-in engine can only try on tops yet. Send a top, or configure a generative engine.`,
  };
}
