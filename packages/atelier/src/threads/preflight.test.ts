import { afterAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../../test/figures.ts';
import { drawGarmentPhoto } from '../../test/garments.ts';
import { openAtelier, type Pixels } from '../index.ts';

const atelier = openAtelier({ workers: 1 });
afterAll(() => atelier.close());

const blank: Pixels = {
  width: 400,
  height: 500,
  channels: 3,
  data: new Uint8Array(400 * 500 * 3).fill(200),
};

describe('preflight', () => {
  it('says of each picture whether it can be used, and what to do where it can not', async () => {
    const person: Pixels = { ...(await drawFigure({ top: 'tank' })).image, channels: 3 };
    const garment: Pixels = { ...(await drawGarmentPhoto({})).image, channels: 3 };
    const ask = (task: { person: Pixels; garment: Pixels; garmentKind: 'auto' | 'bottoms' }) =>
      atelier.preflight({ ...task, seeds: [1] });

    expect(await ask({ person, garment, garmentKind: 'auto' })).toMatchObject({
      ok: true,
      value: { person: { usable: true }, garments: [{ usable: true }] },
    });
    expect(await ask({ person: blank, garment: blank, garmentKind: 'auto' })).toMatchObject({
      ok: true,
      value: {
        person: { usable: false, problem: { code: 'pose-not-found' } },
        garments: [{ usable: false, problem: { code: 'garment-not-found' } }],
      },
    });
    expect(await ask({ person, garment, garmentKind: 'bottoms' })).toMatchObject({
      ok: true,
      value: {
        person: { usable: true },
        garments: [{ usable: false, problem: { code: 'unsupported' } }],
      },
    });
  }, 60_000);
});
