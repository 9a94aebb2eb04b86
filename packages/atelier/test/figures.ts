import sharp from 'sharp';
import type { Vec } from '../src/geometry/vector.ts';
import { createMask, type Mask, type RgbImage } from '../src/pixels/image.ts';
import { type DrawnLimb, limbPath } from './figure-limbs.ts';

/** People drawn in code, whose parts and joints are known exactly. */
export interface Figure {
  readonly image: RgbImage;
  readonly truth: Readonly<Record<FigurePart, Mask>>;
  readonly joints: Readonly<Record<FigureJoint, Vec>>;
}

export const figureParts = [
  'hair',
  'face',
  'neck',
  'arms',
  'upper',
  'lower',
  'legs',
  'shoes',
  'accessory',
] as const;
export type FigurePart = (typeof figureParts)[number];

type FigureJoint =
  | 'leftShoulder'
  | 'rightShoulder'
  | 'leftElbow'
  | 'rightElbow'
  | 'leftWrist'
  | 'rightWrist'
  | 'leftHip'
  | 'rightHip'
  | 'leftKnee'
  | 'rightKnee';

export interface FigureOptions {
  readonly skin?: string;
  readonly hair?: string;
  readonly longHair?: boolean;
  /** A dress is `upper` down to the waist and `lower` below it, and leaves no room for a bottom. */
  readonly top?: 'tank' | 'tee' | 'long' | 'crop' | 'dress';
  readonly topColour?: string;
  /** Tops are worn over the bottom unless they are tucked in. */
  readonly tucked?: boolean;
  readonly bottom?: 'trousers' | 'shorts' | 'skirt';
  readonly bottomColour?: string;
  /** `away` hangs a little away from the body, `down` before the hips, `hip` has one hand on the waist. */
  readonly arms?: ArmPose;
  readonly worn?: readonly ('hat' | 'bag')[];
  readonly backdrop?: readonly [string, string];
}

type ArmPose = 'away' | 'down' | 'hip' | 'apart';

const WIDTH = 600;
const HEIGHT = 900;
const CENTRE = 300;

/** A standing person facing us, 600 by 900 pixels. */
export async function drawFigure(options: FigureOptions = {}): Promise<Figure> {
  const shapes = figureShapes(options);
  const [from, to] = options.backdrop ?? ['#e9e7e4', '#d3d0cc'];
  const image = await render(
    `<defs><linearGradient id="backdrop" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>${GRADIENTS}</defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#backdrop)"/>
    ${shapes.map(({ paint }) => paint).join('')}`,
  );
  const numbered = await render(
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#000"/>` +
      shapes
        .filter(({ outline }) => outline)
        .map(({ part, outline }) => flat(outline ?? '', figureParts.indexOf(part) + 1))
        .join(''),
  );
  return { image, truth: masksOf(numbered), joints: jointsOf(options.arms ?? 'away') };
}

const JOINTS: Readonly<Record<FigureJoint, Vec>> = {
  leftShoulder: [232, 228],
  rightShoulder: [368, 228],
  leftElbow: [206, 345],
  rightElbow: [394, 345],
  leftWrist: [190, 450],
  rightWrist: [410, 450],
  leftHip: [262, 458],
  rightHip: [338, 458],
  leftKnee: [258, 630],
  rightKnee: [342, 630],
};

/** Elbow, wrist and fingertips of the left arm; the right one mirrors it, and hangs down when the left hand rests on the waist. */
const ARM_POSES: Readonly<Record<Exclude<ArmPose, 'away'>, readonly [Vec, Vec, Vec]>> = {
  down: [
    [214, 346],
    [216, 452],
    [222, 506],
  ],
  hip: [
    [160, 330],
    [232, 404],
    [272, 424],
  ],
  apart: [
    [160, 320],
    [102, 412],
    [74, 456],
  ],
};

function drawnArm(pose: Exclude<ArmPose, 'away'>, side: number): DrawnLimb {
  const points: Vec[] = [[228, 238], ...ARM_POSES[side < 0 && pose === 'hip' ? 'down' : pose]];
  return {
    points: points.map(([x, y]): Vec => [mirror(x, side), y]),
    halfWidths: [23, 20, 15, 11],
  };
}

