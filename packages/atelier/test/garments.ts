import sharp from 'sharp';
import type { Vec } from '../src/geometry/vector.ts';
import type { Side } from '../src/perceive/person.ts';
import type { Plane, RgbImage } from '../src/pixels/image.ts';

/** What to draw; every choice has a plain default. */
export interface GarmentDrawing {
  readonly body?: 'top' | 'dress' | 'trousers' | 'skirt';
  readonly sleeves?: 'none' | 'short' | 'long';
  readonly neck?: 'round' | 'v';
  readonly cloth?: string;
  readonly backdrop?: string;
  /** Soft shadow under the garment, 0..1. Default 0.25. */
  readonly shadow?: number;
  /** Degrees clockwise. */
  readonly tilt?: number;
  /** Lowers the left sleeve's cuff, pixels. */
  readonly droop?: number;
  readonly print?: boolean;
}

/** Landmarks that the drawing has by construction, and the share of garment in each pixel. */
export interface DrawnGarment {
  readonly image: RgbImage;
  readonly share: Plane;
  readonly height: number;
  readonly sides: Readonly<
    Record<Side, { neckPoint: Vec; shoulderTip: Vec; armpit: Vec; hem: Vec; cuff: Vec | null }>
  >;
  /** Lowest point of the front neckline. */
  readonly neckBottom: Vec;
}

const WIDTH = 640;
const CENTRE = 320;

interface Half {
  readonly neckPoint: Vec;
  readonly shoulderTip: Vec;
  readonly armpit: Vec;
  readonly hem: Vec;
  readonly cuff: readonly [Vec, Vec] | null;
}

/** The right half about x = 0. */
function halfOf(drawing: GarmentDrawing, droop: number): Half {
  const dress = drawing.body === 'dress';
  const hem: Vec = dress ? [190, 830] : [136, 600];
  const sleeves = drawing.sleeves ?? 'short';
  if (sleeves === 'none') {
    return { neckPoint: [64, 120], shoulderTip: [104, 132], armpit: [138, 285], hem, cuff: null };
  }
  const cuff: readonly [Vec, Vec] =
    sleeves === 'short'
      ? [
          [232, 292 + droop],
          [172, 322 + droop],
        ]
      : [
          [272, 560 + droop],
          [222, 574 + droop],
        ];
  return { neckPoint: [64, 120], shoulderTip: [142, 148], armpit: [130, 270], hem, cuff };
}

const NECK_DEPTH = { round: 74, v: 150 } as const;

/** Draws a garment laid flat, with its inner back seen through the neck opening. */
export async function drawGarmentPhoto(drawing: GarmentDrawing = {}): Promise<DrawnGarment> {
  const height = drawing.body === 'dress' ? 900 : 720;
  const halves = { left: halfOf(drawing, drawing.droop ?? 0), right: halfOf(drawing, 0) };
  const neck = drawing.neck ?? 'round';
  const outline =
    drawing.body === 'trousers'
      ? 'M 220 120 L 420 120 L 450 640 L 345 640 L 322 300 L 318 300 L 295 640 L 190 640 Z'
      : drawing.body === 'skirt'
        ? 'M 240 120 L 400 120 L 500 600 Q 320 630 140 600 Z'
        : garmentPath(halves, drawing.sleeves ?? 'short');
  const turn = `rotate(${drawing.tilt ?? 0} ${CENTRE} ${height / 2})`;
  const hasNeck = drawing.body !== 'trousers' && drawing.body !== 'skirt';
  const cloth = drawing.cloth ?? '#2f6f9f';
  const inside = hasNeck
    ? `<path d="${openingPath(neck)}" fill="#000" fill-opacity="0.3"/><path d="${frontPath(neck)}" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="2"/>`
    : '';
  const print = drawing.print
    ? '<circle cx="320" cy="400" r="70" fill="#e8e2d0"/><rect x="285" y="385" width="70" height="26" fill="#c0392b"/>'
    : '';
  const svg = (body: string): Buffer =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}">${body}</svg>`,
    );
  const photo = svg(
    `<defs><filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="9"/></filter></defs>
    <rect width="100%" height="100%" fill="${drawing.backdrop ?? '#f4f3f1'}"/>
    <g transform="${turn}">
      <path d="${outline}" transform="translate(3 9)" fill="#000" fill-opacity="${drawing.shadow ?? 0.25}" filter="url(#soft)"/>
      <path d="${outline}" fill="${cloth}" stroke="#000" stroke-opacity="0.12" stroke-width="1.5"/>${inside}${print}
    </g>`,
  );
  const shape = svg(
    `<rect width="100%" height="100%" fill="#000"/><path d="${outline}" transform="${turn}" fill="#fff"/>`,
  );
  const place = placer(drawing.tilt ?? 0, height);
  return {
    image: await pixels(photo),
    share: await firstChannel(shape),
    height: drawing.body === 'dress' ? 710 : 500,
    sides: {
      left: truth(halves.left, ([x, y]) => place([CENTRE - x, y])),
      right: truth(halves.right, ([x, y]) => place([CENTRE + x, y])),
    },
    neckBottom: place([CENTRE, 120 + NECK_DEPTH[neck]]),
  };
}

