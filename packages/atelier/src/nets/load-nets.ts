import { ready, setBackend } from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { faceGraph } from './face.ts';
import { kernelFolder } from './files.ts';
import { type Graph, loadGraph } from './graph-model.ts';
import { peopleGraph } from './people.ts';
import { poseGraph } from './pose.ts';
import type { NetName, NetRunner } from './runner.ts';
import { loadSaliency } from './saliency-session.ts';
import { selfieGraph } from './selfie.ts';

export interface NetsOptions {
  /** Threads of the WebAssembly nets, 1 or more. The WebAssembly backend is shared by a whole worker: load nets once in each. */
  readonly threads: number;
}

/** A net that has been loaded. */
export interface LoadedNet {
  run(input: Float32Array): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** Nets in this thread. Each is loaded on its first use and kept; equal input gives equal output. */
export function loadNets({ threads }: NetsOptions): NetRunner {
  let backend: Promise<void> | undefined;
  const graph = async (described: Graph): Promise<LoadedNet> => {
    await (backend ??= startBackend(threads));
    return await loadGraph(described);
  };
  const load: Readonly<Record<NetName, () => Promise<LoadedNet>>> = {
    pose: () => graph(poseGraph),
    selfie: () => graph(selfieGraph),
    face: () => graph(faceGraph),
    people: () => graph(peopleGraph),
    saliency: loadSaliency,
  };
  const loaded = new Map<NetName, Promise<LoadedNet>>();
  return {
    async run(name, input) {
      let net = loaded.get(name);
      if (!net) loaded.set(name, (net = load[name]()));
      return await (await net).run(input);
    },
    async close() {
      const nets = [...loaded.values()];
      loaded.clear();
      await Promise.all(nets.map(async (net) => (await net).close()));
    },
  };
}

async function startBackend(threads: number): Promise<void> {
  setWasmPaths(kernelFolder());
  setThreadsCount(threads);
  if (!(await setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
  await ready();
}
