import { add, normalize, subtract } from '../../geometry/vector.ts';
import type { PersonReading, Side } from '../../perceive/person.ts';
import { createPlane } from '../../pixels/image.ts';
import { outlineLimb, type Profile } from './limb.ts';
import type { Section } from './strip.ts';

/** Half-widths of a bare arm in shoulder widths: deltoid, upper arm, elbow, the forearm's belly, wrist. */
const ARM: Profile = [
  [0, 0.132],
  [0.35, 0.132],
  [0.7, 0.124],
  [1, 0.124],
  [1.22, 0.12],
  [1.45, 0.104],
  [1.7, 0.086],
  [1.9, 0.076],
  [2, 0.078],
];

/** The shoulder joint of a pose lies towards the trunk from the middle of the arm. */
const HANG: Profile = [
  [0, 0.13],
  [0.5, 0.09],
  [1, 0.05],
  [2, 0.02],
];

/** The bare arm on one side of the picture, from the cap of its shoulder to the wrist, in pixels of the person's reading. */
export function outlineArm({ pose, parts }: PersonReading, side: Side): Section[] {
  const { root, middle, end, tip } = pose.arms[side];
  const skin = parts[side === 'left' ? 'leftArm' : 'rightArm'];
  const silhouette = createPlane(skin.width, skin.height);
  for (let i = 0; i < silhouette.data.length; i++) {
    silhouette.data[i] = skin.data[i] + parts.upperGarment.data[i];
  }
  const sections = outlineLimb({
    joints: [root.at, middle.at, end.at, add(end.at, subtract(tip.at, end.at), 0.5)],
    profile: { back: ARM, front: ARM },
    outer: side === 'left' ? 'front' : 'back',
    hang: HANG,
    unit: pose.shoulderWidth,
    skin,
    silhouette,
  });
  return [...capOf(sections[0]), ...sections];
}

/** The deltoid closes the arm with a round cap above the joint. */
function capOf(first: Section): Section[] {
  const radius = (first.back + first.front) / 2;
  const upward = normalize([-first.direction[0], -first.direction[1]]);
  return [0.98, 0.85, 0.6, 0.3].map((height) => {
    const share = Math.sqrt(1 - height * height);
    return {
      centre: add(first.centre, upward, height * radius),
      along: 0,
      direction: first.direction,
      hidden: first.hidden,
      back: share * first.back,
      front: share * first.front,
    };
  });
}