function jointsOf(arms: ArmPose): Readonly<Record<FigureJoint, Vec>> {
  if (arms === 'away') return JOINTS;
  const [left, right] = [drawnArm(arms, 1).points, drawnArm(arms, -1).points];
  return {
    ...JOINTS,
    leftElbow: left[1],
    rightElbow: right[1],
    leftWrist: left[2],
    rightWrist: right[2],
  };
}

/** Light from the upper left: laid over every shape, it gives limbs and folds their shade. */
const GRADIENTS = `
  <linearGradient id="shade" x2="1" y2="0"><stop stop-color="#fff" stop-opacity=".16"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".28"/></linearGradient>
  <radialGradient id="cheek" cx=".42" cy=".4"><stop stop-color="#fff" stop-opacity=".18"/><stop offset=".7" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".22"/></radialGradient>
  <linearGradient id="fall" x2="0" y2="1"><stop stop-color="#000" stop-opacity=".3"/><stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient>`;

interface Shape {
  readonly part: FigurePart;
  /** What is drawn in the picture. */
  readonly paint: string;
  /** The shape that the truth takes; nothing for details upon a part. */
  readonly outline?: string;
}

/** Draws one part in a colour, light and shade laid over it. */
type Draw = (part: FigurePart, path: string, colour: string, shade?: string) => Shape;

const TOP_COLOUR = '#3f7f6d';

function clothesShapes(options: FigureOptions, shape: Draw): Shape[] {
  const colour = options.topColour ?? TOP_COLOUR;
  const kind = options.top ?? 'tee';
  const sleeves = (options.arms ?? 'away') === 'away';
  if (kind === 'dress') return dressShapes((part, path) => shape(part, path, colour));
  const bottoms = bottomShapes(options.bottom ?? 'trousers', (path) =>
    shape('lower', path, options.bottomColour ?? '#3b4a6b'),
  );
  const tops = topShapes(kind, sleeves, (path) => shape('upper', path, colour));
  return options.tucked ? [...tops, ...bottoms] : [...bottoms, ...tops];
}

/** A sleeveless dress flaring to the knee: one painted shape, divided at the waist in the truth alone. */
function dressShapes(shape: (part: FigurePart, path: string) => Shape): Shape[] {
  const bodice =
    'M256 214 L274 210 C276 262 288 282 300 282 C312 282 324 262 326 210 L344 214 C346 250 354 270 368 284 C364 310 360 326 358 340 C356 365 356 380 358 400';
  const skirt = 'C364 450 390 540 402 640 L198 640 C210 540 236 450 242 400';
  const back = 'C244 380 244 365 242 340 C240 326 236 310 232 284 C246 270 254 250 256 214 Z';
  const whole = shape('upper', `${bodice} ${skirt} ${back}`);
  return [
    whole,
    {
      part: 'lower',
      paint: '',
      outline: `M358 400 ${skirt} Z`,
    },
  ];
}

function posedArms(
  pose: Exclude<ArmPose, 'away'>,
  top: string,
  skin: string,
  colour: string,
  shape: Draw,
): Shape[] {
  return [1, -1].flatMap((side) => {
    const arm = drawnArm(pose, side);
    const bare = shape('arms', limbPath(arm), skin);
    if (top !== 'tee' && top !== 'long') return [bare];
    const to = top === 'long' ? 0.8 : 0.27;
    const sleeve = limbPath(arm, { to, wider: top === 'long' ? 5 : 9, round: false });
    return [bare, shape('upper', sleeve, colour)];
  });
}

