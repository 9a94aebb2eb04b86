import type { MessagePort } from 'node:worker_threads';
import type { NetName, NetRunner } from '../nets/runner.ts';
import { adopt } from '@toile/memory';

/** What an imaging thread asks over its port. */
export interface NetQuestion {
  readonly id: number;
  readonly net: NetName;
  readonly input: Float32Array;
}

export type NetAnswer =
  | { readonly id: number; readonly outputs: readonly Float32Array[] }
  | { readonly id: number; readonly failure: string };

/** Nets at the other end of a port. Numbers are handed over without a copy. */
export function askNets(port: MessagePort): NetRunner {
  const waiting = new Map<number, PromiseWithResolvers<readonly Float32Array[]>>();
  let last = 0;
  port.on('message', (answer: NetAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('outputs' in answer) {
      adopt(...answer.outputs);
      asked?.resolve(answer.outputs);
    } else asked?.reject(new Error(answer.failure));
  });
  port.on('close', () => {
    for (const asked of waiting.values()) asked.reject(new Error('the nets have gone'));
    waiting.clear();
  });
  return {
    run(net, input) {
      const asked = Promise.withResolvers<readonly Float32Array[]>();
      const question: NetQuestion = { id: ++last, net, input };
      waiting.set(question.id, asked);
      port.postMessage(question, [bufferOf(input)]);
      return asked.promise;
    },
    close() {
      port.close();
      return Promise.resolve();
    },
  };
}

/** The memory of numbers that may be handed to another thread. */
export function bufferOf({ buffer }: Float32Array): ArrayBuffer {
  if (!(buffer instanceof ArrayBuffer)) throw new Error('shared memory cannot be handed over');
  return buffer;
}
