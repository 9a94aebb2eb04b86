import { mix, type Vec } from '../../geometry/vector.ts';
import { labPlanes } from '../../pixels/colour.ts';
import { createPlane } from '../../pixels/image.ts';
import { type PersonReading, sides } from '../person.ts';
import type { Wanted, WornCut } from './cut-worn.ts';
import { layColours, layPlane } from './lay-upright.ts';
import type { WornCover, WornView } from './profiles.ts';
import { levelHips, levelNeck } from './stance.ts';
import { type Stance, type UprightFrame, uprightFrame } from './upright-frame.ts';
import { readNeck, readUpperEdge } from './worn-neck.ts';

/** Lays what was cut from the wearer's photo on an upright canvas: a bottom by the hips, anything else by its own neck. */
export function standUpright(
  wearer: PersonReading,
  wanted: Wanted,
  cut: WornCut,
  stance: Stance,
): WornView {
  const places = [...placesOf(cut), ...(wanted === 'lower' ? bounds(wearer) : [])];
  const level =
    wanted === 'lower' ? levelHips(stance) : levelNeckOf(cut, uprightFrame(stance, places), stance);
  const cover = coverOf(cut, uprightFrame(level, places));
  const colours = layColours(wearer.image, cover.frame);
  return { ...cover, colours, lab: labPlanes(colours) };
}

/** The stance by the garment's own neck, as a first look shows it. */
function levelNeckOf(cut: WornCut, frame: UprightFrame, stance: Stance): Stance {
  const nothing = createPlane(1, 1);
  // What lies below and within the neckline does not matter yet.
  const first = coverOf({ ...cut, bare: nothing, other: nothing }, frame);
  const { left, right } = readNeck(first, readUpperEdge(first)).points;
  return levelNeck(stance, [frame.toPhoto(left), frame.toPhoto(right)]);
}

/** Where a bottom's waistband may be hidden, and where its legs may end outside of the photo. */
function bounds({ pose }: PersonReading): Vec[] {
  const waist = mix(pose.shoulderMiddle, pose.hipMiddle, 0.8);
  return [waist, ...sides.map((side) => pose.legs[side].end.at)];
}

/** Points of the garment, some pixels apart. */
function placesOf({ share }: WornCut): Vec[] {
  const points: Vec[] = [];
  for (let y = 0; y < share.height; y += 4) {
    for (let x = 0; x < share.width; x += 4) {
      if (share.data[y * share.width + x] > 0.5) points.push([x, y]);
    }
  }
  return points;
}

function coverOf(cut: WornCut, frame: UprightFrame): WornCover {
  const everything = createPlane(cut.share.width, cut.share.height);
  everything.data.fill(1);
  return {
    frame,
    share: layPlane(cut.share, frame),
    arms: layPlane(cut.arms, frame),
    hair: layPlane(cut.hair, frame),
    bare: layPlane(cut.bare, frame),
    other: layPlane(cut.other, frame),
    seen: layPlane(everything, frame),
  };
}
