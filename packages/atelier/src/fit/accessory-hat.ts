import { distance, mix, type Vec } from '../geometry/vector.ts';
import type { HatForm } from '../perceive/accessory/form.ts';
import type { PersonReading } from '../perceive/person.ts';
import { clamp, smoothstep } from '../pixels/scalar.ts';
import type { Head } from './accessory-head.ts';
import { type AccessoryPlace, boxAround } from './accessory-place.ts';

type Rim = HatForm['rim'];

/** Breadth of what the head goes into over the face's at the temples: skull, pressed hair and cloth. */
const FIT: Readonly<Record<Rim, number>> = { brim: 1.22, visor: 1.24, edge: 1.22 };
/** Height of the lower edge's middle above the eyes, eye distances. */
const FRONT: Readonly<Record<Rim, number>> = { brim: 0.46, visor: 0.44, edge: 0.52 };
/** Height of the crown's top above the eyes, eye distances: the skull ends at about 2. */
const TOP: Readonly<Record<Rim, number>> = { brim: 3, visor: 2.6, edge: 2.75 };
/** How much of a hat's height may be pressed or pulled. */
const LEAST_STRETCH = 0.8;
const MOST_STRETCH = 1.1;
/** Crowns that end lower than this would show the skull above them. */
const SKULL = 2.15;

/** Full hair is pressed to this share of its breadth, and a hat for it is no broader than this over the face's. */
const PRESSED_HAIR = 0.96;
const BROADEST_HAT = 1.42;
/** How fast hair spreads again below the hat, across over down. */
const SPREAD = 0.7;
/** How far to either side hair goes under the hat, eye distances. */
const PRESSED = 2.6;

interface Seat {
  readonly place: AccessoryPlace;
  /** The crown's top on the person's picture. */
  readonly top: Vec;
  readonly front: Vec;
}

/** Hats sit on the forehead, upright on the head, as broad as it. */
function seatHat(person: PersonReading, head: Head, form: HatForm): Seat {
  const { rim, band, front, top, ends } = form;
  const half = 0.5 * distance(band.left, band.right);
  const hair = breadthAt(person, head, -FRONT.edge);
  const skull = FIT[rim] * head.breadth;
  const breadth = clamp(PRESSED_HAIR * hair, skull, Math.max(skull, BROADEST_HAT * head.breadth));
  const scale = (0.5 * breadth * head.unit) / half;
  const tall = ((front[1] - top[1]) * scale) / head.unit;
  const stretch = clamp((TOP[rim] - FRONT[rim]) / tall, LEAST_STRETCH, MOST_STRETCH);
  const axis = mix(band.left, band.right, 0.5)[0];
  const toSource = (point: Vec): Vec => {
    const { across, down } = head.locate(point);
    return [
      axis + ((across - head.middle) * head.unit) / scale,
      front[1] + ((down + FRONT[rim]) * head.unit) / (scale * stretch),
    ];
  };
  const toPerson = ([x, y]: Vec): Vec =>
    head.place(
      head.middle + ((x - axis) * scale) / head.unit,
      -FRONT[rim] + ((y - front[1]) * scale * stretch) / head.unit,
    );
  const line = -FRONT[rim] + ((ends.left[1] - front[1]) * scale * stretch) / head.unit;
  const lowest = front[1] + 0.25 * (front[1] - top[1]);
  return {
    top: toPerson(top),
    front: toPerson(front),
    place: {
      what: 'hat',
      box: boxAround(
        [
          toPerson([ends.left[0], top[1]]),
          toPerson([ends.right[0], top[1]]),
          toPerson([ends.left[0], lowest]),
          toPerson([ends.right[0], lowest]),
          head.place(head.middle - PRESSED, -FRONT[rim]),
          head.place(head.middle + PRESSED, -FRONT[rim]),
        ],
        0.1 * head.unit,
      ),
      scale: scale * Math.sqrt(stretch),
      toSource,
      reveals: () => 1,
      // Hair above the rim goes under the hat; below it, it comes out again little by little.
      flattens: (point) => {
        const { across, down } = head.locate(point);
        const aside = Math.abs(across - head.middle);
        if (aside > PRESSED) return 0;
        const free = breadth / 2 + SPREAD * Math.max(0, down - line);
        const beside = down < line + 1.2 ? smoothstep(free - 0.05, free + 0.08, aside) : 0;
        return Math.max(beside, smoothstep(line + 0.06, line - 0.06, down));
      },
    },
  };
}

export const placeHat = (person: PersonReading, head: Head, form: HatForm): AccessoryPlace =>
  seatHat(person, head, form).place;

/** Share of a hat's height that the picture must have room for. */
const LEAST_ROOM = 0.8;
/** Breadth of what is on the head about the brows, over the face's, that hair does not reach and brims do. */
const BRIMMED = 1.65;

/** Why this hat cannot be put on this head, as a sentence for the client; null when it can. */
export function refuseHat(person: PersonReading, head: Head, form: HatForm): string | null {
  const { top, front } = seatHat(person, head, form);
  if (front[1] - Math.max(0, top[1]) < LEAST_ROOM * (front[1] - top[1])) {
    return 'The picture of the person ends too close above the head to hold the hat. Send a photo with more room above the head.';
  }
  if (head.locate(top).down > -SKULL) {
    return 'The hat is too shallow for its width: its crown would not cover the head. Send a photo of the whole hat from the front at eye level.';
  }
  if (wearsBrim(person, head)) {
    return 'What is on the head already is broader than the hat: full hair, or another hat. Send a photo with the hair close to the head and without a hat.';
  }
  return null;
}

/** Whether something broader than hair is on the head. */
function wearsBrim(person: PersonReading, head: Head): boolean {
  const widest = Math.max(
    ...[-1, -0.75, -0.5, -0.25, 0].map((down) => breadthAt(person, head, down)),
  );
  return widest > BRIMMED * head.breadth;
}

/** Breadth of head and hair at a height, in eye distances. */
function breadthAt({ matte, image }: PersonReading, head: Head, down: number): number {
  const reach = (sign: -1 | 1): number => {
    let across = 0;
    for (; across < 3; across += 0.05) {
      const [x, y] = head.place(head.middle + sign * across, down);
      const [column, row] = [Math.round(x), Math.round(y)];
      if (column < 0 || row < 0 || column >= image.width || row >= image.height) break;
      if (matte.data[row * image.width + column] < 0.5) break;
    }
    return across;
  };
  return reach(-1) + reach(1);
}
