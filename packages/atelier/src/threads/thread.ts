import { workerData } from 'piscina';
import { type Nets, openNets } from '../nets/open-nets.ts';
import { carryOutCutOut } from './cut-out-task.ts';
import type { Steps } from './steps.ts';
import { openSteps, Stopped } from './steps.ts';
import type { Assignment, Outcome, Picture, Task } from './tasks.ts';
import { carryOutTryOn } from './try-on-task.ts';

let nets: Nets | undefined;

/** What a thread of the pool does with an assignment. */
export default async function work(assignment: Assignment): Promise<Outcome<Picture>> {
  const steps = openSteps(assignment.progress, assignment.stop);
  try {
    nets ??= openNets({ threads: threadsOf(workerData) });
    return await carryOut(assignment.task, nets, steps);
  } catch (error) {
    if (error instanceof Stopped) {
      return { ok: false, problem: { code: 'canceled', message: 'The work was canceled.' } };
    }
    throw error;
  } finally {
    assignment.progress.close();
  }
}

function carryOut(task: Task, opened: Nets, steps: Steps): Promise<Outcome<Picture>> {
  switch (task.kind) {
    case 'try-on':
      return carryOutTryOn(task, opened, steps);
    case 'cut-out':
      return carryOutCutOut(task, opened, steps);
  }
}

const threadsOf = (settings: unknown): number =>
  typeof settings === 'object' &&
  settings !== null &&
  'threads' in settings &&
  typeof settings.threads === 'number'
    ? settings.threads
    : 1;
