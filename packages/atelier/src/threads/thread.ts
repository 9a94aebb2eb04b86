import { workerData } from 'piscina';
import { type Nets, openNets } from '../nets/open-nets.ts';
import { cutOutTask, dressTask, readGarmentTask, readPersonTask } from './carry-out.ts';
import type { Assignment, Outcome, Timed } from './tasks.ts';
import type { ThreadAnswer, ThreadTask } from './thread-tasks.ts';

let nets: Nets | undefined;

/** What a thread of the pool does with an assignment: nothing when it is no longer wanted, else its task, timed. */
export default async function work({
  task,
  stop,
}: Assignment<ThreadTask>): Promise<Outcome<Timed<ThreadAnswer>>> {
  if (Atomics.load(stop, 0) === 1) {
    return { ok: false, problem: { code: 'canceled', message: 'The work was canceled.' } };
  }
  const start = performance.now();
  nets ??= openNets({ threads: threadsOf(workerData) });
  const answer = await carryOut(task, nets);
  if (!answer.ok) return answer;
  return { ok: true, value: { value: answer.value, took: performance.now() - start } };
}

function carryOut(task: ThreadTask, opened: Nets): Promise<Outcome<ThreadAnswer>> {
  switch (task.kind) {
    case 'read-person':
      return readPersonTask(task.person, opened);
    case 'read-garment':
      return readGarmentTask(task.garment, opened);
    case 'dress':
      return dressTask(task);
    case 'cut-out':
      return cutOutTask(task.image, opened);
  }
}

const threadsOf = (settings: unknown): number =>
  typeof settings === 'object' &&
  settings !== null &&
  'threads' in settings &&
  typeof settings.threads === 'number'
    ? settings.threads
    : 1;
