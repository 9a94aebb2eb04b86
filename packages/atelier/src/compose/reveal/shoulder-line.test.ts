import { describe, expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { readingOf } from '../../../test/scenes.ts';
import { measureTrunk } from '../../fit/trunk.ts';
import type { PersonReading } from '../../perceive/person.ts';
import type { Plane } from '../../pixels/image.ts';
import { shoulderLines } from './shoulder-line.ts';

/** Columns of straps over the shoulders, and how far they stand above them and reach down. */
const STRAPS = [
  [238, 252],
  [348, 362],
] as const;
const THICK = 3;
const LONG = 40;

/** The reading of somebody in straps that stand out above the shoulders. */
function withStraps(reading: PersonReading): PersonReading {
  const copy = (plane: Plane): Plane => ({ ...plane, data: Float32Array.from(plane.data) });
  const [matte, upperGarment] = [copy(reading.matte), copy(reading.parts.upperGarment)];
  const { width } = matte;
  for (const [from, to] of STRAPS) {
    for (let x = from; x < to; x++) {
      let top = 185;
      while (reading.matte.data[top * width + x] < 0.5) top++;
      for (let y = top - THICK; y < top + LONG; y++) {
        matte.data[y * width + x] = 1;
        upperGarment.data[y * width + x] = 1;
      }
    }
  }
  return { ...reading, matte, parts: { ...reading.parts, upperGarment } };
}

describe('the line of a bare shoulder', () => {
  it('goes on beneath a strap as it would without it', async () => {
    const reading = readingOf(await drawFigure({ top: 'tank' }));
    const trunk = measureTrunk(reading);
    const bare = { ...reading, parts: { ...reading.parts, upperGarment: reading.parts.shoes } };
    for (const side of ['left', 'right'] as const) {
      const truth = shoulderLines(bare, trunk, side).shoulder;
      const thick = shoulderLines(withStraps(reading), trunk, side);
      const beneath = thick.bridged.flatMap((is, aside) => (is ? [aside] : []));
      expect(beneath.length).toBeGreaterThan(10);
      for (const aside of beneath) {
        expect(Math.abs(thick.shoulder[aside] - truth[aside])).toBeLessThan(2.5);
      }
      const sunk = beneath.map((aside) => thick.outline[aside] - thick.shoulder[aside]);
      expect(Math.max(...sunk)).toBeGreaterThan(1);
    }
  });

  it('steps nowhere where the strap begins or ends', async () => {
    const reading = withStraps(readingOf(await drawFigure({ top: 'tank' })));
    const { shoulder, bridged } = shoulderLines(reading, measureTrunk(reading), 'left');
    const bends = shoulder.map((rise, k) =>
      bridged[k - 1] || bridged[k] || bridged[k + 1]
        ? Math.abs((shoulder[k - 1] ?? rise) - 2 * rise + (shoulder[k + 1] ?? rise))
        : 0,
    );
    expect(Math.max(...bends)).toBeLessThan(1);
  });
});
