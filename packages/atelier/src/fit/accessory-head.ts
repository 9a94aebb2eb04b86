import { add, distance, dot, mix, perpendicular, subtract, type Vec } from '../geometry/vector.ts';
import type { PersonReading } from '../perceive/person.ts';
import { sample } from '../pixels/resize.ts';
import { clamp } from '../pixels/scalar.ts';

/**
 * The head's own coordinates: `across` to the right of the picture and `down` to the chin, from between the eyes, in
 * eye distances as they would be seen from the front.
 */
export interface Head {
  /** Eye distance seen from the front, pixels. */
  readonly unit: number;
  /** Turn to the picture's right, radians. */
  readonly turn: number;
  /** How far the middle of the head's breadth lies from between the eyes, in units. */
  readonly middle: number;
  /** Breadth of the face at the temples, in units. */
  readonly breadth: number;
  place(across: number, down: number): Vec;
  locate(point: Vec): { readonly across: number; readonly down: number };
}

/** Depth of the nose's tip before the eyes, in eye distances. */
const NOSE_DEPTH = 0.55;
/** Breadths of heads at the temples, in eye distances (Farkas, "Anthropometry of the Head and Face", 1994). */
const NARROWEST_HEAD = 2.05;
const BROADEST_HEAD = 2.3;

export function measureHead(person: PersonReading): Head {
  const { eyes, mouth, nose } = person.pose;
  const from = mix(eyes.left.at, eyes.right.at, 0.5);
  const apart = Math.max(1, distance(eyes.left.at, eyes.right.at));
  const line = subtract(eyes.right.at, eyes.left.at);
  const fall = subtract(mouth.at, from);
  // The mouth lies square to the eyes: each mends the other's error.
  const roll = 0.7 * Math.atan2(line[1], line[0]) + 0.3 * Math.atan2(-fall[0], fall[1]);
  const right: Vec = [Math.cos(roll), Math.sin(roll)];
  const down = perpendicular(right);
  const turn = Math.atan(dot(subtract(nose.at, from), right) / (NOSE_DEPTH * apart));
  const unit = apart / Math.max(0.8, Math.cos(turn));
  const place = (across: number, downwards: number): Vec =>
    add(add(from, right, across * unit), down, downwards * unit);
  const edge = (sign: -1 | 1): number => {
    for (let across = 0.8; across < 1.6; across += 0.02) {
      const [x, y] = place(sign * across, -0.05);
      if (sample(person.parts.face, x, y) < 0.5) return across;
    }
    return BROADEST_HEAD / 2;
  };
  const ends = { left: edge(-1), right: edge(1) };
  return {
    unit,
    turn,
    middle: clamp((ends.right - ends.left) / 2, -0.35, 0.35),
    breadth: clamp(ends.left + ends.right, NARROWEST_HEAD, BROADEST_HEAD),
    place,
    locate: (point) => {
      const away = subtract(point, from);
      return { across: dot(away, right) / unit, down: dot(away, down) / unit };
    },
  };
}

/** A head turned further than this shows accessories' sides, which a picture from the front does not have; radians. */
const FURTHEST_TURN = 0.5;
const LEAST_CONFIDENCE = 0.5;
const LEAST_UNIT = 7;

/** Why nothing can be put on this head, as a sentence for the client; null when it can. */
export function refuseHead(person: PersonReading, thing: string): string | null {
  const { facing, eyes, nose } = person.pose;
  const unseen = [eyes.left, eyes.right, nose].some(
    ({ confidence }) => confidence < LEAST_CONFIDENCE,
  );
  if (facing === 'back' || unseen) {
    return `The face of the person is not seen, so that ${thing} cannot be put on. Send a photo that shows the face from the front.`;
  }
  const head = measureHead(person);
  if (facing === 'side' || Math.abs(head.turn) > FURTHEST_TURN) {
    return `The head of the person is turned too far aside for ${thing} photographed from the front. Send a photo of the person facing the camera.`;
  }
  if (head.unit < LEAST_UNIT) {
    return `The face of the person is too small in the picture for ${thing}. Send a closer or larger photo.`;
  }
  return null;
}
