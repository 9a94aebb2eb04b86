import type { Worker } from '../../apps/server/src/jobs/worker.ts';
import type { Command, Ready } from './messages.ts';
import { startOurs } from './ours.ts';
import { startTwin } from './twin.ts';

/** A server process of the benchmark, apart from the load generator. */

let worker: Worker | null = null;

const answer = (ready: Ready | null): void => void process.send?.(ready ?? {});

async function obey(command: Command): Promise<void> {
  switch (command.do) {
    case 'start':
      if (command.kind === 'twin')
        return answer({ address: await startTwin(command.databaseUrl), keys: [] });
      const { address, keys, worker: paused } = await startOurs(command);
      worker = paused;
      return answer({ address, keys });
    case 'work':
      worker?.start();
      return answer(null);
    case 'stop':
      process.exit();
  }
}

process.on('message', (command: Command) => void obey(command));
