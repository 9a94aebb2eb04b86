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
const FRONT: Readonly<Record<Rim, number>> = { brim: 0.55, visor: 0.5, edge: 0.7 };
/** Height of the crown's top above the eyes, eye distances: the skull ends at about 2. */
const TOP: Readonly<Record<Rim, number>> = { brim: 3, visor: 2.6, edge: 2.75 };
/** How much of a hat's height may be pressed or pulled. */
const LEAST_STRETCH = 0.8;
const MOST_STRETCH = 1.1;
/** Crowns that end lower than this would show the skull above them. */
const SKULL = 2.15;

/** How far to either side hair goes under the hat, eye distances. */
const PRESSED = 2.6;

interface Seat {
  readonly place: AccessoryPlace;
  /** The crown's top on the person's picture. */
  readonly top: Vec;
  readonly front: Vec;
}

/** Hats sit on the forehead, upright on the head, as broad as it. */
function seatHat(head: Head, form: HatForm): Seat {
  const { rim, band, front, top, ends } = form;
  const half = 0.5 * distance(band.left, band.right);
  const scale = (0.5 * FIT[rim] * head.breadth * head.unit) / half;
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
      // Hair above the rim goes under the hat; below it, it comes out again.
      flattens: (point) => {
        const { across, down } = head.locate(point);
        return Math.abs(across - head.middle) < PRESSED
          ? smoothstep(line + 0.06, line - 0.06, down)
          : 0;
      },
    },
  };
}

export const placeHat = (head: Head, form: HatForm): AccessoryPlace => seatHat(head, form).place;

/** Share of a hat's height that the picture must have room for. */
const LEAST_ROOM = 0.8;
/** Breadth of what is on the head about the brows, over the face's, that hair does not reach and brims do. */
const BRIMMED = 1.65;

/** Why this hat cannot be put on this head, as a sentence for the client; null when it can. */
export function refuseHat(person: PersonReading, head: Head, form: HatForm): string | null {
  const { top, front } = seatHat(head, form);
  if (front[1] - Math.max(0, top[1]) < LEAST_ROOM * (front[1] - top[1])) {
    return 'The picture of the person ends too close above the head to hold the hat. Send a photo with more room above the head.';
  }
  if (head.locate(top).down > -SKULL) {
    return 'The hat is too shallow for its width: its crown would not cover the head. Send a photo of the whole hat from the front at eye level.';
  }
  if (wearsBrim(person, head)) {
    return 'The person already wears a hat. Send a photo of the person without one.';
  }
  return null;
}

/** Whether something broader than hair is on the head. */
function wearsBrim({ matte, image }: PersonReading, head: Head): boolean {
  const breadth = (down: number): number => {
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
  };
  return Math.max(...[-1, -0.75, -0.5, -0.25, 0].map(breadth)) > BRIMMED * head.breadth;
}
