import sharp from 'sharp';
import type { Vec } from '../src/geometry/vector.ts';
import type { Plane, RgbImage } from '../src/pixels/image.ts';

export const PHOTO_WIDTH = 640;
/** Products are drawn about this x. */
export const CENTRE = 320;

export type Cloth = 'plain' | 'stripes' | 'checks' | 'blotches';

/** How a product is photographed; every choice has a plain default. */
export interface ProductPhoto {
  readonly cloth?: string;
  readonly pattern?: Cloth;
  readonly backdrop?: string;
  /** Soft shadow under the product, 0..1. Default 0.25. */
  readonly shadow?: number;
  /** Degrees clockwise. */
  readonly tilt?: number;
}

/** One piece of cloth lying over those before it. */
export interface Piece {
  readonly path: string;
  /** Drawn inside the piece's own outline, over its pattern. */
  readonly details?: string;
}

export interface Photographed {
  readonly image: RgbImage;
  /** Share of product in each pixel. */
  readonly share: Plane;
  /** Where a point of the drawing lies in the picture. */
  readonly place: (point: Vec) => Vec;
}

/** Photographs pieces of cloth lying on a plain backdrop with a soft shadow. */
export async function photograph(
  pieces: readonly Piece[],
  height: number,
  {
    cloth = '#2f6f9f',
    pattern = 'plain',
    backdrop = '#f4f3f1',
    shadow = 0.25,
    tilt = 0,
  }: ProductPhoto,
): Promise<Photographed> {
  const turn = `rotate(${tilt} ${CENTRE} ${height / 2})`;
  const whole = pieces.map(({ path }) => path).join(' ');
  const clips = pieces.map(
    ({ path }, i) => `<clipPath id="piece${i}"><path d="${path}"/></clipPath>`,
  );
  const drawn = pieces.map(
    ({ path, details = '' }, i) =>
      `<path d="${path}" fill-rule="evenodd" fill="${cloth}" stroke="#000" stroke-opacity="0.12" stroke-width="1.5"/>
      <g clip-path="url(#piece${i})">${patternOf(pattern, height)}${details}</g>`,
  );
  const photo = `<defs><filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="9"/></filter>${clips.join('')}</defs>
    <rect width="100%" height="100%" fill="${backdrop}"/>
    <g transform="${turn}">
      <path d="${whole}" transform="translate(3 9)" fill-rule="evenodd" fill="#000" fill-opacity="${shadow}" filter="url(#soft)"/>
      ${drawn.join('')}
    </g>`;
  const shape = `<rect width="100%" height="100%" fill="#000"/><g transform="${turn}" fill="#fff" fill-rule="evenodd" stroke="#fff" stroke-width="0.7">${pieces.map(({ path }) => `<path d="${path}"/>`).join('')}</g>`;
  return {
    image: await pixels(photo, height),
    share: await firstChannel(shape, height),
    place: placer(tilt, height),
  };
}

function patternOf(pattern: Cloth, height: number): string {
  const rows = (step: number, draw: (at: number, k: number) => string, to: number): string =>
    Array.from({ length: Math.ceil(to / step) }, (_, k) => draw(k * step, k)).join('');
  switch (pattern) {
    case 'plain':
      return '';
    case 'stripes':
      return rows(
        26,
        (y) => `<rect x="0" y="${y}" width="100%" height="12" fill="#fff" fill-opacity="0.8"/>`,
        height,
      );
    case 'checks':
      return (
        rows(
          40,
          (y) => `<rect x="0" y="${y}" width="100%" height="14" fill="#000" fill-opacity="0.3"/>`,
          height,
        ) +
        rows(
          40,
          (x) => `<rect x="${x}" y="0" width="14" height="100%" fill="#fff" fill-opacity="0.35"/>`,
          PHOTO_WIDTH,
        )
      );
    case 'blotches':
      return rows(
        17,
        (y, row) =>
          rows(
            23,
            (x, k) => {
              const jitter = (Math.imul(row * 31 + k * 17, 2654435761) >>> 20) & 15;
              const fill = (row + k) % 3 === 0 ? '#8a5a2b' : '#1d1410';
              return `<ellipse cx="${x + jitter}" cy="${y + jitter / 2}" rx="${5 + (jitter % 4)}" ry="4" fill="${fill}"/>`;
            },
            PHOTO_WIDTH,
          ),
        height,
      );
  }
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

async function pixels(body: string, height: number): Promise<RgbImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${PHOTO_WIDTH}" height="${height}">${body}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

async function firstChannel(body: string, height: number): Promise<Plane> {
  const { width, data } = await pixels(body, height);
  const plane: Plane = { width, height, data: new Float32Array(width * height) };
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = data[i * 3] / 255;
  return plane;
}
