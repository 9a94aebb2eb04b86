import { afterAll, describe, expect, it } from 'vitest';
import { drawFigure, type FigureOptions } from '../../../test/figures.ts';
import { wearerOf, type WearerOptions } from '../../../test/wearers.ts';
import type { Vec } from '../../geometry/vector.ts';
import { openNets } from '../../nets/open-nets.ts';
import type { Mask } from '../../pixels/image.ts';
import { drawWorn } from '../debug/worn.ts';
import type { BottomReading, GarmentReading, TopReading } from '../garment.ts';
import type { PersonReading } from '../person.ts';
import { readGarment } from '../garment/read-garment.ts';
import { takeOff, type WornAnswer, type WornOptions } from './read-worn-garment.ts';

const nets = openNets();
afterAll(() => nets.close());

async function off(
  figure: FigureOptions,
  options: WornOptions = {},
  wearer: WearerOptions = {},
): Promise<WornAnswer> {
  return takeOff(wearerOf(await drawFigure(figure), wearer), options);
}

async function top(figure: FigureOptions, options: WornOptions = {}): Promise<TopReading> {
  const answer = await off(figure, options);
  if (!answer.ok) throw new Error(answer.problem.message);
  if (answer.value.shape !== 'top') throw new Error('not read as a top');
  return answer.value;
}

async function bottom(figure: FigureOptions): Promise<BottomReading> {
  const answer = await off(figure, { expected: 'bottoms' });
  if (!answer.ok) throw new Error(answer.problem.message);
  if (answer.value.shape !== 'bottom') throw new Error('not read as a bottom');
  return answer.value;
}

function area({ data }: { data: Float32Array | Uint8Array }): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum;
}

async function truthOf(figure: FigureOptions, part: 'upper' | 'lower'): Promise<Mask> {
  return (await drawFigure(figure)).truth[part];
}

/** Share of the garment's pixels whose colour is that of another thing in the drawing. */
function strange({ image, matte }: GarmentReading, own: readonly [number, number, number]): number {
  let away = 0;
  let all = 0;
  for (let i = 0; i < matte.data.length; i++) {
    if (matte.data[i] < 0.9) continue;
    all++;
    const far = Math.hypot(...own.map((value, c) => value - image.data[3 * i + c]));
    if (far > 60) away++;
  }
  return away / all;
}

/** The wearer with hair from the shoulders down over the chest. */
function underHair(wearer: PersonReading): PersonReading {
  const { parts, pose } = wearer;
  const { width, data } = parts.hair;
  const lowest = pose.shoulderMiddle[1] + 40;
  const hair = data.map((share, i) => {
    const cloth = parts.upperGarment.data[i];
    return Math.floor(i / width) < lowest ? Math.max(share, cloth) : share;
  });
  const cloth = parts.upperGarment.data.map((share, i) => (hair[i] > 0 ? 0 : share));
  return {
    ...wearer,
    parts: {
      ...parts,
      hair: { ...parts.hair, data: hair },
      upperGarment: { ...parts.upperGarment, data: cloth },
    },
  };
}

const refused = (why: string): object => ({
  ok: false,
  problem: { kind: 'unsupported-garment', message: expect.stringContaining(why) },
});

const GREEN: [number, number, number] = [63, 127, 109];

