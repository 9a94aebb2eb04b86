import { workerData } from 'piscina';
import { netsOver } from '../nets/open-nets.ts';
import { adopt, inTaskRegion } from '@toile/memory';
import { askNets } from './ask-nets.ts';
import { weigh } from '@toile/memory';
import {
  checkTask,
  cutOutTask,
  dressTask,
  readGarmentTask,
  readPersonTask,
  type Workshop,
} from './carry-out.ts';
import type { ThreadSettings } from './pool.ts';
import { inspectTask } from './inspect.ts';
import type { Assignment, Outcome, Timed } from './tasks.ts';
import type { ThreadAnswer, ThreadTask } from './thread-tasks.ts';

/** What a thread of the pool does with an assignment: nothing when it is no longer wanted, else its task, timed. */
export default async function work({
  task,
  stop,
  nets,
}: Assignment<ThreadTask>): Promise<Outcome<Timed<ThreadAnswer>>> {
  const runner = askNets(nets);
  try {
    if (Atomics.load(stop, 0) === 1) {
      return { ok: false, problem: { code: 'canceled', message: 'The work was canceled.' } };
    }
    const start = performance.now();
    const workshop = { nets: netsOver(runner), folder: folderOf(workerData) };
    const answer = await inTaskRegion(() => {
      adopt(...picturesOf(task));
      return carryOut(task, workshop);
    });
    if (!answer.ok) return answer;
    weigh(answer.value);
    return { ok: true, value: { value: answer.value, took: performance.now() - start } };
  } finally {
    await runner.close();
  }
}

/** The pixels that a task brings; those that are not shared with other threads are this thread's copies. */
function picturesOf(task: ThreadTask): readonly Uint8Array[] {
  switch (task.kind) {
    case 'read-person':
      return [task.person.data];
    case 'read-garment':
      return [task.garment.data];
    case 'dress':
      return [task.person.data, ...task.garments.map(({ photo }) => photo.data)];
    case 'cut-out':
    case 'inspect':
      return [task.image.data];
    case 'check':
      return [];
  }
}

function carryOut(task: ThreadTask, opened: Workshop): Promise<Outcome<ThreadAnswer>> {
  switch (task.kind) {
    case 'read-person':
      return readPersonTask(task, opened);
    case 'read-garment':
      return readGarmentTask(task, opened);
    case 'dress':
      return dressTask(task);
    case 'check':
      return checkTask(task);
    case 'cut-out':
      return cutOutTask(task.image, opened.nets);
    case 'inspect':
      return inspectTask(task.image, task.side, opened.nets);
  }
}

function folderOf(settings: unknown): string | null {
  if (!isSettings(settings)) throw new Error('an imaging thread was started without settings');
  return settings.readingsFolder;
}

const isSettings = (value: unknown): value is ThreadSettings =>
  typeof value === 'object' && value !== null && 'readingsFolder' in value;
