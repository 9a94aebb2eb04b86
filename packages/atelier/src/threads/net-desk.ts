import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { bufferOf, type NetAnswer, type NetQuestion } from './ask-nets.ts';
import { renewableThreads, type ThreadsOptions } from './start-threads.ts';

/**
 * The nets, in two threads of their own that all imaging threads share: together they hold 100 to 200 MB. The
 * saliency net is apart from the others, so that both run at once for one picture.
 */
export interface NetDesk {
  /** A port over which one task asks nets, and what closes it at this end. */
  open(): { readonly port: MessagePort; close(): void };
  end(): Promise<void>;
}

export function openNetDesk(options: Pick<ThreadsOptions, 'niceness' | 'idleAfter'>): NetDesk {
  const { niceness, idleAfter } = options;
  const start = (): ReturnType<typeof renewableThreads> =>
    renewableThreads({
      module: new URL('./net-thread.ts', import.meta.url),
      count: 1,
      niceness,
      idleAfter,
      settings: {},
    });
  const graphs = start();
  const saliency = start();
  const answer = async ({ id, net, input }: NetQuestion): Promise<NetAnswer> => {
    try {
      const threadsOf = net === 'saliency' ? saliency : graphs;
      const outputs = await threadsOf.run<readonly Float32Array[]>({ net, input }, [
        bufferOf(input),
      ]);
      return { id, outputs };
    } catch (error) {
      return { id, failure: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    open() {
      const { port1, port2 } = new MessageChannel();
      const reply = async (question: NetQuestion): Promise<void> => {
        const said = await answer(question);
        port1.postMessage(said, 'outputs' in said ? said.outputs.map(bufferOf) : []);
      };
      port1.on('message', (question: NetQuestion) => void reply(question));
      return { port: port2, close: () => port1.close() };
    },
    async end() {
      await Promise.all([graphs.end(), saliency.end()]);
    },
  };
}
