import { dot, normalize, perpendicular, subtract } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import { type Limb, type PersonReading, type Side, sides } from '../perceive/person.ts';
import { isShown, shareOfForearm, sleevedBefore } from '../perceive/person/forearm.ts';
import { signOf } from './trunk.ts';

/** Wrists count as crossed this far over the middle line, in shoulder widths. */
const CROSSED = 0.06;
/** Arms count as raised when an elbow lies this far above its shoulder, in shoulder widths. */
const RAISED = 0.3;
/** Joints less sure than this say nothing. */
const SURE = 0.5;
/** An arm bent more sharply than this, in degrees between upper arm and forearm, hides its own sleeve. */
const FOLDED = 52;
/** Share of a forearm that may lie before the body in its sleeve. */
const MOST_SLEEVED = 0.35;
/** Share of a forearm that counts as nearly all of it. */
const MOSTLY = 0.6;

/** Why a top or dress cannot be laid on a person who stands or sits like this, a sentence for the client; null when it can. */
export function refusePose(person: PersonReading, garment: TopReading): string | null {
  const { pose } = person;
  if (pose.facing === 'back') {
    return 'The person is seen from behind, and the garment image shows a front. Send a photo of the person facing the camera.';
  }
  if (pose.facing === 'side') {
    return 'The person is seen from the side, and the built-in engine puts tops and dresses only on people who face the camera. Send a photo from the front or in three-quarter view.';
  }
  if (pose.seated && garment.kind.value === 'dress') {
    return 'The person sits, and the built-in engine puts dresses only on people who stand. Send a photo of the person standing.';
  }
  if (armsCrossed(person)) {
    return 'The person has crossed arms, which hide how the garment would lie. Send a photo with the arms beside the body or on the hips.';
  }
  if (sides.some((side) => isFolded(person.pose.arms[side]))) {
    return 'The person holds a hand before the shoulder or the face, and the folded arm hides how a sleeve would lie. Send a photo with the arms beside the body or on the hips.';
  }
  if (armsRaised(person, garment)) {
    return 'The person has raised arms, along which the built-in engine cannot lay long sleeves. Send a photo with the arms lower than the shoulders, or a garment with short sleeves.';
  }
  if (armHidden(person)) {
    return 'An arm is hidden behind the body. Send a photo in which both arms are plain to see.';
  }
  if (wouldBare(person, garment)) {
    return 'An arm lies before the body in a sleeve of the old garment, or is hidden behind it, and the new garment would bare what the photo does not show. Send a photo with the arms beside the body or bare, or a garment with long sleeves.';
  }
  return null;
}

/** Whether the forearm lies on its upper arm. */
function isFolded({ root, middle, end }: Limb): boolean {
  if (end.confidence < SURE) return false;
  const upper = normalize(subtract(root.at, middle.at));
  const lower = normalize(subtract(end.at, middle.at));
  return dot(upper, lower) > Math.cos((FOLDED * Math.PI) / 180);
}

/**
 * Whether a forearm that would be bare lies before trunk or head and shows cloth: its sleeve, and the arm's edges would
 * have to be made up in the midst of the picture; or the trunk's, and the arm is behind it.
 */
function wouldBare(person: PersonReading, { landmarks }: TopReading): boolean {
  return sides.some(
    (side) =>
      landmarks[side].sleeve?.class !== 'long' && sleevedBefore(person, side) > MOST_SLEEVED,
  );
}

/** Whether one forearm is bare, and nothing but cloth is seen where the other should be: it is not there. */
function armHidden(person: PersonReading): boolean {
  const { upperGarment, lowerGarment, leftArm, rightArm } = person.parts;
  const arms = { left: leftArm, right: rightArm };
  const covered = (side: Side): number =>
    shareOfForearm(
      person,
      side,
      (point) => isShown(upperGarment, point) || isShown(lowerGarment, point),
    );
  const bare = (side: Side): number =>
    shareOfForearm(person, side, (point) => isShown(arms[side], point));
  return sides.some((side) => {
    const other = side === 'left' ? 'right' : 'left';
    if (person.pose.arms[side].end.confidence > SURE) return false;
    return covered(side) > MOSTLY && bare(other) > MOSTLY;
  });
}

/** Whether a long sleeve would have to turn upwards over its own shoulder. */
function armsRaised({ pose }: PersonReading, { landmarks }: TopReading): boolean {
  const upward = normalize(subtract(pose.shoulderMiddle, pose.hipMiddle));
  return sides.some((side) => {
    const { root, middle } = pose.arms[side];
    if (landmarks[side].sleeve?.class !== 'long' || middle.confidence < SURE) return false;
    return dot(subtract(middle.at, root.at), upward) > RAISED * pose.shoulderWidth;
  });
}

/** Whether both forearms lie across the trunk, each hand on the other side. */
function armsCrossed({ pose }: PersonReading): boolean {
  const downward = normalize(subtract(pose.hipMiddle, pose.shoulderMiddle));
  const rightward = perpendicular(downward).map((value) => -value);
  return sides.every((side) => {
    const wrist = pose.arms[side].end;
    if (wrist.confidence < SURE) return false;
    const from = subtract(wrist.at, pose.shoulderMiddle);
    const across = (from[0] * rightward[0] + from[1] * rightward[1]) * signOf(side);
    const length = dot(subtract(pose.hipMiddle, pose.shoulderMiddle), downward);
    const down = dot(from, downward) / length;
    return across < -CROSSED * pose.shoulderWidth && down > 0.1 && down < 0.85;
  });
}
