import { add, distance, mix, normalize, subtract, type Vec } from '../geometry/vector.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';

/**
 * Coordinates of the trunk: `down` is 0 at the shoulder joints and 1 at the hip joints, `across` is pixels from the
 * middle line, positive to the right of the picture. Below the hips the line turns halfway to the vertical.
 */
export interface Trunk {
  /** Shoulder joints to hip joints, pixels. */
  readonly length: number;
  readonly shoulderWidth: number;
  readonly downward: Vec;
  readonly rightward: Vec;
  axis(down: number): Vec;
  place(down: number, across: number): Vec;
  locate(point: Vec): { readonly down: number; readonly across: number };
  /** Half-width of the body or the clothes on it, from the middle line to the edge, arms left out; pixels. */
  halfWidth(side: Side, down: number): number;
  /** How far the middle of the front lies from the middle line at this height, as far as the trunk is turned; pixels. */
  frontAcross(down: number): number;
  /** How far from the middle line the middle of that side's arm runs at this height; infinite where there is none. */
  armAcross(side: Side, down: number): number;
}

export const signOf = (side: Side): -1 | 1 => (side === 'left' ? -1 : 1);

const SAMPLES = 64;
const LOWEST = 2.2;
/** Where the trunk of who sits ends at the thighs: here at the lowest, and no higher than this. */
const LAP = 0.84;
const HIGHEST_LAP = 0.6;
/** How far the front of the chest lies before the axis of the trunk, in shoulder widths. */
const FRONT_DEPTH = 0.3;

export function measureTrunk(person: PersonReading): Trunk {
  const { pose } = person;
  const top = pose.shoulderMiddle;
  const length = distance(pose.shoulderMiddle, pose.hipMiddle);
  const downward = normalize(subtract(pose.hipMiddle, pose.shoulderMiddle));
  const rightward: Vec = [downward[1], -downward[0]];
  const beyond = normalize([downward[0] / 2, 1]);
  const axis = (down: number): Vec =>
    down <= 1 ? mix(top, pose.hipMiddle, down) : add(pose.hipMiddle, beyond, (down - 1) * length);
  const place = (down: number, across: number): Vec => add(axis(down), rightward, across);
  const locate = (point: Vec): { down: number; across: number } => {
    const x = point[0] - top[0];
    const y = point[1] - top[1];
    return {
      down: (x * downward[0] + y * downward[1]) / length,
      across: x * rightward[0] + y * rightward[1],
    };
  };
  const armAcross = (side: Side, down: number): number => {
    const arm = pose.arms[side];
    const joints = [arm.root, arm.middle, arm.end, arm.tip].map((joint) => locate(joint.at));
    for (let k = 0; k < 3; k++) {
      const from = joints[k];
      const to = joints[k + 1];
      if (to.down - from.down < 0.02 || down < from.down - 0.02 || down > to.down) continue;
      const across = lerp(from.across, to.across, (down - from.down) / (to.down - from.down));
      return across * signOf(side) > 0 ? across * signOf(side) : Infinity;
    }
    return Infinity;
  };
  const widths = {
    left: measureEdge(person, 'left', place, armAcross),
    right: measureEdge(person, 'right', place, armAcross),
  };
  // The front of the chest lies before the spine, so that it moves aside as the trunk turns.
  const turned = clamp(pose.yaw, -50, 50) * (Math.PI / 180);
  const turn = -Math.sin(turned) * FRONT_DEPTH * pose.shoulderWidth;
  return {
    length,
    shoulderWidth: pose.shoulderWidth,
    downward,
    rightward,
    axis,
    place,
    locate,
    frontAcross: (down) => turn * lerp(0.6, 1, clamp(down, 0, 1)),
    armAcross,
    halfWidth(side, down) {
      const position = clamp((down / LOWEST) * SAMPLES, 0, SAMPLES - 1.001);
      const index = Math.floor(position);
      return lerp(widths[side][index], widths[side][index + 1], position - index);
    },
  };
}

/** Walks outwards from the middle line until the trunk ends: at the background, or where the arm's skin begins. */
function measureEdge(
  person: PersonReading,
  side: Side,
  place: (down: number, across: number) => Vec,
  armAcross: (side: Side, down: number) => number,
): Float32Array {
  const { shoulderWidth } = person.pose;
  const { width, height } = person.image;
  const arm = person.parts[side === 'left' ? 'leftArm' : 'rightArm'];
  const sits = person.pose.seated;
  // The middle line of a turned trunk lies nearer to one of its edges.
  const slimmer = lerp(1, 0.7, smoothstep(14, 24, Math.abs(person.pose.yaw)));
  let lap = sits ? Math.floor((LAP / LOWEST) * SAMPLES) : SAMPLES;
  const widths = new Float32Array(SAMPLES);
  for (let k = 0; k < SAMPLES; k++) {
    const down = (k / SAMPLES) * LOWEST;
    let edge = 0;
    for (let across = 0; across < shoulderWidth; across++) {
      const [x, y] = place(down, across * signOf(side));
      if (x < 0 || y < 0 || x >= width || y >= height) break;
      const at = Math.floor(y) * width + Math.floor(x);
      if (person.matte.data[at] < 0.5) break;
      if (across > shoulderWidth * 0.3 && arm.data[at] > 0.5) break;
      if (sits && down > HIGHEST_LAP && person.parts.lowerGarment.data[at] > 0.5) {
        lap = Math.min(lap, k - 1);
        break;
      }
      edge = across;
    }
    const reach = armAcross(side, down);
    const inside =
      Number.isFinite(reach) && down > 0.25 ? Math.max(0.36, reach / shoulderWidth - 0.04) : 0.8;
    const [least, most] = down < 0.35 ? [0.36, 0.68] : down < 0.75 ? [0.33, 0.7] : [0.36, 0.8];
    widths[k] = clamp(
      edge,
      least * slimmer * shoulderWidth,
      Math.min(most, Math.max(inside, least)) * shoulderWidth,
    );
  }
  // Below, thighs come forward and aside, and are no part of the trunk.
  for (let k = lap + 1; k < SAMPLES; k++) widths[k] = Math.min(widths[k], 1.03 * widths[lap]);
  return smooth(smooth(widths));
}

function smooth(values: Float32Array): Float32Array {
  return values.map((_, k) => {
    let sum = 0;
    let count = 0;
    for (let j = Math.max(0, k - 2); j <= Math.min(values.length - 1, k + 2); j++) {
      sum += values[j];
      count++;
    }
    return sum / count;
  });
}
