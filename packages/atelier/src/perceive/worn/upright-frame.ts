import { add, distance, dot, subtract, type Vec } from '../../geometry/vector.ts';
import { clamp, lerp, smoothstep } from '../../pixels/scalar.ts';

/**
 * A canvas in which the wearer's trunk stands upright, its shoulders and the garment's hem level, one canvas pixel about
 * one of the photo. What leans, bends at the waist or hangs askew in the photo is straight on it.
 */
export interface UprightFrame {
  readonly width: number;
  readonly height: number;
  /** Where the trunk's middle line runs. */
  readonly centreX: number;
  /** Heights of the shoulder joints and the hip joints. */
  readonly shoulderY: number;
  readonly hipY: number;
  /** Shoulder width of the wearer, pixels: the unit of every distance on the garment. */
  readonly unit: number;
  /** Where a row begins in the photo, and how far apart its pixels lie there. */
  row(y: number): { readonly from: Vec; readonly step: Vec };
  toPhoto(point: Vec): Vec;
  fromPhoto(point: Vec): Vec;
}

/** How the trunk stands in the photo. */
export interface Stance {
  readonly shoulders: Vec;
  readonly hips: Vec;
  readonly unit: number;
  /** Angles against the horizontal of the line of the shoulders and of the garment's hem, radians. */
  readonly shoulderTilt: number;
  readonly hemTilt: number;
  /** Angle of the line of the hips. */
  readonly hipTilt: number;
  /** Height of the hem over the trunk's length, from the shoulders. */
  readonly hemDown: number;
}

/** Turns smaller than this are left alone: straightening costs sharpness, radians. */
const LEVEL = 0.022;
/** Empty room around the garment, in shoulder widths: what the photo's border cut off is completed there. */
const MARGIN = 0.2;

export function uprightFrame(stance: Stance, points: readonly Vec[]): UprightFrame {
  const { shoulders, hips, unit } = stance;
  const trunk = distance(shoulders, hips);
  const lean = Math.atan2(hips[0] - shoulders[0], hips[1] - shoulders[1]);
  const straight = [lean, stance.shoulderTilt, stance.hemTilt].every((a) => Math.abs(a) < LEVEL);
  const curve = straight ? plain(shoulders) : bent(stance, lean, trunk);
  const places = points.map((point) => curve.locate(point));
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const margin = Math.round(MARGIN * unit);
  const left = Math.floor(Math.min(...xs)) - margin;
  const top = Math.floor(Math.min(...ys)) - margin;
  return {
    width: Math.ceil(Math.max(...xs)) + margin - left,
    height: Math.ceil(Math.max(...ys)) + margin - top,
    centreX: -left,
    shoulderY: -top,
    hipY: trunk - top,
    unit,
    row(y) {
      const from = curve.place([left, y + top]);
      return { from, step: subtract(curve.place([left + 1, y + top]), from) };
    },
    toPhoto: ([x, y]) => curve.place([x + left, y + top]),
    fromPhoto: (point) => subtract(curve.locate(point), [left, top]),
  };
}

interface Curve {
  /** From across and down the trunk, pixels, to the photo. */
  place(at: Vec): Vec;
  locate(point: Vec): Vec;
}

function plain(shoulders: Vec): Curve {
  const origin: Vec = [Math.round(shoulders[0]), Math.round(shoulders[1])];
  return { place: (at) => add(at, origin), locate: (point) => subtract(point, origin) };
}

/** The middle line follows the trunk, and below the hips turns back halfway; the cross lines turn from shoulders to hem. */
function bent(stance: Stance, lean: number, trunk: number): Curve {
  const { shoulders, hips, shoulderTilt, hemTilt } = stance;
  const down: Vec = [Math.sin(lean), Math.cos(lean)];
  const below: Vec = [Math.sin(lean / 2), Math.cos(lean / 2)];
  const last = Math.max(0.4, stance.hemDown) * trunk;
  const axis = (v: number): Vec =>
    v <= trunk ? add(shoulders, down, v) : add(hips, below, v - trunk);
  const across = (v: number): Vec => {
    const angle = lerp(shoulderTilt, hemTilt, smoothstep(0, 1, clamp(v / last, 0, 1)));
    return [Math.cos(angle), Math.sin(angle)];
  };
  const place = ([u, v]: Vec): Vec => add(axis(v), across(v), u);
  return {
    place,
    locate(point) {
      let at: Vec = [0, 0];
      for (let round = 0; round < 8; round++) {
        const rest = subtract(point, place(at));
        at = [at[0] + dot(rest, across(at[1])), at[1] + dot(rest, down)];
      }
      return at;
    },
  };
}