function figureShapes(options: FigureOptions): Shape[] {
  const skin = options.skin ?? '#d9a583';
  const hair = options.hair ?? '#4a3020';
  const top = options.topColour ?? TOP_COLOUR;
  const arms = options.arms ?? 'away';
  const shape: Draw = (part, path, colour, shade = 'shade') => ({
    part,
    outline: path,
    paint: `<path d="${path}" fill="${colour}"/><path d="${path}" fill="url(#${shade})"/>`,
  });
  const detail = (part: FigurePart, paint: string): Shape => ({ part, paint });
  return [
    ...(options.longHair
      ? [
          shape(
            'hair',
            'M246 120 C236 180 226 230 238 262 L278 262 L278 120 Z M354 120 C364 180 374 230 362 262 L322 262 L322 120 Z',
            hair,
          ),
        ]
      : []),
    ...both((x) => shape('legs', legPath(x), skin)),
    ...both((x) => shape('shoes', shoePath(x), '#2b2724')),
    ...(arms === 'away' ? both((x) => shape('arms', armPath(x), skin)) : []),
    shape('neck', BODY, skin),
    shape(
      'neck',
      'M274 150 L274 196 C262 212 240 216 226 222 L374 222 C360 216 338 212 326 196 L326 150 Z',
      skin,
    ),
    detail('neck', '<path d="M276 178 L324 178 L326 200 Q300 214 274 200 Z" fill="url(#fall)"/>'),
    ...clothesShapes(options, shape),
    ...(arms === 'away' ? [] : posedArms(arms, options.top ?? 'tee', skin, top, shape)),
    detail(
      'upper',
      '<path d="M262 330 Q290 350 282 400 M338 320 Q322 360 330 410" fill="none" stroke="#000" stroke-opacity=".12" stroke-width="5"/>',
    ),
    shape('hair', 'M300 46 C246 46 236 96 246 140 L354 140 C364 96 354 46 300 46 Z', hair),
    shape('face', FACE, skin, 'cheek'),
    shape('face', 'M251 124 q-8 -2 -7 12 q2 16 11 16 Z M349 124 q8 -2 7 12 q-2 16 -11 16 Z', skin),
    ...faceDetails(hair).map((paint) => detail('face', paint)),
    shape(
      'hair',
      'M252 112 C254 72 280 64 300 64 C320 64 346 72 348 112 C338 88 316 84 296 86 C276 86 260 92 252 112 Z',
      hair,
    ),
    ...(options.worn?.includes('bag') ? [shape('accessory', BAG, '#6b2f24')] : []),
    ...(options.worn?.includes('hat') ? [shape('accessory', HAT, '#c8b48c')] : []),
  ];
}

/** A strap from the right shoulder to the left hip, and the bag it carries beside the thigh. */
const BAG =
  'M338 206 L350 208 L238 486 L226 480 Z M170 470 L246 462 C252 500 252 530 248 556 L176 560 C166 530 166 500 170 470 Z';
const HAT =
  'M214 98 C236 84 248 84 252 80 C250 40 262 22 300 22 C338 22 350 40 348 80 C352 84 364 84 386 98 C340 112 260 112 214 98 Z';

const FACE = 'M252 110 C252 70 348 70 348 110 C350 150 336 190 300 194 C264 190 250 150 252 110 Z';
const BODY =
  'M226 222 C246 214 354 214 374 222 C378 260 364 300 358 340 C356 380 366 420 372 470 L228 470 C234 420 244 380 242 340 C236 300 222 260 226 222 Z';

const mirror = (x: number, side: number): number => CENTRE + side * (x - CENTRE);

/** A path written for the left half of the picture, on both sides. */
function both<T>(draw: (x: (value: number) => number) => T): T[] {
  return [draw((value) => mirror(value, 1)), draw((value) => mirror(value, -1))];
}

const armPath = (x: (value: number) => number): string =>
  `M${x(250)} 216 C${x(222)} 214 ${x(206)} 232 ${x(200)} 262 C${x(194)} 300 ${x(188)} 330 ${x(184)} 352
   C${x(180)} 390 ${x(176)} 420 ${x(176)} 446 C${x(168)} 470 ${x(166)} 496 ${x(174)} 512 C${x(180)} 522 ${x(192)} 522 ${x(198)} 510
   C${x(204)} 492 ${x(204)} 468 ${x(202)} 450 C${x(208)} 420 ${x(222)} 380 ${x(226)} 350 C${x(232)} 320 ${x(240)} 280 ${x(250)} 260 Z`;

const legPath = (x: (value: number) => number): string =>
  `M${x(228)} 460 C${x(222)} 540 ${x(234)} 600 ${x(236)} 640 C${x(232)} 690 ${x(240)} 740 ${x(246)} 800 L${x(274)} 800
   C${x(282)} 740 ${x(282)} 690 ${x(280)} 640 C${x(288)} 580 ${x(296)} 530 ${x(300)} 480 L${x(300)} 460 Z`;

const shoePath = (x: (value: number) => number): string =>
  `M${x(244)} 796 L${x(276)} 796 C${x(280)} 820 ${x(278)} 846 ${x(272)} 852 L${x(226)} 852 C${x(222)} 836 ${x(238)} 822 ${x(244)} 796 Z`;