describe('a garment taken off a drawn wearer', () => {
  it.each(['tank', 'tee', 'crop'] as const)('keeps the extent of a %s', async (kind) => {
    const figure: FigureOptions = { top: kind, arms: 'away', tucked: false };
    const reading = await top(figure, { expected: 'tops' });
    expect(area(reading.matte) / area(await truthOf(figure, 'upper'))).toBeGreaterThan(0.93);
    expect(area(reading.matte) / area(await truthOf(figure, 'upper'))).toBeLessThan(1.05);
    expect(reading.photo.value).toBe('worn');
  });

  it('holds nothing of skin, hair or trousers', async () => {
    const reading = await top({ top: 'tee', topColour: '#3f7f6d', longHair: true, arms: 'away' });
    expect(strange(reading, GREEN)).toBeLessThan(0.01);
  });

  it('has its landmarks in mirrored places on an upright wearer', async () => {
    const { landmarks } = await top({ top: 'tee', arms: 'away' });
    const { left, right, centreX } = landmarks;
    for (const name of ['neckPoint', 'shoulderTip', 'armpit'] as const) {
      expect(Math.abs(left[name][0] + right[name][0] - 2 * centreX)).toBeLessThan(12);
      expect(Math.abs(left[name][1] - right[name][1])).toBeLessThan(8);
    }
    expect(left.neckPoint[1]).toBeLessThan(left.shoulderTip[1]);
    expect(left.shoulderTip[1]).toBeLessThan(left.armpit[1]);
    expect(left.sleeve?.class).toBe('short');
  });

  it('tells sleeveless from long sleeves', async () => {
    expect((await top({ top: 'tank', arms: 'away' })).landmarks.left.sleeve).toBeNull();
    expect((await top({ top: 'long', arms: 'away' })).landmarks.left.sleeve?.class).toBe('long');
  });

  it('completes what a hand on the hip hides', async () => {
    const free = await top({ top: 'tank', arms: 'away', topColour: '#3f7f6d' });
    const held = await top({ top: 'tank', arms: 'hip', topColour: '#3f7f6d' });
    expect(area(held.matte) / area(free.matte)).toBeGreaterThan(0.95);
    expect(strange(held, GREEN)).toBeLessThan(0.02);
  });

  it('is refused where a bare arm lies across it', async () => {
    const across = { leftElbow: [226, 345], leftWrist: [330, 350] } as const;
    expect(await off({ top: 'tee' }, {}, { joints: across })).toMatchObject(refused('An arm'));
  });

  it('is refused where a sleeve lies before it, hair hides its straps, or it is small', async () => {
    const across = { leftElbow: [226, 345], leftWrist: [300, 350] } as const;
    expect(await off({ top: 'long' }, {}, { joints: across })).toMatchObject(refused('A sleeve'));
    expect(takeOff(underHair(wearerOf(await drawFigure({ top: 'tank' }))))).toMatchObject(
      refused('Hair hides'),
    );
    const small = { leftShoulder: [262, 228], rightShoulder: [338, 228] } as const;
    expect(await off({ top: 'tee' }, {}, { joints: small })).toMatchObject(refused('too small'));
  });

  it('reads trousers with two legs', async () => {
    const trousers = await bottom({ bottom: 'trousers', tucked: true });
    expect(trousers.landmarks.crotch).not.toBeNull();
    expect(strange(trousers, [59, 74, 107])).toBeLessThan(0.02);
  });
});

describe('the debug picture of a wearer', () => {
  it('shows the garment in green and the arms in blue', async () => {
    const figure = await drawFigure({ top: 'tee', arms: 'away', topColour: '#b04040' });
    const { data, width } = drawWorn(wearerOf(figure), 'upper');
    const at = ([x, y]: Vec): Uint8Array =>
      data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3);
    const [chest, wrist] = [at([300, 380]), at([188, 460])];
    expect(chest[1]).toBeGreaterThan(chest[0]);
    expect(wrist[2]).toBeGreaterThan(wrist[0]);
  });
});

describe('a wearer from whom nothing can be taken', () => {
  const refusal = async (wearer: WearerOptions, options: WornOptions = {}): Promise<string> => {
    const answer = await off({ top: 'tee' }, options, wearer);
    return answer.ok ? '' : answer.problem.message;
  };

  it('is refused by name when seen from the side', async () => {
    expect(await refusal({ yaw: 75 })).toMatch(/from the side.*Send a photo/);
  });

  it('is refused by name with an arm raised', async () => {
    const joints = { leftElbow: [170, 150], leftWrist: [160, 60] } as const;
    expect(await refusal({ joints })).toMatch(/raises an arm.*Send a photo/);
  });

  it('is refused by name when a dress is asked of somebody in trousers', async () => {
    expect(await refusal({}, { expected: 'one-pieces' })).toMatch(
      /wears trousers.*Ask for the top/,
    );
  });

  it('is refused by name when trousers are asked of somebody who sits', async () => {
    expect(await refusal({ seated: true }, { expected: 'bottoms' })).toMatch(/sits.*Send a photo/);
  });
});

describe('the photo of somebody wearing a garment', () => {
  it('is read from pixels to landmarks', async () => {
    const { image } = await drawFigure({ top: 'tee', arms: 'away' });
    const answer = await readGarment(image, nets, { photo: 'model', expected: 'tops' });
    expect(answer.ok && answer.value.shape).toBe('top');
    expect(answer.ok && answer.value.photo.value).toBe('worn');
  }, 60_000);
});
