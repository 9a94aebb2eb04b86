/** Small words for drawing soft, shaded shapes as SVG. Colours are CSS colours, lengths pixels of the drawing. */

interface Paint {
  readonly colour: string;
  readonly opacity?: number;
  /** Blurs the edge by about this many pixels. */
  readonly soft?: number;
}

/** A line of shade or light; blurred, it models a form. */
export const stroke = (
  path: string,
  { width, ...paint }: Paint & { readonly width: number },
): string =>
  painted(
    boxOf(path, width / 2),
    paint,
    `<path d="${path}" fill="none" stroke="${paint.colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`,
  );

export const area = (path: string, paint: Paint): string =>
  painted(boxOf(path, 0), paint, `<path d="${path}" fill="${paint.colour}"`);

export const ellipse = (
  [x, y]: readonly [number, number],
  [rx, ry]: readonly [number, number],
  paint: Paint,
): string =>
  painted(
    { left: x - rx, top: y - ry, right: x + rx, bottom: y + ry },
    paint,
    `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${paint.colour}"`,
  );

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The default region of a filter is a share of the shape's own box, which cuts the blur of a straight line off. */
function painted(box: Box, { opacity = 1, soft = 0 }: Paint, element: string): string {
  if (soft === 0) return `${element} opacity="${opacity}"/>`;
  const [x, y] = [Math.floor(box.left - 3 * soft), Math.floor(box.top - 3 * soft)];
  const [width, height] = [
    Math.ceil(box.right + 3 * soft) - x,
    Math.ceil(box.bottom + 3 * soft) - y,
  ];
  const id = `soft${soft}_${x}_${y}_${width}_${height}`;
  return (
    `<filter id="${id}" filterUnits="userSpaceOnUse" x="${x}" y="${y}" width="${width}" height="${height}">` +
    `<feGaussianBlur stdDeviation="${soft}"/></filter>${element} opacity="${opacity}" filter="url(#${id})"/>`
  );
}

/** Around all points of a path, control points included. */
function boxOf(path: string, margin: number): Box {
  const numbers = (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  return {
    left: Math.min(...xs) - margin,
    top: Math.min(...ys) - margin,
    right: Math.max(...xs) + margin,
    bottom: Math.max(...ys) + margin,
  };
}

/** A filled shape whose shading ends at its outline. */
export const shaded = (
  id: string,
  path: string,
  fill: string,
  ...shading: readonly string[]
): string =>
  `<clipPath id="${id}"><path d="${path}"/></clipPath><path d="${path}" fill="${fill}"/>` +
  `<g clip-path="url(#${id})">${shading.join('')}</g>`;

/** The same drawing, seen in a mirror that stands upright at `x`. */
export const mirrored = (x: number, drawing: string): string =>
  `<g transform="translate(${2 * x} 0) scale(-1 1)">${drawing}</g>`;

/** A gradient from the top of the shape to its bottom. */
export const gradient = (id: string, ...colours: readonly string[]): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${colours
    .map(
      (colour, index) => `<stop offset="${index / (colours.length - 1)}" stop-color="${colour}"/>`,
    )
    .join('')}</linearGradient>`;

/** The grain of cloth or film, as a filter to lay over a rectangle. */
export const grain = (id: string, frequency: number, strength: number): string =>
  `<filter id="${id}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="2" seed="7"/>` +
  `<feColorMatrix values="0 0 0 0 0.2 0 0 0 0 0.18 0 0 0 0 0.16 0 0 0 ${strength} 0"/></filter>`;

export const picture = (
  width: number,
  height: number,
  definitions: string,
  drawing: string,
): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${definitions}</defs>${drawing}</svg>`;
