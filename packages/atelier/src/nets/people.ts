import type { Vec } from '../geometry/vector.ts';
import type { RgbImage } from '../pixels/image.ts';
import type { Graph } from './graph-model.ts';
import { fromRegion, sampleRegion, wholeOf } from './region.ts';
import type { NetRunner } from './runner.ts';

const SIZE = 256;
const PEOPLE = 6;
const VALUES = 56;
const POINTS = 17;

export const peopleGraph: Graph = {
  file: 'movenet-multipose',
  size: SIZE,
  outputs: ['Identity'],
};

/** One of up to six people MoveNet sees. */
export interface FoundPerson {
  readonly score: number;
  /** Top left and bottom right corner, pixels. */
  readonly box: readonly [Vec, Vec];
  /** COCO order: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles. */
  readonly points: readonly { readonly at: Vec; readonly confidence: number }[];
}

export async function runPeople(nets: NetRunner, image: RgbImage): Promise<FoundPerson[]> {
  const region = wholeOf(image);
  const pixels = sampleRegion(image, region, SIZE).map((value) => Math.round(value * 255));
  const [values] = await nets.run('people', pixels);
  return Array.from({ length: PEOPLE }, (_, i): FoundPerson => {
    const row = values.subarray(i * VALUES, (i + 1) * VALUES);
    return {
      score: row[55],
      box: [fromRegion(region, row[52], row[51]), fromRegion(region, row[54], row[53])],
      points: Array.from({ length: POINTS }, (_, k) => ({
        at: fromRegion(region, row[k * 3 + 1], row[k * 3]),
        confidence: row[k * 3 + 2],
      })),
    };
  });
}
