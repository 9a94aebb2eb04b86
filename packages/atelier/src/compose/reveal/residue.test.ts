import { expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { readingOf } from '../../../test/scenes.ts';
import { measureArm } from '../../fit/arm.ts';
import { measureTrunk } from '../../fit/trunk.ts';
import { createPlane } from '../../pixels/image.ts';
import { shrinkRim } from '../../pixels/soften.ts';
import { openScene } from '../scene.ts';
import { reachOfOld, residueShare } from './residue.ts';

it.each([
  { upper: true, lower: false },
  { upper: false, lower: true },
])(
  'replaces old clothes wholly, and nothing by a step at the end of their reach: %o',
  async (removal) => {
    const figure = await drawFigure({ top: 'tank' });
    const reading = readingOf(figure);
    const limbs = { left: measureArm(reading, 'left'), right: measureArm(reading, 'right') };
    const { width, height } = figure.image;
    const whole = { left: 0, top: 0, width, height };
    const scene = openScene(figure.image, whole, reading, measureTrunk(reading), limbs, removal);
    const reach = reachOfOld(scene);
    // As if nobody had stood there: all of the person is a remainder of the clothes.
    const nobody = createPlane(width, height);
    const beneath = { colours: scene.colours, bare: nobody, inside: nobody };
    const share = residueShare(scene, { reach, open: reach }, beneath);
    const within = shrinkRim(scene.old, 3);
    const inner = shrinkRim(reach, 1);
    let [least, most, ends] = [1, 0, 0];
    for (let i = 0; i < share.data.length; i++) {
      if (within.data[i]) least = Math.min(least, share.data[i]);
      if (!reach.data[i] || inner.data[i]) continue;
      ends++;
      most = Math.max(most, share.data[i]);
    }
    expect(ends).toBeGreaterThan(200);
    expect(least).toBeGreaterThan(0.95);
    expect(most).toBeLessThan(0.2);
  },
);
