import { beforeAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { readingOf } from '../../../test/scenes.ts';
import { measureArm, outward } from '../../fit/arm.ts';
import { measureTrunk } from '../../fit/trunk.ts';
import { dot, subtract } from '../../geometry/vector.ts';
import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { pointAt } from '../blend.ts';
import { openScene, type Scene } from '../scene.ts';
import { tuckedArms } from './tucked.ts';

describe('an arm that shows at the inner edge of a sleeve', () => {
  let scene: Scene;
  /** A sleeve that leaves the innermost eighth of the left upper arm bare. */
  let sleeve: Plane;
  /** What of the arm the sleeve leaves bare on that side. */
  let bare: readonly number[];
  let upperLength: number;

  beforeAll(async () => {
    const figure = await drawFigure({ top: 'tank' });
    const reading = readingOf(figure);
    const limbs = { left: measureArm(reading, 'left'), right: measureArm(reading, 'right') };
    const { width, height } = figure.image;
    const whole = { left: 0, top: 0, width, height };
    const removal = { upper: true, lower: false };
    scene = openScene(figure.image, whole, reading, measureTrunk(reading), limbs, removal);
    sleeve = createPlane(width, height);
    upperLength = limbs.left.upperLength;
    const within: number[] = [];
    for (let i = 0; i < sleeve.data.length; i++) {
      const point = pointAt(scene, i);
      const { run, share } = limbs.left.locate(point);
      if (share > 1.2 || run < 0.4 * upperLength || run > 0.8 * upperLength) continue;
      const place = limbs.left.at(run);
      const out = dot(subtract(point, place.point), outward('left', place.direction));
      if (out > -0.75 * limbs.left.halfWidth(run)) sleeve.data[i] = 1;
      else if (scene.arms.data[i] > 0.9) within.push(i);
    }
    bare = within;
    expect(bare.length).toBeGreaterThan(50);
  });

  /** The sleeve, and cloth of the body over the trunk up to the arm. */
  function withBody(): Plane {
    const { width, height, data } = sleeve;
    const cloth = { width, height, data: Float32Array.from(data) };
    for (const i of bare) {
      for (let x = 3; x < 40; x++) if (scene.arms.data[i + x] < 0.5) cloth.data[i + x] = 1;
    }
    return cloth;
  }

  const tucked = (hemRun: number, cloth: Plane): Mask =>
    tuckedArms(scene, [{ side: 'left', hemRun }], sleeve, cloth);
  const share = ({ data }: Mask): number => bare.reduce((sum, i) => sum + data[i], 0) / bare.length;

  it('gives way at a long sleeve, in the slit before the body as before the background', () => {
    expect(share(tucked(1.9 * upperLength, withBody()))).toBeGreaterThan(0.8);
    expect(share(tucked(1.9 * upperLength, sleeve))).toBeGreaterThan(0.8);
  });

  it('stays above the slanting hem of a short sleeve', () => {
    expect(share(tucked(0.9 * upperLength, withBody()))).toBe(0);
    expect(share(tucked(0.9 * upperLength, sleeve))).toBe(0);
  });

  it('stays where clothes that are kept on show rather than the arm', () => {
    const kept = { ...scene.kept, data: scene.kept.data.map(() => 0.9) };
    const arms = { ...scene.arms, data: scene.arms.data.map((arm) => Math.min(arm, 0.5)) };
    const hung = tuckedArms(
      { ...scene, kept, arms },
      [{ side: 'left', hemRun: 1.9 * upperLength }],
      sleeve,
      withBody(),
    );
    expect(share(hung)).toBe(0);
  });
});
