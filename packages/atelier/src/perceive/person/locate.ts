import { distance, mix } from '../../geometry/vector.ts';
import type { Nets } from '../../nets/open-nets.ts';
import type { FoundPerson } from '../../nets/people.ts';
import type { Region } from '../../nets/region.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import type { PersonProblem } from '../person.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Location =
  | {
      readonly kind: 'found';
      readonly region: Region;
      readonly score: number;
      readonly doubts: readonly string[];
    }
  | PersonProblem;

/** A detection of at least this score is taken for a person when people are counted. */
const CERTAIN = 0.3;
/** From this share of the subject's height another person is as good a subject. */
const COMPARABLE = 0.55;

export const NOBODY =
  'No person was found in the picture. Use a photo of one person seen from the front.';

/** Where to look for the pose: the one person seen, else the salient object; several people of like size are refused. */
export async function locatePerson(
  image: RgbImage,
  nets: Nets,
  saliency: () => Promise<Plane>,
): Promise<Location> {
  const people = (await nets.people(image)).toSorted((a, b) => b.score - a.score);
  const certain = people.filter((person) => person.score >= CERTAIN);
  const boxes = certain.map((person) => boxOf(person, image));
  const apart = distinct(boxes);
  const tallest = Math.max(0, ...apart.map(heightOf));
  const comparable = apart.filter((box) => heightOf(box) >= COMPARABLE * tallest);
  if (comparable.length > 1) {
    return {
      kind: 'several-people',
      message: `The picture shows ${comparable.length} people of similar size. Use a photo of one person, or cut the others off.`,
    };
  }
  const [main] = comparable;
  const score = people.length > 0 ? people[0].score : 0;
  const box = main ?? salientBox(await saliency(), image);
  if (!box) return { kind: 'no-person', message: NOBODY };
  const seen = main && certain[boxes.indexOf(main)];
  return {
    kind: 'found',
    region: (seen && regionAbout(seen)) ?? regionAround(box, image),
    score,
    doubts:
      apart.length > comparable.length
        ? ['Other people are in the picture; only the largest one is dressed.']
        : [],
  };
}

const heightOf = (box: Box): number => box.bottom - box.top;

function boxOf(person: FoundPerson, image: RgbImage): Box {
  const [from, to] = person.box;
  return {
    left: Math.max(0, from[0]),
    top: Math.max(0, from[1]),
    right: Math.min(image.width, to[0]),
    bottom: Math.min(image.height, to[1]),
  };
}

/** Drops boxes that mostly lie within an earlier, better one. */
function distinct(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of boxes) {
    if (!kept.some((other) => overlap(box, other) > 0.45)) kept.push(box);
  }
  return kept;
}

/** Shared area over the smaller box's area. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const area = (box: Box): number => (box.right - box.left) * (box.bottom - box.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.max(1, Math.min(area(a), area(b)));
}

/** The box of the salient object in pixels of the picture; the plane may be a smaller one. */
function salientBox(saliency: Plane, image: RgbImage): Box | undefined {
  const { width, height, data } = saliency;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] < 0.5) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  const scale = image.width / width;
  return right > left && bottom > top
    ? {
        left: left * scale,
        top: top * scale,
        right: (right + 1) * scale,
        bottom: (bottom + 1) * scale,
      }
    : undefined;
}

const LEFT_SHOULDER = 5;
const RIGHT_SHOULDER = 6;
const LEFT_HIP = 11;
const RIGHT_HIP = 12;
/** Shoulders and hips must be this sure to centre the region. */
const LEAST_SEEN = 0.6;
/** Half the region in lengths of the trunk: what the pose net itself proposes for people who stand. */
const REGION_SHARE = 2.3;

/** The square in which the pose net expects a person, about the hips. */
function regionAbout({ points }: FoundPerson): Region | undefined {
  const trunk = [LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP].map((k) => points[k]);
  if (trunk.some(({ confidence }) => confidence < LEAST_SEEN)) return undefined;
  const [left, right, leftHip, rightHip] = trunk.map(({ at }) => at);
  const hips = mix(leftHip, rightHip, 0.5);
  const length = distance(mix(left, right, 0.5), hips);
  // Turned aside or bent over, the trunk seems too short to measure by.
  if (length < 0.8 * distance(left, right)) return undefined;
  return { centre: hips, half: REGION_SHARE * length };
}

/** A square around the box; below a cut-off person room is left where the legs would be. */
function regionAround(box: Box, image: RgbImage): Region {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const x = (box.left + box.right) / 2;
  const cutOff = box.bottom > image.height * 0.97 && height < width * 2.4;
  if (!cutOff)
    return { centre: [x, (box.top + box.bottom) / 2], half: Math.max(width, height) * 0.62 };
  const half = Math.max(width, height) * 0.85;
  return { centre: [x, box.top + half * 0.8], half };
}
