import { beforeAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { wearerOf } from '../../../test/wearers.ts';
import { add, distance, mix, type Vec } from '../../geometry/vector.ts';
import { createPlane, type Plane } from '../../pixels/image.ts';
import type { Limb, Pose } from '../person.ts';
import { settleHead, settleHips } from './cut-off.ts';
import { type FaceShape, shapeFace } from './face-shape.ts';

let pose: Pose;
let face: FaceShape;

beforeAll(async () => {
  pose = wearerOf(await drawFigure()).pose;
  const { eyes, mouth } = pose;
  face = shapeFace(mix(eyes.left.at, eyes.right.at, 0.5), mouth.at, undefined);
});

describe('a person whose legs the photo cuts off', () => {
  /** The hips drawn up to a share of where they are, as the pose net does, and knees that it does not see. */
  const drawnUp = (share: number, knees: number): Pose => {
    const rise = (1 - share) * distance(pose.shoulderMiddle, pose.hipMiddle);
    const up = ([x, y]: Vec): Vec => [x, y - rise];
    const leg = ({ root, middle, ...rest }: Limb): Limb => ({
      ...rest,
      root: { ...root, at: up(root.at) },
      middle: { ...middle, confidence: knees },
    });
    const legs = { left: leg(pose.legs.left), right: leg(pose.legs.right) };
    return { ...pose, legs, hipMiddle: up(pose.hipMiddle) };
  };

  it('has the hips where arms that long reach to', () => {
    const settled = settleHips(drawnUp(0.65, 0.1));
    const trunk = distance(settled.shoulderMiddle, settled.hipMiddle);
    expect(trunk / distance(pose.shoulderMiddle, pose.hipMiddle)).toBeCloseTo(1, 0);
    expect(trunk).toBeGreaterThan(1.5 * pose.shoulderWidth);
  });

  it('keeps hips that knees bear out, or whose arms are no longer than usual', () => {
    const bent = drawnUp(0.65, 0.9);
    expect(settleHips(bent)).toBe(bent);
    const usual = drawnUp(1, 0.1);
    expect(settleHips(usual)).toBe(usual);
  });
});

describe('a person whose head the photo cuts off', () => {
  const everywhere = (share: number): Plane => {
    const plane = createPlane(600, 900);
    plane.data.fill(share);
    return plane;
  };

  it('has the face above the frame, and no point of it is believed', () => {
    const head = settleHead(pose, face, everywhere(1), 1);
    expect(head.face.outline.every(([, y]) => y <= 0)).toBe(true);
    expect(head.pose.nose.confidence).toBe(0);
    expect(head.pose.eyes.left.confidence).toBe(0);
    expect(distance(head.pose.chin, add(pose.chin, [0, 1], head.pose.chin[1] - pose.chin[1]))).toBe(
      0,
    );
  });

  it('is told by skin at the upper edge, and by a face that was not found', () => {
    expect(settleHead(pose, face, everywhere(0), 1)).toEqual({ pose, face });
    const measured = { ...face, measured: true };
    expect(settleHead(pose, measured, everywhere(1), 1)).toEqual({ pose, face: measured });
  });
});
