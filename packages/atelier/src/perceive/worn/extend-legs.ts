import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { copyFloats } from '@toile/memory';
import { clamp, lerp } from '../../pixels/scalar.ts';
import { type Side, sides } from '../person.ts';
import type { LegEdges } from './leg-rows.ts';
import type { WornView } from './profiles.ts';
import type { WornBottomShape } from './worn-bottom.ts';

/** Half of a trouser leg's width at the ankle where the photo does not say, in shoulder widths. */
const ANKLE = 0.17;
/** Rows at the photo's border whose edges are not believed, and how many are looked at for both legs apart. */
const BORDER = 4;
const LOOKED_AT = 60;

/**
 * Trouser legs that the photo's border cuts off, drawn on to the ankles: the leg's own cloth, turned over at the border,
 * on a leg that narrows towards the ankle.
 */
export function extendLegs(
  view: WornView,
  shape: WornBottomShape,
  ankles: Readonly<Record<Side, Vec>>,
): WornView {
  const { width, height } = view.share;
  const share = copyFloats(view.share.data);
  const seen = copyFloats(view.seen.data);
  const colours = Uint8Array.from(view.colours.data);
  const lab = view.lab.map((plane) => ({ ...plane, data: copyFloats(plane.data) }));
  const last = lastWhole(shape);
  const border = shape.top + last;
  // What is drawn below the border is all there is to see there.
  seen.fill(1, (border + 1) * width);
  const crotch = shape.landmarks.crotch?.[1] ?? shape.top;
  const length = Math.max(8, Math.round(0.9 * (border - crotch)));
  for (const side of sides) {
    const end = Math.min(height - 1, Math.round(ankles[side][1]));
    const start = middleOf(shape.rows[last][side]);
    for (let y = border + 1; y <= end; y++) {
      const down = (y - border) / (end - border);
      const half = lerp(start.half, Math.min(start.half, ANKLE * view.frame.unit), down ** 0.8);
      const centre = lerp(start.at, ankles[side][0], down);
      const from = shape.rows[last - turnedOver(y - border, length)][side];
      const source = middleOf(from);
      const row = border - turnedOver(y - border, length);
      for (let x = Math.floor(centre - half); x <= Math.ceil(centre + half); x++) {
        if (x < 0 || x >= width) continue;
        const i = y * width + x;
        const across = clamp((x - centre) / half, -1, 1) * 0.96;
        const j = clothTowards(view.share, row, source.at + across * source.half, source.at);
        share[i] = Math.max(share[i], clamp(half - Math.abs(x - centre) + 0.5, 0, 1));
        for (let c = 0; c < 3; c++) {
          colours[3 * i + c] = view.colours.data[3 * j + c];
          lab[c].data[i] = view.lab[c].data[j];
        }
      }
    }
  }
  return {
    ...view,
    share: { ...view.share, data: share },
    seen: { ...view.seen, data: seen },
    colours: { ...view.colours, data: colours },
    lab,
  };
}

/** The lowest row that shows both legs apart, or else the last but a few. */
function lastWhole({ rows }: WornBottomShape): number {
  const last = rows.length - 1 - BORDER;
  for (let k = last; k > last - LOOKED_AT && k > 0; k--) {
    if (rows[k].parted && rows[k].left.seen && rows[k].right.seen) return k - BORDER;
  }
  return last;
}

const middleOf = ({ outer, inner }: LegEdges): { at: number; half: number } => ({
  at: (outer + inner) / 2,
  half: Math.max(2, Math.abs(outer - inner) / 2),
});

/** The nearest pixel of a row that shows cloth, from a place towards the leg's middle: a hand is not repeated. */
function clothTowards({ width, data }: Plane, row: number, from: number, middle: number): number {
  const step = from < middle ? 1 : -1;
  let x = clamp(Math.round(from), 0, width - 1);
  while (data[row * width + x] < 0.97 && Math.abs(x - middle) > 1) x += step;
  return row * width + x;
}

/** How far above the border the row lies that a row below it repeats, going to and fro over the cloth that is seen. */
function turnedOver(below: number, length: number): number {
  const k = below % (2 * length);
  return k < length ? k : 2 * length - k;
}