function topShapes(kind: string, sleeved: boolean, shape: (path: string) => Shape): Shape[] {
  const hem = kind === 'crop' ? 372 : 472;
  const body = `C${kind === 'crop' ? '358 340 359 356 360' : '356 380 366 420 374'} ${hem} L${600 - (kind === 'crop' ? 360 : 374)} ${hem} C${kind === 'crop' ? '241 356 242 340 242' : '234 420 244 380 242'} 340`;
  if (kind === 'tank' || kind === 'crop') {
    return [
      shape(
        `M256 214 L274 210 C276 262 288 282 300 282 C312 282 324 262 326 210 L344 214 C346 250 354 270 368 284 C364 310 360 326 358 340 ${body} C240 326 236 310 232 284 C246 270 254 250 256 214 Z`,
      ),
    ];
  }
  const torso = shape(
    `M232 218 C252 212 264 206 272 200 C280 224 320 224 328 200 C336 206 348 212 368 218 C378 260 364 300 358 340 ${body} C236 300 222 260 232 218 Z`,
  );
  if (!sleeved) return [torso];
  const sleeves = both((x) =>
    shape(
      kind === 'long'
        ? `M${x(254)} 212 C${x(218)} 208 ${x(200)} 230 ${x(194)} 262 C${x(186)} 320 ${x(172)} 400 ${x(170)} 448 L${x(208)} 452 C${x(214)} 420 ${x(230)} 370 ${x(232)} 350 C${x(236)} 320 ${x(244)} 290 ${x(254)} 270 Z`
        : `M${x(254)} 212 C${x(218)} 208 ${x(200)} 230 ${x(192)} 262 L${x(182)} 312 L${x(238)} 322 C${x(240)} 300 ${x(246)} 280 ${x(254)} 270 Z`,
    ),
  );
  return [...sleeves, torso];
}

function bottomShapes(kind: string, shape: (path: string) => Shape): Shape[] {
  const waist = 438;
  if (kind === 'skirt') {
    return [
      shape(
        `M236 ${waist} L364 ${waist} C372 470 380 560 386 640 L214 640 C220 560 228 470 236 ${waist} Z`,
      ),
    ];
  }
  const [end, inner, outer] = kind === 'shorts' ? [612, 292, 216] : [802, 284, 232];
  return both((x) =>
    shape(
      `M${x(236)} ${waist} C${x(222)} 480 ${x(216)} 540 ${x(222)} 610 L${x(outer)} ${end} L${x(inner)} ${end} C${x(292)} 640 ${x(298)} 560 ${x(301)} 500 L${x(301)} ${waist} Z`,
    ),
  );
}

function faceDetails(hair: string): string[] {
  const eye = (x: number): string =>
    `<path d="M${x - 11} 126 Q${x} 116 ${x + 11} 126 Q${x} 133 ${x - 11} 126 Z" fill="#fff"/><circle cx="${x}" cy="125" r="5" fill="#3a2a1c"/><path d="M${x - 14} 112 Q${x} 104 ${x + 14} 111" fill="none" stroke="${hair}" stroke-width="4"/><path d="M${x - 11} 126 Q${x} 116 ${x + 11} 126" fill="none" stroke="#222" stroke-width="2"/>`;
  return [
    eye(278),
    eye(322),
    '<path d="M302 124 Q308 146 306 151 Q300 156 293 151" fill="none" stroke="#000" stroke-opacity=".28" stroke-width="3"/>',
    '<path d="M282 168 Q292 163 300 166 Q308 163 318 168 Q300 180 282 168 Z" fill="#a4504c"/>',
  ];
}

const flat = (path: string, number: number): string => {
  const value = (number * 16).toString(16).padStart(2, '0');
  return `<path d="${path}" fill="#${value}${value}${value}" shape-rendering="crispEdges"/>`;
};

async function render(content: string): Promise<RgbImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${content}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function masksOf(numbered: RgbImage): Record<FigurePart, Mask> {
  const mask = (): Mask => createMask(numbered.width, numbered.height);
  const masks: Record<FigurePart, Mask> = {
    hair: mask(),
    face: mask(),
    neck: mask(),
    arms: mask(),
    upper: mask(),
    lower: mask(),
    legs: mask(),
    shoes: mask(),
    accessory: mask(),
  };
  for (let i = 0; i < numbered.width * numbered.height; i++) {
    const number = Math.round(numbered.data[i * 3] / 16);
    if (number > 0) masks[figureParts[number - 1]].data[i] = 1;
  }
  return masks;
}
