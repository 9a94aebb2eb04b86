import { dot, normalize, perpendicular, subtract } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import { type PersonReading, sides } from '../perceive/person.ts';
import { signOf } from './trunk.ts';

/** Wrists count as crossed this far over the middle line, in shoulder widths. */
const CROSSED = 0.06;
/** Arms count as raised when an elbow lies this far above its shoulder, in shoulder widths. */
const RAISED = 0.3;
/** Joints less sure than this say nothing. */
const SURE = 0.5;

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
  if (armsRaised(person, garment)) {
    return 'The person has raised arms, along which the built-in engine cannot lay long sleeves. Send a photo with the arms lower than the shoulders, or a garment with short sleeves.';
  }
  return null;
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
