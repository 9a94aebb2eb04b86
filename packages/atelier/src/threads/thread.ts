import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { netsOver } from '../nets/open-nets.ts';
import { adopt, inTaskRegion } from '@toile/memory';
import { askNets } from './ask-nets.ts';
import { memoryOf } from './answer-memory.ts';
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
import type { PackedGarment, PackedPerson } from './readings/pack.ts';
import type { ThreadAnswer, ThreadTask } from './thread-tasks.ts';

/** An outcome whose memory goes along with it. */
type Moved = ReturnType<typeof move>;

/** What a thread of the pool does with an assignment: nothing when it is no longer wanted, else its task, timed. */
export default async function work({
  task,
  stop,
  nets,
}: Assignment<ThreadTask>): Promise<Outcome<Timed<ThreadAnswer>> | Moved> {
  const runner = askNets(nets);
  try {
    if (Atomics.load(stop, 0) === 1) {
      return { ok: false, problem: { code: 'canceled', message: 'The work was canceled.' } };
    }
    const start = performance.now();
    const workshop = { nets: netsOver(runner), folder: folderOf(workerData) };
    const answer = await inTaskRegion(() => {
      adopt(...broughtBy(task));
      return carryOut(task, workshop);
    });
    if (!answer.ok) return answer;
    const timed = { value: answer.value, took: performance.now() - start };
    return move({
      [transferableSymbol]: memoryOf(answer.value),
      [valueSymbol]: { ok: true, value: timed },
    });
  } finally {
    await runner.close();
  }
}

/** The pixels and planes that a task brings: this thread's own. */
function broughtBy(task: ThreadTask): readonly Uint8Array[] {
  switch (task.kind) {
    case 'read-person':
      return [task.person.data];
    case 'read-garment':
      return [task.garment.data];
    case 'dress':
      return [
        task.person.data,
        ...arraysOf(task.wearer),
        ...task.garments.flatMap(({ seen, photo }) => [photo.data, ...arraysOf(seen)]),
      ];
    case 'cut-out':
    case 'inspect':
      return [task.image.data];
    case 'check':
      return [task.wearer, ...task.garments].flatMap(arraysOf);
  }
}

const arraysOf = ({ image, planes }: PackedPerson | PackedGarment): readonly Uint8Array[] => [
  image.data,
  planes,
];

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
