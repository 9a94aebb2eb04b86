import { ready, setBackend } from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Plane, RgbImage } from '../pixels/image.ts';
import { type RawFace, runFace } from './face.ts';
import { kernelFolder } from './files.ts';
import { lazyModel } from './graph-model.ts';
import { type FoundPerson, runPeople } from './people.ts';
import { type RawPose, runPose } from './pose.ts';
import { layRegion, type Region, sampleRegion, wholeOf } from './region.ts';
import { createSaliency } from './saliency.ts';

/** The small nets that perception asks. Each is loaded on its first use and kept; equal input gives equal output. */
export interface Nets {
  /** How much each pixel belongs to the picture's main object, 0..1. */
  saliency(image: RgbImage): Promise<Plane>;
  /** Landmarks and share of person for the person in a region. */
  pose(image: RgbImage, region: Region): Promise<RawPose>;
  /** Share of person by the selfie segmenter, 0..1; `region` is the whole picture unless told. */
  selfie(image: RgbImage, region?: Region): Promise<Plane>;
  /** Mesh of the face in a region. */
  face(image: RgbImage, region: Region): Promise<RawFace>;
  /** Up to six people, with a score each (0 for none). */
  people(image: RgbImage): Promise<readonly FoundPerson[]>;
  /** Frees the nets; none may be asked afterwards. */
  close(): Promise<void>;
}

export interface NetsOptions {
  /** Threads of the WebAssembly nets, 1 or more. The WebAssembly backend is shared by a whole worker: open nets once in each. */
  readonly threads: number;
  /** Lets one thread at a time run the saliency net, which needs 250 MB meanwhile. By default nobody waits. */
  readonly saliencyTurn?: <Value>(work: () => Promise<Value>) => Promise<Value>;
}

const SELFIE_SIZE = 256;
/**
 * The saliency net's threads are its own and run beside the others' work: two of them bring a cut-out from 1.1 to 0.9 s a
 * megapixel on two cores, and two try-ons at a time lose nothing.
 */
const SALIENCY_THREADS = 2;

export function openNets({ threads, saliencyTurn = (work) => work() }: NetsOptions): Nets {
  let backend: Promise<void> | undefined;
  const readyOnce = (): Promise<void> => (backend ??= startBackend(threads));
  const model = (name: string): ReturnType<typeof lazyModel> =>
    lazyModel({ name, ready: readyOnce });
  const pose = model('blazepose-heavy');
  const selfie = model('selfie');
  const face = model('facemesh');
  const people = lazyModel({ name: 'movenet-multipose', ready: readyOnce, dtype: 'int32' });
  const saliency = createSaliency(SALIENCY_THREADS);
  return {
    saliency: (image) => saliencyTurn(() => saliency.run(image)),
    pose: (image, region) => runPose(pose, image, region),
    async selfie(image, region = wholeOf(image)) {
      const pixels = sampleRegion(image, region, SELFIE_SIZE);
      const [share] = await selfie.run(pixels, SELFIE_SIZE, SELFIE_SIZE, ['activation_10']);
      return layRegion(share, SELFIE_SIZE, region, image, 0);
    },
    face: (image, region) => runFace(face, image, region),
    people: (image) => runPeople(people, image),
    async close() {
      await Promise.all([pose, selfie, face, people, saliency].map((net) => net.close()));
    },
  };
}

async function startBackend(threads: number): Promise<void> {
  setWasmPaths(kernelFolder());
  setThreadsCount(threads);
  if (!(await setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
  await ready();
}
