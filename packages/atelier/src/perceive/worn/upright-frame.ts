import { add, distance, dot, subtract, type Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane, type RgbImage } from '../../pixels/image.ts';
import { sample } from '../../pixels/resize.ts';
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
  const places = points.map(curve.locate);
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

/** Where each canvas pixel lies in the photo. */
export interface Sampling {
  readonly width: number;
  readonly height: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

export function samplingOf(frame: UprightFrame): Sampling {
  const { width, height } = frame;
  const xs = new Float32Array(width * height);
  const ys = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const at = frame.toPhoto([x, y]);
      xs[i] = at[0];
      ys[i] = at[1];
    }
  }
  return { width, height, xs, ys };
}

/** A plane of the photo on the canvas; beyond the photo 0. */
export function upright(plane: Plane, { width, height, xs, ys }: Sampling): Plane {
  const result = createPlane(width, height);
  for (let i = 0; i < xs.length; i++) {
    const outside =
      xs[i] < -0.5 || ys[i] < -0.5 || xs[i] > plane.width - 0.5 || ys[i] > plane.height - 0.5;
    result.data[i] = outside ? 0 : sample(plane, xs[i], ys[i]);
  }
  return result;
}

/** The photo's colours on the canvas, by cubic interpolation (Keys, 1981), so that cloth keeps its grain. */
export function uprightColours(image: RgbImage, { width, height, xs, ys }: Sampling): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const across = new Float32Array(4);
  const down = new Float32Array(4);
  for (let i = 0; i < xs.length; i++) {
    const x = Math.floor(xs[i]);
    const y = Math.floor(ys[i]);
    if (x < -1 || y < -1 || x > image.width || y > image.height) continue;
    weigh(xs[i] - x, across);
    weigh(ys[i] - y, down);
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        if (down[k] === 0) continue;
        const row = clamp(y + k - 1, 0, image.height - 1) * image.width;
        let line = 0;
        for (let j = 0; j < 4; j++) {
          if (across[j] === 0) continue;
          line += across[j] * image.data[(row + clamp(x + j - 1, 0, image.width - 1)) * 3 + c];
        }
        sum += down[k] * line;
      }
      data[i * 3 + c] = clamp(Math.round(sum), 0, 255);
    }
  }
  return { width, height, data };
}

/** Weights of the four neighbours at a share between the middle two. */
function weigh(t: number, weights: Float32Array): void {
  weights[0] = t * (-0.5 + t * (1 - 0.5 * t));
  weights[1] = 1 + t * t * (-2.5 + 1.5 * t);
  weights[2] = t * (0.5 + t * (2 - 1.5 * t));
  weights[3] = t * t * (-0.5 + 0.5 * t);
}
