import { subtract, type Vec } from '../../geometry/vector.ts';
import { blur } from '../../pixels/box-filter.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { sample } from '../../pixels/resize.ts';
import { median, smoothstep } from '../../pixels/scalar.ts';
import { type ClothKinds, clothKinds } from './cloth-kinds.ts';
import type { Upright } from './upright.ts';

/** The upright surroundings of the neck opening, cut out once so that thousands of curves can be tried on it. */
export interface NeckWindow {
  /** Upright coordinates of the window's pixel (0, 0). */
  readonly origin: Vec;
  readonly matte: Plane;
  /** Lightness, a and b, a little smoothed. */
  readonly lab: readonly [Plane, Plane, Plane];
  /** Usual colour step between near pixels: what an edge must exceed to mean anything. */
  readonly texture: number;
  /** How much of the garment is pattern, whose edges say nothing, 0 to 1. */
  readonly patterned: number;
  readonly cloth: ClothKinds;
}

const SMOOTHING = 0.9;
const STEP_CAP = 12;
/** Mean colour step at which a cloth begins to be patterned, and from which it is nothing else. */
const PATTERN = [2.4, 4.2] as const;

export function openNeckWindow(
  lab: readonly [Plane, Plane, Plane],
  matte: Plane,
  frame: Upright,
  box: { readonly from: Vec; readonly to: Vec },
): NeckWindow {
  const origin: Vec = [Math.floor(box.from[0]), Math.floor(box.from[1])];
  const width = Math.max(8, Math.ceil(box.to[0]) - origin[0] + 1);
  const height = Math.max(8, Math.ceil(box.to[1]) - origin[1] + 1);
  // The frame only turns: the corner and one step along each side say where everything lies.
  const corner = frame.toPicture(origin);
  const along = subtract(frame.toPicture([origin[0] + 1, origin[1]]), corner);
  const down = subtract(frame.toPicture([origin[0], origin[1] + 1]), corner);
  const cut = (plane: Plane): Plane => {
    const result = createPlane(width, height);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        result.data[i] = sample(
          plane,
          corner[0] + x * along[0] + y * down[0],
          corner[1] + x * along[1] + y * down[1],
        );
      }
    }
    return result;
  };
  const colours = [cut(lab[0]), cut(lab[1]), cut(lab[2])] as const;
  const share = cut(matte);
  const smooth = smoothWithin(colours, share, SMOOTHING);
  const steps = stepsOf(smooth, share);
  const texture = steps.length === 0 ? 0 : median(steps);
  const mean =
    steps.reduce((sum, step) => sum + Math.min(STEP_CAP, step), 0) / Math.max(1, steps.length);
  return {
    origin,
    matte: share,
    lab: smooth,
    texture,
    patterned: smoothstep(...PATTERN, mean),
    cloth: clothKinds(smooth, share),
  };
}

/** Blurs colours inside the garment only, so that the backdrop does not bleed in. */
function smoothWithin(
  colours: readonly [Plane, Plane, Plane],
  share: Plane,
  sigma: number,
): readonly [Plane, Plane, Plane] {
  const total = blur(share, sigma).data;
  const smooth = (plane: Plane): Plane => {
    const weighted = createPlane(plane.width, plane.height);
    for (let i = 0; i < total.length; i++) weighted.data[i] = plane.data[i] * share.data[i];
    const result = blur(weighted, sigma);
    for (let i = 0; i < total.length; i++) result.data[i] /= Math.max(1e-4, total[i]);
    return result;
  };
  return [smooth(colours[0]), smooth(colours[1]), smooth(colours[2])];
}

/** Colour steps over three pixels down, within the garment. */
function stepsOf(lab: readonly [Plane, Plane, Plane], share: Plane): number[] {
  const { width, height } = share;
  const steps: number[] = [];
  const lowest = Math.min(height - 3, Math.round(0.7 * width));
  for (let y = 0; y < lowest; y += 2) {
    for (let x = 0; x < width; x += 3) {
      const i = y * width + x;
      const j = i + 3 * width;
      if (share.data[i] > 0.95 && share.data[j] > 0.95) {
        steps.push(
          Math.hypot(
            lab[0].data[i] - lab[0].data[j],
            lab[1].data[i] - lab[1].data[j],
            lab[2].data[i] - lab[2].data[j],
          ),
        );
      }
    }
  }
  return steps;
}

/** Index of the window's pixel nearest to an upright point; the border's when outside. */
export function indexAt({ origin, matte }: NeckWindow, x: number, y: number): number {
  const px = Math.min(matte.width - 1, Math.max(0, Math.round(x - origin[0])));
  const py = Math.min(matte.height - 1, Math.max(0, Math.round(y - origin[1])));
  return py * matte.width + px;
}

/** Colour distance of two of the window's pixels (CIE76). */
export function colourStep({ lab: [l, a, b] }: NeckWindow, i: number, j: number): number {
  return Math.sqrt(
    (l.data[i] - l.data[j]) ** 2 + (a.data[i] - a.data[j]) ** 2 + (b.data[i] - b.data[j]) ** 2,
  );
}

/** Unit normal of a left-to-right curve that points down, into the front. */
export function normalAt(curve: readonly Vec[], i: number): Vec {
  const before = curve[Math.max(0, i - 1)];
  const after = curve[Math.min(curve.length - 1, i + 1)];
  const dx = after[0] - before[0];
  const dy = after[1] - before[1];
  const size = Math.hypot(dx, dy) || 1;
  return [-dy / size, dx / size];
}
