import type { Plane, RgbImage } from '../pixels/image.ts';
import { type RawFace, runFace } from './face.ts';
import { loadNets } from './load-nets.ts';
import { type FoundPerson, runPeople } from './people.ts';
import { type RawPose, runPose } from './pose.ts';
import type { Region } from './region.ts';
import type { NetRunner } from './runner.ts';
import { runSaliency } from './saliency.ts';
import { runSegmenter, type SegmentedRegion } from './segmenter.ts';

/** What perception asks of the small nets, in pictures; equal input gives equal output. */
export interface Nets {
  /** How much each pixel belongs to the picture's main object, 0..1. */
  saliency(image: RgbImage): Promise<Plane>;
  /** Landmarks and share of person for the person in a region. */
  pose(image: RgbImage, region: Region): Promise<RawPose>;
  /** Hair, skin, clothes and things worn in a region. */
  segment(image: RgbImage, region: Region): Promise<SegmentedRegion>;
  /** Mesh of the face in a region. */
  face(image: RgbImage, region: Region): Promise<RawFace>;
  /** Up to six people, with a score each (0 for none). */
  people(image: RgbImage): Promise<readonly FoundPerson[]>;
  /** Frees the nets; none may be asked afterwards. */
  close(): Promise<void>;
}

/** Nets in this thread. */
export const openNets = (): Nets => netsOver(loadNets());

/** Nets wherever the runner has them. */
export const netsOver = (runner: NetRunner): Nets => ({
  saliency: (image) => runSaliency(runner, image),
  pose: (image, region) => runPose(runner, image, region),
  segment: (image, region) => runSegmenter(runner, image, region),
  face: (image, region) => runFace(runner, image, region),
  people: (image) => runPeople(runner, image),
  close: () => runner.close(),
});
