import type { Control } from '../index.ts';
import type { Pool } from './pool.ts';
import type { CutOutTask, Outcome, Picture } from './tasks.ts';

/** Cuts out in one thread. */
export async function cutOut(
  pool: Pool,
  task: CutOutTask,
  control: Control,
): Promise<Outcome<Picture>> {
  control.onProgress?.(0, 'matte');
  const cut = await pool.run({ kind: 'cut-out', image: task.image }, control.signal);
  if (!cut.ok) return cut;
  control.onProgress?.(1, 'done');
  return {
    ok: true,
    value: { images: [cut.value.value], warnings: [], timings: { matte: cut.value.took } },
  };
}
