import type { Vec } from '../src/geometry/vector.ts';
import type { Side } from '../src/perceive/person.ts';
import type { Plane, RgbImage } from '../src/pixels/image.ts';
import { CENTRE, photograph, type ProductPhoto } from './product-photo.ts';

export type NeckCut = 'round' | 'v' | 'deep v' | 'bulging v' | 'square' | 'boat';

/** What to draw; every choice has a plain default. */
export interface GarmentDrawing extends ProductPhoto {
  readonly body?: 'top' | 'dress' | 'trousers' | 'skirt';
  readonly sleeves?: 'none' | 'short' | 'long';
  readonly neck?: NeckCut;
  /** What is seen of the inner back: the cloth in shadow, or its paler reverse. Default shade. */
  readonly lining?: 'shade' | 'pale';
  readonly label?: boolean;
  /** Sews a band of the same cloth around the neck, with a seam at the front and one at the back. */
  readonly band?: boolean;
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
  /** Points along the front neckline. */
  readonly neckEdge: readonly Vec[];
}

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

const NECK_DEPTH = {
  round: 74,
  v: 150,
  'deep v': 230,
  'bulging v': 150,
  square: 90,
  boat: 46,
} as const;

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
  const hasNeck = drawing.body !== 'trousers' && drawing.body !== 'skirt';
  const photo = await photograph(
    [{ path: outline, details: (hasNeck ? insideOf(drawing) : '') + (drawing.print ? PRINT : '') }],
    height,
    drawing,
  );
  const { place } = photo;
  return {
    image: photo.image,
    share: photo.share,
    height: drawing.body === 'dress' ? 710 : 500,
    sides: {
      left: truth(halves.left, ([x, y]) => place([CENTRE - x, y])),
      right: truth(halves.right, ([x, y]) => place([CENTRE + x, y])),
    },
    neckBottom: place([CENTRE, 120 + NECK_DEPTH[neck]]),
    neckEdge: frontEdge(neck).map(place),
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

/** A stretch of the front's edge, about x = 0: straight to a point, or by two control points. */
type Stretch = readonly [Vec] | readonly [Vec, Vec, Vec];

/** The stretches of the front's edge from the right neck point to the left one. */
function frontStretches(neck: NeckCut): Stretch[] {
  const end: Vec = [-64, 120];
  const low = 120 + NECK_DEPTH[neck];
  switch (neck) {
    case 'v':
    case 'deep v':
      return [[[0, low]], [end]];
    case 'bulging v':
      return [
        [
          [72, 190],
          [40, 236],
          [0, low],
        ],
        [[-34, 232], [-64, 178], end],
      ];
    case 'square':
      return [[[60, low]], [[-60, low]], [end]];
    case 'round':
    case 'boat': {
      const pull = 120 + NECK_DEPTH[neck] * 1.33;
      return [[[58, pull], [-58, pull], end]];
    }
  }
}

function frontPath(neck: NeckCut): string {
  const stretches = frontStretches(neck).map((stretch) => {
    const points = stretch.map(([x, y]) => `${CENTRE + x} ${y}`).join(' ');
    return `${stretch.length === 1 ? 'L' : 'C'} ${points}`;
  });
  return `M ${CENTRE + 64} 120 ${stretches.join(' ')}`;
}

/** Points along the front's edge. */
function frontEdge(neck: NeckCut): Vec[] {
  const points: Vec[] = [[64, 120]];
  for (const stretch of frontStretches(neck)) {
    const from = points[points.length - 1];
    const to = stretch[stretch.length - 1];
    const [first, second] = stretch.length === 1 ? [from, to] : stretch;
    for (let t = 1 / 16; t <= 1; t += 1 / 16) {
      const u = 1 - t;
      const along = (c: 0 | 1): number =>
        stretch.length === 1
          ? u * from[c] + t * to[c]
          : u ** 3 * from[c] +
            3 * u * u * t * first[c] +
            3 * u * t * t * second[c] +
            t ** 3 * to[c];
      points.push([along(0), along(1)]);
    }
  }
  return points.map(([x, y]): Vec => [CENTRE + x, y]);
}

/** The seams of a band around the neck: round the front's edge, and under the back's. */
function seams(neck: NeckCut): string {
  const wide = `translate(${CENTRE} 120) scale(1.25 1.25) translate(${-CENTRE} -120)`;
  return `<path d="${frontPath(neck)}" transform="${wide}" fill="none" stroke="#000" stroke-opacity="0.3" stroke-width="1.6"/>
    <path d="M ${CENTRE - 60} 132 Q ${CENTRE} 164 ${CENTRE + 60} 132" fill="none" stroke="#000" stroke-opacity="0.6" stroke-width="2"/>`;
}

/** What is seen through the neck opening: the inner back, perhaps with a label, and the front's edge. */
function insideOf({
  neck = 'round',
  lining = 'shade',
  label = false,
  band = false,
}: GarmentDrawing): string {
  const opening = `M ${CENTRE - 64} 120 Q ${CENTRE} 152 ${CENTRE + 64} 120 ${frontPath(neck).replace('M', 'L')} Z`;
  const tone =
    lining === 'shade' ? 'fill="#000" fill-opacity="0.3"' : 'fill="#fff" fill-opacity="0.5"';
  const tag = label
    ? `<rect x="${CENTRE - 16}" y="140" width="32" height="16" fill="#f6f6f2"/>`
    : '';
  return `<path d="${opening}" ${tone}/>${band ? seams(neck) : ''}${tag}<path d="${frontPath(neck)}" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="2"/>`;
}

const PRINT =
  '<circle cx="320" cy="400" r="70" fill="#e8e2d0"/><rect x="285" y="385" width="70" height="26" fill="#c0392b"/>';
