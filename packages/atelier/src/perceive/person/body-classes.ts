import { mix, subtract, type Vec } from '../../geometry/vector.ts';
import type { Nets } from '../../nets/open-nets.ts';
import { layRegion, type Region, scaleRegion } from '../../nets/region.ts';
import { type BodyClass, SEGMENTER_SIZE, type SegmentedRegion } from '../../nets/segmenter.ts';
import type { Cut } from '../../pixels/cut.ts';
import { complement, createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { lerp, smoothstep } from '../../pixels/scalar.ts';
import { type Pose, sides } from '../person.ts';

/** What the segmenter takes each pixel for; the shares sum to 1. */
export interface BodyClasses {
  readonly person: Plane;
  readonly hair: Plane;
  /** The face's included. */
  readonly skin: Plane;
  readonly face: Plane;
  readonly clothes: Plane;
  /** Hats, glasses, jewellery, bags and, often, shoes. */
  readonly other: Plane;
}

/** The classes over a box of the picture, at a size of choice. */
export type ClassesOver = (box: Cut, width: number, height: number) => BodyClasses;

/** Asks about the whole person, and once more about the upper body where that shows it larger. */
export async function segmentPerson(image: RgbImage, nets: Nets, pose: Pose): Promise<ClassesOver> {
  const regions: SegmentedRegion[] = [];
  for (const region of regionsOf(pose, image)) regions.push(await nets.segment(image, region));
  return (box, width, height) => layClasses(regions, box, width, height);
}

/** A closer look is worth its time when it shows things larger than the first by this factor. */
const CLOSER = 1.25;

function regionsOf(pose: Pose, image: RgbImage): Region[] {
  const limbs = [pose.arms, pose.legs].flatMap((pair) => sides.map((side) => pair[side]));
  const joints = limbs.flatMap(({ root, middle, end, tip }) => [root, middle, end, tip]);
  const head = headTop(pose);
  const seen = joints.filter(({ confidence }) => confidence > 0).map(({ at }) => at);
  const whole = regionAround([...seen, pose.chin, head], pose.shoulderWidth, image);
  const arms = sides.flatMap((side) => [pose.arms[side].root.at, pose.arms[side].middle.at]);
  const upper = regionAround([...arms, pose.hipMiddle, head], pose.shoulderWidth, image);
  return upper.half * CLOSER < whole.half ? [whole, upper] : [whole];
}

/** As far above the eyes as the chin is below them, and a little hair. */
const headTop = ({ eyes, chin }: Pose): Vec =>
  mix(chin, mix(eyes.left.at, eyes.right.at, 0.5), 2.3);

/** Margin around the joints, in shoulder widths: half a trunk, loose clothes, hair. */
const MARGIN = 0.45;

/** A square around points, of which the part outside the picture does not count. */
function regionAround(points: readonly Vec[], unit: number, { width, height }: RgbImage): Region {
  const reach = (axis: 0 | 1, size: number): [number, number] => {
    const places = points.map((point) => point[axis]);
    return [
      Math.max(0, Math.min(...places) - MARGIN * unit),
      Math.min(size, Math.max(...places) + MARGIN * unit),
    ];
  };
  const [left, right] = reach(0, width);
  const [top, bottom] = reach(1, height);
  return {
    centre: [(left + right) / 2, (top + bottom) / 2],
    half: Math.max(right - left, bottom - top, 2) / 2,
  };
}

/** At this depth within a region, as a share of half its side, it is believed wholly. */
const INNER = 0.16;

/** Lays regions over each other, the later in front; around them there is background. */
function layClasses(
  regions: readonly SegmentedRegion[],
  box: Cut,
  width: number,
  height: number,
): BodyClasses {
  const placed = regions.map(({ region, shares }) => ({
    shares,
    region: scaleRegion(
      { ...region, centre: subtract(region.centre, [box.left, box.top]) },
      width / box.width,
    ),
  }));
  const lay = (name: BodyClass, outside: number): Plane =>
    placed.reduce<Plane | null>((below, { region, shares }) => {
      const plane = layRegion(shares[name], SEGMENTER_SIZE, region, { width, height }, outside);
      return below ? faded(below, plane, region) : plane;
    }, null) ?? createPlane(width, height);
  const person = complement(lay('background', 1));
  const skin = lay('bodySkin', 0);
  const face = lay('faceSkin', 0);
  for (let i = 0; i < skin.data.length; i++) skin.data[i] += face.data[i];
  const [hair, clothes, other] = [lay('hair', 0), lay('clothes', 0), lay('other', 0)];
  return { person, hair, skin, face, clothes, other };
}

/** The upper plane over the lower one, faded in from the border of its region. Changes the lower one. */
function faded(lower: Plane, upper: Plane, { centre, half }: Region): Plane {
  for (let y = 0; y < lower.height; y++) {
    const down = Math.abs(y + 0.5 - centre[1]) / half;
    for (let x = 0; x < lower.width; x++) {
      const depth = 1 - Math.max(down, Math.abs(x + 0.5 - centre[0]) / half);
      const i = y * lower.width + x;
      lower.data[i] = lerp(lower.data[i], upper.data[i], smoothstep(0, INNER, depth));
    }
  }
  return lower;
}
