import type { Control } from '../index.ts';
import { type Desk, readingsFor, wrongKind } from './try-on.ts';
import type { Outcome, Preflight, SeenGarment, TryOnTask, Verdict } from './tasks.ts';

/** Reads all pictures and says whether a try-on could be made of them, without making one. */
export async function preflight(
  { pool, readings }: Desk,
  task: TryOnTask,
  control: Control,
): Promise<Outcome<Preflight>> {
  const { person, garments } = await readingsFor(readings, task, control.signal);
  for (const read of [person, ...garments.map((garment) => garment.read)]) {
    if (!read.ok && read.problem.code === 'canceled') return read;
  }
  const verdicts = garments.map(({ read, asked }): Verdict => {
    const unfit = read.ok ? wrongKind(asked, read.value.value) : null;
    return unfit ? { usable: false, problem: unfit } : verdictOf(read);
  });
  const wearable: SeenGarment[] = garments.flatMap(({ read }) =>
    read.ok ? [read.value.value] : [],
  );
  const own = verdictOf(person);
  if (!person.ok || !verdicts.every((verdict) => verdict.usable)) {
    return { ok: true, value: { person: own, garments: verdicts } };
  }
  const checked = await pool.run(
    { kind: 'check', wearer: person.value.value, garments: wearable, wear: task.wear ?? {} },
    control.signal,
  );
  if (!checked.ok) return checked;
  const problem = checked.value.value;
  return {
    ok: true,
    value: { person: problem ? { usable: false, problem } : own, garments: verdicts },
  };
}

function verdictOf(
  read: Outcome<{ readonly value: { readonly doubts: readonly string[] } }>,
): Verdict {
  return read.ok
    ? { usable: true, doubts: read.value.value.doubts }
    : { usable: false, problem: read.problem };
}
