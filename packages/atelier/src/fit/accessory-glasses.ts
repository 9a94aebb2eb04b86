import {
  distance,
  dot,
  mix,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../geometry/vector.ts';
import type { GlassesForm } from '../perceive/accessory/form.ts';
import type { AccessoryReading } from '../perceive/garment.ts';
import { clamp } from '../pixels/scalar.ts';
import type { Head } from './accessory-head.ts';
import { type AccessoryPlace, boxAround } from './accessory-place.ts';

/** Breadth of a frame in eye distances, and within which shares of the face's breadth it stays. */
const FRAME = 2.12;
const LEAST_OF_FACE = 0.98;
const MOST_OF_FACE = 1.06;
/** Faces that seem broader show their ears, eye distances. */
const BROADEST_FACE = 2.2;
/** How far the middles of the lenses lie below the pupils, eye distances. */
const LENS_DROP = 0.1;
/** How far the bridge stands before the eyes, eye distances. */
const BRIDGE_DEPTH = 0.25;
/** How far the frame's ends lie behind its bridge, in half-breadths of the frame. */
const WRAP = 0.22;

/** Glasses sit on the bridge of the nose, as broad as the face, and turn with the head. */
export function placeGlasses(
  head: Head,
  { image }: AccessoryReading,
  form: GlassesForm,
): AccessoryPlace {
  const { lenses, hinges } = form;
  const rightward = normalize(subtract(lenses.right, lenses.left));
  const downward = perpendicular(rightward);
  const bridge = mix(lenses.left, lenses.right, 0.5);
  const halfSource = 0.5 * distance(hinges.left, hinges.right);
  const face = Math.min(head.breadth, BROADEST_FACE);
  const breadth = clamp(FRAME, LEAST_OF_FACE * face, MOST_OF_FACE * face);
  const half = breadth / 2;
  const scale = (half * head.unit) / halfSource;
  const [cos, sin] = [Math.cos(head.turn), Math.sin(head.turn)];
  const shift = BRIDGE_DEPTH * sin;
  const seen = (u: number): number => half * (u * cos - WRAP * u * u * sin);
  const toSource = (point: Vec): Vec => {
    const { across, down } = head.locate(point);
    // The frame is a shallow arc: two Newton steps invert how it is seen.
    let u = (across - shift) / half;
    for (let step = 0; step < 2; step++) {
      u -= (seen(u) - (across - shift)) / (half * Math.max(0.3, cos - 2 * WRAP * u * sin));
    }
    const x = u * halfSource;
    const y = ((down - LENS_DROP) * head.unit) / scale;
    return [
      bridge[0] + rightward[0] * x + downward[0] * y,
      bridge[1] + rightward[1] * x + downward[1] * y,
    ];
  };
  const reach = ([x, y]: Vec): number => Math.abs(dot(subtract([x, y], bridge), downward));
  const { width, height } = image;
  const tall = Math.min(
    0.75 * half,
    (Math.max(reach([0, 0]), reach([width, height])) * scale) / head.unit,
  );
  const corners = [-1, 1].flatMap((side) =>
    [-1, 1].map((end) => head.place(shift + side * 1.15 * half, LENS_DROP + end * tall)),
  );
  return {
    what: 'glasses',
    box: boxAround(corners, 2),
    scale,
    toSource,
    reveals: () => 1,
    flattens: () => 0,
  };
}
