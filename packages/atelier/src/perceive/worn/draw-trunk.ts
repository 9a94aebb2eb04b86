import { add, distance, mix, toSegment, type Vec } from '../../geometry/vector.ts';
import type { FoundPerson } from '../../nets/people.ts';
import { labOf } from '../../pixels/colour.ts';
import type { RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import { clamp, lerp, median, smoothstep } from '../../pixels/scalar.ts';
import type { PersonReading } from '../person.ts';
import {
  CHIN,
  type Colour,
  FACE,
  paintBackdrop,
  paintHead,
  ROOM,
  skinWithin,
  SOME_SKIN,
} from './paint-figure.ts';

/** A person of at least this score whose hips are this sure, and shoulders and face no surer, is seen from the waist down. */
const LEAST_SCORE = 0.34;
const LEAST_HIPS = 0.4;
const NO_UPPER_BODY = 0.25;
/** A body by proportion, in distances of the hips the people net finds, then in shoulder widths. */
const UNIT = 1.43;
const TRUNK = 1.6;
const SHOULDER = 0.55;
const CHEST = 0.44;
const WAIST = 0.37;
const ARM = 0.085;
const SLEEVE = 0.55;
/** Colours nearer than this in CIELAB would be taken for the same thing. */
const APART = 22;
/** Skin nearer than this to the colour of the photo's corners may be the backdrop. */
const BACKDROP = 12;
const LIGHT: Colour = [222, 222, 220];
const DARK: Colour = [58, 60, 66];

/** A photo from the waist down with an upper body drawn above it. */
export interface DrawnTrunk {
  readonly image: RgbImage;
  /** Rows that were added above the photo. */
  readonly added: number;
}

/**
 * Shops show trousers and skirts from the waist down, but the nets know whole people: draws a plain upper body above such
 * a picture, in a top of the colour that its border cuts. Null where an upper body is seen or nobody is.
 */
export function withTrunk(image: RgbImage, people: readonly FoundPerson[]): DrawnTrunk | null {
  const [person] = people.toSorted((a, b) => b.score - a.score);
  if (!person || !waistDown(person)) return null;
  const [leftHip, rightHip] = [person.points[11].at, person.points[12].at];
  const unit = UNIT * distance(leftHip, rightHip);
  const hips = mix(leftHip, rightHip, 0.5);
  const shoulderY = hips[1] - TRUNK * unit;
  if (shoulderY > -0.15 * unit || unit < 0.1 * image.width) return null;
  const added = Math.round((CHIN + FACE + ROOM) * unit - shoulderY);
  const data = bytes(image.width * (image.height + added) * 3);
  data.set(image.data, image.width * added * 3);
  const picture = { width: image.width, height: image.height + added, data };
  const shoulders: Vec = [hips[0], shoulderY + added];
  const arms = [-1, 1].map((side) => armOf(image, person, hips[0], unit, side));
  const tones = arms.flatMap(({ tone }) => (tone ? [tone] : []));
  const skin = tones[0] ?? SOME_SKIN;
  const top = topColour(image, hips, unit, skin);
  paintBackdrop(picture, image, added);
  paintHead(
    picture,
    [shoulders[0], shoulders[1] - CHIN * unit],
    unit,
    Math.min(added, shoulders[1] + 0.12 * unit),
    skin,
  );
  for (const [k, { x }] of arms.entries()) {
    const root = add(shoulders, [(k === 0 ? -1 : 1) * (SHOULDER - ARM) * unit, 0.06 * unit]);
    const end: Vec = [x, added];
    paintLimb(picture, root, end, ARM * unit, skin, added);
    paintLimb(picture, root, mix(root, end, SLEEVE / 2), 1.35 * ARM * unit, top, added);
  }
  paintTop(picture, shoulders, unit, top, added);
  return { image: picture, added };
}

/** Whether what is worn below goes up to the row at which the photo begins. */
export function reachesRow({ parts, pose }: PersonReading, row: number): boolean {
  const { width, data } = parts.lowerGarment;
  const half = 0.25 * pose.shoulderWidth;
  let cloth = 0;
  let all = 0;
  for (let x = Math.ceil(pose.hipMiddle[0] - half); x < pose.hipMiddle[0] + half; x++) {
    if (x < 0 || x >= width) continue;
    all++;
    if (data[(row + 2) * width + x] > 0.5) cloth++;
  }
  return cloth > 0.5 * all;
}

function waistDown({ score, points }: FoundPerson): boolean {
  const sure = (from: number, to: number): number =>
    points.slice(from, to).reduce((sum, { confidence }) => sum + confidence, 0) / (to - from);
  return (
    score >= LEAST_SCORE &&
    sure(11, 13) >= LEAST_HIPS &&
    sure(0, 5) < NO_UPPER_BODY &&
    sure(5, 7) < NO_UPPER_BODY
  );
}

/** Where an arm comes into the picture at its upper border, and its tone where skin is seen there. */
function armOf(
  image: RgbImage,
  { points }: FoundPerson,
  centre: number,
  unit: number,
  side: number,
): { readonly x: number; readonly tone: Colour | null } {
  const wrists = [points[9], points[10]].toSorted((a, b) => a.at[0] - b.at[0]);
  const wrist = wrists[side < 0 ? 0 : 1];
  const usual =
    wrist.confidence > 0.15
      ? clamp(lerp(centre + side * SHOULDER * unit, wrist.at[0], 0.6), 0, image.width)
      : centre + side * 0.62 * unit;
  const rows = Math.max(4, Math.round(0.04 * unit));
  const backdrop = [2, image.width - 3].map((x) => colourAt(image, x));
  const near = skinWithin(image, usual, 0.22 * unit, rows).filter(
    (i) =>
      side * ((i % image.width) - centre) > 0.4 * unit &&
      backdrop.every((colour) => apart(colour, colourAt(image, i)) > BACKDROP),
  );
  if (near.length < 20) return { x: usual, tone: null };
  const channel = (c: number): number => median(near.map((i) => image.data[3 * i + c]));
  return {
    x: median(near.map((i) => i % image.width)),
    tone: [channel(0), channel(1), channel(2)],
  };
}

const colourAt = ({ data }: RgbImage, i: number): Colour => [
  data[3 * i],
  data[3 * i + 1],
  data[3 * i + 2],
];

function apart(one: Colour, other: Colour): number {
  const [a, b] = [labOf(...one), labOf(...other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** The colour of the top that the border cuts; another one where a bare waist is there. */
function topColour(image: RgbImage, hips: Vec, unit: number, skin: Colour): Colour {
  const border = colourAbout(image, [hips[0], 0.02 * unit], 0.18 * unit, 0.03 * unit);
  if (apart(border, skin) > APART) return border;
  const below = colourAbout(image, add(hips, [0, 0.3 * unit]), 0.2 * unit, 0.1 * unit);
  return apart(below, LIGHT) > apart(below, DARK) ? LIGHT : DARK;
}

/** Median colour about a place. */
function colourAbout(image: RgbImage, [x, y]: Vec, across: number, down: number): Colour {
  const pixels: number[] = [];
  for (
    let row = Math.max(0, Math.round(y - down));
    row <= Math.min(image.height - 1, y + down);
    row += 2
  ) {
    for (let column = Math.round(x - across); column <= x + across; column += 3) {
      if (column >= 0 && column < image.width) pixels.push(row * image.width + column);
    }
  }
  const channel = (c: number): number =>
    pixels.length > 0 ? Math.round(median(pixels.map((i) => image.data[3 * i + c]))) : 128;
  return [channel(0), channel(1), channel(2)];
}

/** A limb as a stretch of even breadth, rounded by its shade, down to a row. */
function paintLimb(
  picture: RgbImage,
  from: Vec,
  to: Vec,
  half: number,
  colour: Colour,
  lowest: number,
): void {
  const { width, data } = picture;
  const first = Math.max(0, Math.floor(Math.min(from[1], to[1]) - half));
  for (let y = first; y < Math.min(lowest, Math.max(from[1], to[1]) + half); y++) {
    const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - half - 1));
    const right = Math.min(width, Math.max(from[0], to[0]) + half + 1);
    for (let x = left; x < right; x++) {
      const away = toSegment([x, y], from, to).distance / half;
      blend(
        data,
        y * width + x,
        colour,
        1.04 - 0.2 * away * away,
        smoothstep(1 + 1 / half, 1 - 1 / half, away),
      );
    }
  }
}

/** The trunk of a plain top with a round neckline, down to a row. */
function paintTop(
  { width, data }: RgbImage,
  [x, y]: Vec,
  unit: number,
  colour: Colour,
  lowest: number,
): void {
  const neck = 0.2 * unit;
  for (let row = Math.max(0, Math.floor(y - 0.2 * unit)); row < lowest; row++) {
    const down = (row - y) / unit;
    const half =
      unit *
      (down < 0.1
        ? lerp(0.2, SHOULDER, smoothstep(-0.2, 0.1, down))
        : lerp(
            lerp(SHOULDER, CHEST, smoothstep(0.1, 0.35, down)),
            WAIST,
            smoothstep(0.4, 1.1, down),
          ));
    for (
      let column = Math.max(0, Math.floor(x - half));
      column < Math.min(width, x + half);
      column++
    ) {
      const across = Math.abs(column - x) / half;
      const inNeck = Math.hypot((column - x) / neck, (row - (y - 0.2 * unit)) / (1.2 * neck)) < 1;
      if (inNeck) continue;
      blend(
        data,
        row * width + column,
        colour,
        1.03 - 0.16 * across * across,
        smoothstep(1, 1 - 2 / half, across),
      );
    }
  }
}

function blend(
  data: Uint8Array,
  pixel: number,
  colour: Colour,
  light: number,
  share: number,
): void {
  for (let c = 0; c < 3; c++) {
    const at = 3 * pixel + c;
    data[at] += (clamp(colour[c] * light, 0, 255) - data[at]) * share;
  }
}
