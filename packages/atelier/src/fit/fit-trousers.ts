import { pathLength, pointAlong } from '../geometry/path.ts';
import { add, distance, mix, normalize, type Vec } from '../geometry/vector.ts';
import type { BottomReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import {
  type GarmentLeg,
  measureTrousers,
  type TrouserMeasures,
  waistBow,
} from './bottom-measures.ts';
import type { Grading } from './garment-size.ts';
import { extended, type Ladder, type Rung, straightRung } from './ladder.ts';
import { awayFromOther } from './leg.ts';
import type { LowerBody } from './lower-body.ts';
import type { Folds } from './flare.ts';
import { signOf } from './trunk.ts';
import { chooseWaistLine, type WaistLine } from './waist-line.ts';

/** Where trousers, shorts or a skirt go on this person. */
export interface BottomFit {
  /** Person pixels a garment pixel, about. */
  readonly scale: number;
  readonly ladders: Readonly<Record<Side, Ladder>>;
  /** Number of the ladders' rung at the crotch; null for skirts. */
  readonly crotchRung: number | null;
  readonly waist: WaistLine;
  /** Length below the crotch at which the legs end; 0 for skirts. */
  readonly hemRun: number;
  /** The folds in which a skirt hangs; null for trousers and shorts. */
  readonly folds: Folds | null;
}

const SEAT_RUNGS = 12;
const LEG_RUNGS = 32;
/** Cloth over skin and linen. */
const EASE = 1.02;
/** Laid flat, cloth shows half its girth; legs and hips seen from the front are this much narrower. */
const GIRTH = 1.15;
/** How far a leg of cloth may reach past the middle between the legs, as a share of half the hips' width. */
const OVERLAP = 0.05;
/** Height of a usual waistband above the crotch, seen from the front, in trunk lengths. */
const USUAL_RISE = 0.46;
/** Rise against the width of the hips, laid flat, of trousers whose waistband sits there. */
const USUAL_RATIO = 0.53;

export function fitTrousers(
  person: PersonReading,
  garment: BottomReading,
  body: LowerBody,
  crotch: Vec,
  grading: Grading,
): BottomFit {
  const measures = measureTrousers(garment, crotch);
  const legLength = (body.legs.left.length + body.legs.right.length) / 2;
  const { widthScale, hemShare } = chooseSize(measures, body, legLength, grading);
  const waist = chooseWaistLine(person, body, riseOn(body, measures));
  const bow = waistBow(garment.landmarks);
  const ladder = (side: Side): Ladder => {
    const leg = measures.legs[side];
    const seat = seatRungs(measures, leg, bow, body, side, waist, widthScale);
    const below = legRungs(leg, body, side, widthScale, hemShare, seat.target[SEAT_RUNGS]);
    return extended({
      source: [...seat.source, ...below.source],
      target: [...seat.target, ...below.target],
    });
  };
  return {
    scale: widthScale,
    ladders: { left: ladder('left'), right: ladder('right') },
    // One rung lies above the waist.
    crotchRung: SEAT_RUNGS + 1,
    waist,
    hemRun: hemShare * legLength,
    folds: null,
  };
}

interface Size {
  /** Person pixels a garment pixel across. */
  readonly widthScale: number;
  /** Where the hem lies between crotch (0) and ankle (1). */
  readonly hemShare: number;
}

/** Hips fit hips; the length follows from the garment's own, and long trousers end at the ankle. */
function chooseSize(
  measures: TrouserMeasures,
  body: LowerBody,
  legLength: number,
  grading: Grading,
): Size {
  const snug = (EASE * body.hipHalf) / measures.hipHalf;
  const natural = (measures.inseam * snug * GIRTH) / legLength;
  const long = smoothstep(0.78, 0.86, natural);
  const hemShare = lerp(natural, clamp(natural, 1.01, 1.05), long);
  // Long trousers tell by length against width how wide they are meant to be.
  const lengthScale = (hemShare * legLength) / measures.inseam;
  const wide = lengthScale / (snug * GIRTH);
  return {
    widthScale: snug * lerp(1, clamp(wide, 1, 1.25), long) * grading.girth,
    // A hem at the ankle has less room to go: shoes stop it.
    hemShare: hemShare * lerp(grading.length, Math.sqrt(grading.length), long),
  };
}

/** The rise on this body, pixels: by the garment's own rise against its width, and by the body's trunk, not its clothes. */
function riseOn({ trunk }: LowerBody, { rise, hipHalf }: TrouserMeasures): number {
  const ratio = rise / (2 * hipHalf) / USUAL_RATIO;
  return USUAL_RISE * clamp(ratio, 0.5, 1.6) ** 0.7 * trunk.length;
}

function seatRungs(
  measures: TrouserMeasures,
  leg: GarmentLeg,
  bow: Vec,
  body: LowerBody,
  side: Side,
  waist: WaistLine,
  scale: number,
): Ladder {
  const { trunk } = body;
  const sign = signOf(side);
  const source: Rung[] = [];
  const target: Rung[] = [];
  const hipLength = pathLength(leg.hip);
  const crotchAcross = trunk.locate(body.crotch).across;
  for (let k = 0; k <= SEAT_RUNGS; k++) {
    const share = k / SEAT_RUNGS;
    const outer = pointAlong(leg.hip, share * hipLength);
    const inner = mix(measures.waistMiddle, measures.crotch, share);
    source.push({ outer, inner, bow: [bow[0] * (1 - share), bow[1] * (1 - share)] });
    const middle = crotchAcross * share;
    const own = distance(outer, inner) * scale;
    const height = lerp(waist.down(0), body.crotchDown, share);
    const edge = body.edge(side, height);
    // The waistband lies on the body; from the hips down the cloth has its own width, and always covers what is worn.
    const free = smoothstep(0, 0.6, share);
    const across = Math.max(EASE * edge, lerp(EASE * edge, Math.min(own, 1.35 * edge), free));
    const level = normalize(mix(trunk.rightward, body.level, share));
    const lifted = (waist.down(sign * across) - waist.down(0)) * (1 - share);
    const sag =
      (waist.down((sign * across) / 2) - (waist.down(sign * across) + waist.down(0)) / 2) *
      (1 - share);
    target.push({
      outer: add(trunk.place(height + lifted, 0), level, sign * across),
      inner: trunk.place(height, middle),
      bow: [4 * sag * trunk.length * trunk.downward[0], 4 * sag * trunk.length * trunk.downward[1]],
    });
  }
  return { source, target };
}

function legRungs(
  leg: GarmentLeg,
  body: LowerBody,
  side: Side,
  scale: number,
  hemShare: number,
  top: Rung,
): Ladder {
  const limb = body.legs[side];
  const otherLeg = body.legs[side === 'left' ? 'right' : 'left'];
  const source: Rung[] = [];
  const target: Rung[] = [];
  const topHalf = distance(top.outer, top.inner) / 2;
  const topAway = normalize([top.outer[0] - top.inner[0], top.outer[1] - top.inner[1]]);
  for (let k = 1; k <= LEG_RUNGS; k++) {
    const share = k / LEG_RUNGS;
    const edges = straightRung(leg.outer(share), leg.inner(share));
    source.push(edges);
    const run = share * hemShare * limb.length;
    const { point, direction } = limb.at(run);
    const own = (distance(edges.outer, edges.inner) / 2) * scale;
    const settled = smoothstep(0, 0.3, run / limb.length);
    const bare = limb.halfWidth(run);
    const inner = coverHalf(own, bare, limb.innerReach(run));
    // Legs of cloth that meet in the middle push one another outwards.
    const room = distance(point, otherLeg.at(run).point) / 2 + OVERLAP * body.hipHalf;
    const pushed = Math.max(0, inner - room);
    const outer = coverHalf(own, bare, limb.outerReach(run)) + pushed / 2;
    // Cloth that stands off the leg hangs level, close cloth turns with the leg.
    const loose = 0.6 * smoothstep(1.1, 1.5, own / bare);
    const hanging = mix(awayFromOther(side, direction), [signOf(side), 0], loose);
    const turned = normalize(mix(topAway, hanging, settled));
    const middle = mix(add(mix(top.outer, top.inner, 0.5), direction, run), point, settled);
    target.push(
      straightRung(
        add(middle, turned, lerp(topHalf, outer, settled)),
        add(middle, turned, -lerp(topHalf, inner - pushed, settled)),
      ),
    );
  }
  return { source, target };
}

/** The cloth's own width, but outside the leg; where the wearer's own cloth sticks out a little beyond, over that. */
function coverHalf(own: number, bare: number, worn: number): number {
  const least = Math.max(own, 1.05 * bare);
  return Math.max(least, Math.min(1.02 * worn, 1.05 * least));
}
