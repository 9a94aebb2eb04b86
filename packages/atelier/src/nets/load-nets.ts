import type { Net } from '@toile/nets';
import { faceGraph } from './face.ts';
import { loadGraphFile } from './graph-model.ts';
import { peopleGraph } from './people.ts';
import { poseGraph } from './pose.ts';
import type { NetName, NetRunner } from './runner.ts';
import { loadSaliency } from './saliency-model.ts';
import { loadSegmenter } from './segmenter.ts';

/**
 * Threads of one run. They are the nets' own and run beside the others' work: two of them bring a cut-out from 1.1 to 0.9 s a
 * megapixel on two cores, and two try-ons at a time lose nothing.
 */
const THREADS = 2;

const LOAD: Readonly<Record<NetName, () => Promise<Net>>> = {
  pose: () => loadGraphFile(poseGraph, THREADS),
  segmenter: () => loadSegmenter(THREADS),
  face: () => loadGraphFile(faceGraph, THREADS),
  people: () => loadGraphFile(peopleGraph, THREADS),
  saliency: () => loadSaliency(THREADS),
};

/** Nets in this thread. Each is loaded on its first use and kept; equal input gives equal output. */
export function loadNets(): NetRunner {
  const loaded = new Map<NetName, Promise<Net>>();
  return {
    async run(name, input) {
      let net = loaded.get(name);
      if (!net) loaded.set(name, (net = LOAD[name]()));
      return await (await net).run(input);
    },
    async close() {
      const nets = [...loaded.values()];
      loaded.clear();
      await Promise.all(nets.map(async (net) => (await net).close()));
    },
  };
}
