import { keepLarge } from '../../pixels/components.ts';
import { type Mask, maskToPlane, type Plane, threshold } from '../../pixels/image.ts';
import { sample } from '../../pixels/resize.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';
import { growRim, reduceBlocks, soften } from '../../pixels/soften.ts';

/** How far from the border between cloth and arm colours are asked again, in shoulder widths. */
const BAND = 0.14;
/** The second round knows better what is cloth and what is skin. */
const ROUNDS = 2;
/** Colours of cloth and skin around a place must be this far apart to decide, Lab units. */
const LEAST_CONTRAST = 12;
/** As many times as far apart as a print's own colours are from each other, for a print has skin's colours in it. */
const LEAST_OVER_SPREAD = 2.8;
/** Squared difference that grain makes. */
const NOISE = 60;
/** In the shade between arm and body colours fall to this share of what they are beside it. */
const DEEPEST_SHADE = 0.33;
/** Local colours change slowly, and are kept on a grid this many times coarser. */
const COARSE = 4;

/** The photo's colours on the grid on which local ones are averaged. */
export const coarseColours = (lab: readonly Plane[]): Plane[] =>
  lab.map((plane) => reduceBlocks(plane, COARSE));

export type Colour = readonly [number, number, number];

/**
 * Settles the border between cloth and arms by what cloth and skin look like just there: the parse knows them only as a
 * whole, and in the shade of an arm it mistakes one for the other. Both planes are changed; their sum is not.
 */
export function settleBorder(
  lab: readonly Plane[],
  coarse: readonly Plane[],
  matte: Plane,
  unit: number,
  cloth: Plane,
  arms: Plane,
): void {
  for (let round = 0; round < ROUNDS; round++) settleOnce(lab, coarse, matte, unit, cloth, arms);
}

function settleOnce(
  lab: readonly Plane[],
  coarse: readonly Plane[],
  matte: Plane,
  unit: number,
  cloth: Plane,
  arms: Plane,
): void {
  const reach = BAND * unit;
  const sureCloth = threshold(cloth, 0.9);
  // Patches of arm within the cloth are the mistakes to be settled, and must not testify.
  const sureArm = keepLarge(threshold(arms, 0.9), 0.15);
  const besideCloth = growRim(sureCloth, reach);
  const besideArm = growRim(sureArm, reach);
  const clothHere = localColours(coarse, sureCloth, reach / 2);
  const armHere = localColours(coarse, sureArm, reach / 2);
  const { width } = cloth;
  for (let i = 0; i < cloth.data.length; i++) {
    const own = arms.data[i] + cloth.data[i];
    if (!besideCloth.data[i] || !besideArm.data[i] || own < 0.02 || matte.data[i] < 0.6) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const { colour: clothColour, spread } = clothHere(x, y);
    const { colour: armColour } = armHere(x, y);
    const least = Math.max(LEAST_CONTRAST ** 2, LEAST_OVER_SPREAD ** 2 * spread);
    if (gap(clothColour, armColour, 1) < least) continue;
    const colour: Colour = [lab[0].data[i], lab[1].data[i], lab[2].data[i]];
    const toCloth = shadeGap(colour, clothColour);
    const toArm = shadeGap(colour, armColour);
    const lean = (toArm - toCloth) / (toArm + toCloth + NOISE);
    const seen = own * smoothstep(-0.4, 0.4, lean);
    cloth.data[i] = lerp(cloth.data[i], seen, smoothstep(0.2, 0.5, Math.abs(lean)));
    arms.data[i] = own - cloth.data[i];
  }
}

/** Squared difference between a colour and a share of another, shade counting less than hue. */
function gap(one: Colour, other: Colour, share: number): number {
  const l = one[0] - share * other[0];
  const a = one[1] - share * other[1];
  const b = one[2] - share * other[2];
  return 0.5 * l * l + a * a + b * b;
}

/** Squared difference between a colour and the nearest shade, down to a third, of a local colour. */
export function shadeGap(colour: Colour, local: Colour): number {
  const along = 0.5 * colour[0] * local[0] + colour[1] * local[1] + colour[2] * local[2];
  const size = 0.5 * local[0] ** 2 + local[1] ** 2 + local[2] ** 2;
  return gap(colour, local, clamp(along / (size || 1), DEEPEST_SHADE, 1.15));
}

export interface LocalColour {
  readonly colour: Colour;
  /** Mean squared difference from it, shade counting less than hue. */
  readonly spread: number;
  /** Share of the places around that say so; next to nothing says nothing. */
  readonly cover: number;
}

/** Mean colour of a mask's pixels around a place of the full grid. */
export function localColours(
  coarse: readonly Plane[],
  mask: Mask,
  reach: number,
): (x: number, y: number) => LocalColour {
  const inside = reduceBlocks(maskToPlane(mask), COARSE);
  for (let i = 0; i < inside.data.length; i++) inside.data[i] = inside.data[i] > 0.98 ? 1 : 0;
  const cover = soften(inside, reach / COARSE);
  const mean = (of: (i: number) => number): Plane => {
    const sum = soften(
      { ...inside, data: inside.data.map((share, i) => share * of(i)) },
      reach / COARSE,
    );
    for (let i = 0; i < sum.data.length; i++) sum.data[i] /= Math.max(1e-3, cover.data[i]);
    return sum;
  };
  const [l, a, b] = coarse.map(({ data }) => mean((i) => data[i]));
  const [lightness, redness, yellowness] = coarse.map(({ data }) => data);
  const square = mean((i) => 0.5 * lightness[i] ** 2 + redness[i] ** 2 + yellowness[i] ** 2);
  return (x, y) => {
    const [u, v] = [(x + 0.5) / COARSE - 0.5, (y + 0.5) / COARSE - 0.5];
    const colour: Colour = [sample(l, u, v), sample(a, u, v), sample(b, u, v)];
    const own = 0.5 * colour[0] ** 2 + colour[1] ** 2 + colour[2] ** 2;
    return {
      colour,
      spread: Math.max(0, sample(square, u, v) - own),
      cover: sample(cover, u, v),
    };
  };
}
