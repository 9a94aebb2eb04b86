import { beforeAll, describe, expect, it } from 'vitest';
import { drawFigure } from '../../test/figures.ts';
import { readDrawnTop } from '../../test/drawn-top.ts';
import { wearerOf } from '../../test/wearers.ts';
import { measureArm } from '../fit/arm.ts';
import { fitTop, type TopFit } from '../fit/fit-top.ts';
import { goesAstray } from '../fit/follow-arm.ts';
import { refuseSleeves } from '../fit/plausible-sleeves.ts';
import { measureTrunk } from '../fit/trunk.ts';
import type { Vec } from '../geometry/vector.ts';
import type { Sleeve, TopReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { threshold } from '../pixels/image.ts';
import { carry } from '../warp/mesh.ts';
import { layTop } from './lay-top.ts';

let garment: TopReading;
let person: PersonReading;

/** The garment with its left sleeve read otherwise. */
function withLeft(change: (sleeve: Sleeve) => Partial<Sleeve>): TopReading {
  const { landmarks } = garment;
  const { sleeve } = landmarks.left;
  if (!sleeve) throw new Error('no sleeve');
  const left = { ...landmarks.left, sleeve: { ...sleeve, ...change(sleeve) } };
  return { ...garment, landmarks: { ...landmarks, left } };
}

beforeAll(async () => {
  garment = await readDrawnTop({ sleeves: 'long' });
  person = wearerOf(await drawFigure({ arms: 'away' }));
});

describe('sleeves read from a garment', () => {
  it('are plausible where they hang beside the body', () => {
    expect(refuseSleeves(garment)).toBeNull();
  });

  it('are trusted less where one is much longer than the other', async () => {
    const uneven = await readDrawnTop({ sleeves: 'long', droop: 90 });
    expect(garment.landmarks.confidence).toBeGreaterThan(0.8);
    expect(uneven.landmarks.confidence).toBeLessThan(0.5);
  });

  it('are refused where one lies across the front', () => {
    const { centreX } = garment.landmarks;
    const across = withLeft(({ axis }) => ({
      axis: axis.map(([x, y], k): Vec => [x + (k / 8) * 1.5 * (centreX - x), y]),
    }));
    expect(refuseSleeves(across)).toContain('sleeves');
  });

  it('are refused where one runs down the body instead of beside it', () => {
    const { edge } = garment.landmarks.left;
    const within = withLeft(({ axis, halfWidths }) => ({
      axis: axis.map((at, k): Vec =>
        k < 4 ? at : [edge[k - 1][0] + halfWidths[k], edge[k - 1][1]],
      ),
    }));
    expect(refuseSleeves(within)).toContain('sleeves');
  });

  it('are refused where one is far wider than its armhole, holds the body too, or is half the other', () => {
    const wide = withLeft(({ halfWidths }) => ({ halfWidths: halfWidths.map((half) => 5 * half) }));
    const short = withLeft(({ axis, length }) => ({
      axis: axis.map((_, k) => axis[k >> 2]),
      length: length / 3,
    }));
    const flooded = {
      ...garment,
      sleeves: { ...garment.sleeves, left: threshold(garment.matte, 0.5) },
    };
    for (const misread of [wide, short, flooded]) expect(refuseSleeves(misread)).not.toBeNull();
  });
});

describe('a sleeve whose armhole has been laid across the trunk', () => {
  it('is laid along its arm all the same', () => {
    const trunk = measureTrunk(person);
    const limbs = { left: measureArm(person, 'left'), right: measureArm(person, 'right') };
    const fit = fitTop(person, garment, trunk, limbs);
    const drag = 1.2 * trunk.shoulderWidth;
    const dragged: TopFit = {
      ...fit,
      pins: fit.pins.map((pin) => ({ ...pin, target: [pin.target[0] + drag, pin.target[1]] })),
    };
    expect(layTop(person, garment, trunk, limbs, fit).sleeves.map(({ astray }) => astray)).toEqual([
      false,
      false,
    ]);
    const laid = layTop(person, garment, trunk, limbs, dragged).sleeves[0];
    expect(laid.astray).toBe(true);
    const { sleeve } = garment.landmarks.left;
    if (!sleeve) throw new Error('no sleeve');
    expect(goesAstray(sleeve, limbs.left, (point) => carry(laid.mesh, point))).toBe(false);
  });
});
