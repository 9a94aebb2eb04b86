import { describe, expect, it } from 'vitest';
import { drawFigure } from '../../test/figures.ts';
import { drawBottomPhoto } from '../../test/bottoms.ts';
import { drawGarmentPhoto } from '../../test/garments.ts';
import { openAtelier, type Pixels } from '../index.ts';

const CLOTH = [0x1f, 0x8f, 0x3c];

describe('a top put on after a bottom', () => {
  it('hangs over it, with nothing of the bottom beside its lower half', async () => {
    const figure = await drawFigure({ top: 'tank', arms: 'apart' });
    const wide = await drawBottomPhoto({ cut: 'touching wide trousers', cloth: '#1f8f3c' });
    const tee = await drawGarmentPhoto({ cloth: '#202020', sleeves: 'none' });
    const as = (image: Omit<Pixels, 'channels'>): Pixels => ({ ...image, channels: 3 });
    const atelier = openAtelier({ workers: 1 });
    const outcome = await atelier.tryOn({
      person: as(figure.image),
      garment: as(wide.image),
      further: [as(tee.image)],
      garmentKind: 'bottoms',
      seeds: [1],
    });
    await atelier.close();
    if (!outcome.ok) throw new Error(outcome.problem.message);
    const [{ width, height, data }] = outcome.value.images;
    const like = (i: number, colour: readonly number[]): boolean =>
      colour.every((value, c) => Math.abs(data[3 * i + c] - value) < 45);
    let green = 0;
    let hidden = 0;
    for (let y = 0; y < height; y++) {
      const row = Array.from({ length: width }, (_, x) => y * width + x);
      const trousers = row.filter((i) => like(i, CLOTH)).length;
      const dark = row.filter((i) => like(i, [0x20, 0x20, 0x20])).length;
      green += trousers;
      // Rows of the tee well above its hem.
      if (dark > 0.15 * width && y < 0.46 * height && y > 0.3 * height) hidden += trousers;
    }
    expect(green).toBeGreaterThan(0.05 * width * height);
    expect(hidden).toBeLessThan(20);
  }, 60_000);
});
