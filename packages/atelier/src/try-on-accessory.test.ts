import { afterAll, describe, expect, it } from 'vitest';
import { type AccessoryDesign, drawDesign } from '../test/accessory-designs.ts';
import { drawFigure } from '../test/figures.ts';
import { readingOf } from '../test/scenes.ts';
import { openNets } from './nets/open-nets.ts';
import { readAccessory } from './perceive/accessory/read-accessory.ts';
import type { AccessoryReading } from './perceive/garment.ts';
import type { PersonReading } from './perceive/person.ts';
import { dress } from './try-on.ts';
import { unwearable } from './unwearable.ts';

const nets = openNets();
afterAll(() => nets.close());

const known = new Map<AccessoryDesign, AccessoryReading>();

async function accessory(design: AccessoryDesign): Promise<AccessoryReading> {
  const before = known.get(design);
  if (before) return before;
  const answer = await readAccessory(await drawDesign(design, { side: 400 }), nets);
  if (!answer.ok) throw new Error(answer.problem.message);
  known.set(design, answer.value);
  return answer.value;
}

const figure = await drawFigure();
const person = readingOf(figure);

/** The smallest box of all pixels that a picture has otherwise than the person's: left, top, right, bottom. */
function changed(data: Uint8Array): readonly [number, number, number, number] {
  const { width, data: before } = person.image;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    // Shadows run out softly: what hardly shows is not counted.
    if (Math.abs(data[i] - before[i]) < 24) continue;
    const pixel = Math.floor(i / 3);
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return [left, top, right, bottom];
}

const worn = (reading: AccessoryReading): Uint8Array =>
  dress(person.image, person, [reading], { seed: 1 }).image.data;

describe('putting an accessory on', () => {
  it('sets glasses before the eyes, as broad as the face, and lets the eyes through clear ones', async () => {
    const dark = worn(await accessory('sunglasses'));
    const [left, top, right, bottom] = changed(dark);
    expect(left).toBeGreaterThan(240);
    expect(right).toBeLessThan(360);
    expect((left + right) / 2).toBeCloseTo(300, -1);
    expect(top).toBeGreaterThan(105);
    expect(bottom).toBeLessThan(165);
    const iris = 3 * (125 * person.image.width + 278);
    expect(dark[iris]).toBeLessThan(90);
    const clear = worn(await accessory('thin-rims'));
    expect(Math.abs(clear[iris] - person.image.data[iris])).toBeLessThan(14);
  });

  it('seats a hat on the forehead above the eyes and over the whole skull', async () => {
    const reading = await accessory('cap');
    expect(unwearable(person, [reading])).toBeNull();
    const [left, top, right, bottom] = changed(worn(reading));
    expect(top).toBeLessThan(46);
    expect(bottom).toBeLessThan(132);
    expect((left + right) / 2).toBeCloseTo(300, -1);
  });

  it('hangs a necklace round the neck and leaves the face alone', async () => {
    const data = worn(await accessory('chain'));
    const [left, top, right, bottom] = changed(data);
    expect(top).toBeGreaterThan(160);
    expect(left).toBeGreaterThan(240);
    expect(right).toBeLessThan(360);
    expect(bottom).toBeGreaterThan(250);
  });

  it('puts a handbag into a hanging hand', async () => {
    const [left, top, right, bottom] = changed(worn(await accessory('tote')));
    expect(top).toBeGreaterThan(430);
    expect(bottom).toBeGreaterThan(580);
    expect((left + right) / 2).toBeCloseTo(184, -1.5);
  });

  it('refuses by name what the person or the picture does not allow', async () => {
    const why = (wearer: PersonReading, reading: AccessoryReading): string =>
      unwearable(wearer, [reading])?.message ?? 'can be worn';
    const glasses = await accessory('sunglasses');
    const { pose } = person;
    const turned: PersonReading = {
      ...person,
      pose: { ...pose, nose: { ...pose.nose, at: [330, 145] } },
    };
    expect(why(turned, glasses)).toContain('turned too far aside');
    const away: PersonReading = { ...person, pose: { ...pose, facing: 'back' } };
    expect(why(away, glasses)).toContain('face of the person is not seen');
    expect(why(person, await accessory('shoulder-bag'))).toContain('short handle');
    const hatted = readingOf(await drawFigure({ worn: ['hat'] }));
    const cap = await accessory('cap');
    expect(why({ ...hatted, matte: withHat(hatted.matte) }, cap)).toContain('on the head already');
  });
});

/** The matte with the drawn hat's brim, which the figure's parts leave to accessories. */
function withHat(matte: PersonReading['matte']): PersonReading['matte'] {
  const data = Float32Array.from(matte.data);
  for (let y = 88; y < 108; y++) data.fill(1, y * matte.width + 214, y * matte.width + 386);
  return { ...matte, data };
}