function truth(half: Half, place: (point: Vec) => Vec): DrawnGarment['sides']['left'] {
  const { cuff } = half;
  return {
    neckPoint: place(half.neckPoint),
    shoulderTip: place(half.shoulderTip),
    armpit: place(half.armpit),
    hem: place(half.hem),
    cuff: cuff ? place([(cuff[0][0] + cuff[1][0]) / 2, (cuff[0][1] + cuff[1][1]) / 2]) : null,
  };
}

function placer(tilt: number, height: number): (point: Vec) => Vec {
  const angle = (tilt * Math.PI) / 180;
  return ([x, y]) => {
    const dx = x - CENTRE;
    const dy = y - height / 2;
    return [
      CENTRE + dx * Math.cos(angle) - dy * Math.sin(angle),
      height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
    ];
  };
}

/** The back's upper edge dips a little between the neck points. */
function garmentPath(halves: Readonly<Record<Side, Half>>, sleeves: string): string {
  const { left, right } = halves;
  const side = (half: Half, sign: number): string[] => {
    const at = ([x, y]: Vec): string => `${CENTRE + sign * x} ${y}`;
    const armhole =
      sleeves === 'none' || !half.cuff
        ? [`L ${at(half.shoulderTip)}`, `Q ${at([98, 270])} ${at(half.armpit)}`]
        : [half.shoulderTip, ...half.cuff, half.armpit].map((p) => `L ${at(p)}`);
    return [...armhole, `L ${at(half.hem)}`];
  };
  const back = `M ${CENTRE - 64} 120 Q ${CENTRE} 152 ${CENTRE + 64} 120`;
  const down = side(right, 1);
  const up = mirrorUp(left, sleeves);
  return [back, ...down, ...up, 'Z'].join(' ');
}

/** The left half from hem to neck point, as path commands. */
function mirrorUp(half: Half, sleeves: string): string[] {
  const at = ([x, y]: Vec): string => `${CENTRE - x} ${y}`;
  const hem = `L ${at(half.hem)}`;
  const armpit = `L ${at(half.armpit)}`;
  if (sleeves === 'none' || !half.cuff) {
    return [hem, armpit, `Q ${at([98, 270])} ${at(half.shoulderTip)}`];
  }
  const [outer, inner] = half.cuff;
  return [hem, armpit, `L ${at(inner)}`, `L ${at(outer)}`, `L ${at(half.shoulderTip)}`];
}

function frontPath(neck: 'round' | 'v'): string {
  const depth = NECK_DEPTH[neck];
  return neck === 'v'
    ? `M ${CENTRE + 64} 120 L ${CENTRE} ${120 + depth} L ${CENTRE - 64} 120`
    : `M ${CENTRE + 64} 120 C ${CENTRE + 58} ${120 + depth * 1.33} ${CENTRE - 58} ${120 + depth * 1.33} ${CENTRE - 64} 120`;
}

const openingPath = (neck: 'round' | 'v'): string =>
  `M ${CENTRE - 64} 120 Q ${CENTRE} 152 ${CENTRE + 64} 120 ${frontPath(neck).replace('M', 'L')} Z`;

async function pixels(svg: Buffer): Promise<RgbImage> {
  const { data, info } = await sharp(svg)
    .flatten({ background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

async function firstChannel(svg: Buffer): Promise<Plane> {
  const { width, height, data } = await pixels(svg);
  const plane: Plane = { width, height, data: new Float32Array(width * height) };
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = data[i * 3] / 255;
  return plane;
}
