import { guidedFilter } from '../../pixels/guided-filter.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import { smoothstep } from '../../pixels/scalar.ts';

/** The three nets' opinions of where the person is. */
export interface Opinions {
  readonly saliency: Plane;
  readonly pose: Plane;
  readonly selfie: Plane;
}

/** One opinion out of three: mostly the middle one, so that a single net's slip does not count. */
export function fuse({ saliency, pose, selfie }: Opinions): Plane {
  const result = createPlane(saliency.width, saliency.height);
  for (let i = 0; i < result.data.length; i++) {
    const a = saliency.data[i];
    const b = pose.data[i];
    const c = selfie.data[i];
    const middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    result.data[i] = 0.6 * middle + 0.4 * ((a + b + c) / 3);
  }
  return result;
}

/** The person's share of each pixel: the nets' fused opinion drawn to the edges of the picture. */
export function personMatte(guide: readonly [Plane, Plane, Plane], opinions: Opinions): Plane {
  const { width, height } = guide[0];
  const radius = Math.max(2, Math.round(Math.min(width, height) / 60));
  const [filtered] = guidedFilter(guide, [fuse(opinions)], { radius, epsilon: 1e-4, subsample: 2 });
  const result = createPlane(width, height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = smoothstep(0.25, 0.75, filtered.data[i]);
  }
  return result;
}
