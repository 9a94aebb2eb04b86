import type { Control } from '../index.ts';
import type { Readings } from './readings/readings.ts';
import { readingsFor, wrongKind } from './try-on.ts';
import type { Outcome, Preflight, TryOnTask, Verdict } from './tasks.ts';

/** Reads both pictures and says whether a try-on could be made of them, without making one. */
export async function preflight(
  readings: Readings,
  task: TryOnTask,
  control: Control,
): Promise<Outcome<Preflight>> {
  const [wearer, cloth] = await readingsFor(readings, task, control.signal);
  for (const read of [wearer, cloth]) {
    if (!read.ok && read.problem.code === 'canceled') return read;
  }
  const unfit = cloth.ok ? wrongKind(task, cloth.value.value) : null;
  const person = verdictOf(wearer);
  const garment: Verdict = unfit ? { usable: false, problem: unfit } : verdictOf(cloth);
  return { ok: true, value: { person, garment } };
}

function verdictOf(
  read: Outcome<{ readonly value: { readonly doubts: readonly string[] } }>,
): Verdict {
  return read.ok
    ? { usable: true, doubts: read.value.value.doubts }
    : { usable: false, problem: read.problem };
}
