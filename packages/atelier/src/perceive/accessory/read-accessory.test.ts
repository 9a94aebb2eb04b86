import { afterAll, describe, expect, it } from 'vitest';
import { type AccessoryDesign, drawDesign } from '../../../test/accessory-designs.ts';
import { drawAccessoryPhoto } from '../../../test/accessories.ts';
import { distance, type Vec } from '../../geometry/vector.ts';
import { openNets } from '../../nets/open-nets.ts';
import { readGarment } from '../garment/read-garment.ts';
import type { AccessoryReading } from '../garment.ts';
import { readAccessory } from './read-accessory.ts';
import { accessoryNamed } from './words.ts';

const nets = openNets();
afterAll(() => nets.close());

/** Half the side that designs are drawn on: enough to find every landmark. */
const SIDE = 400;

async function read(design: AccessoryDesign): Promise<AccessoryReading> {
  const answer = await readAccessory(await drawDesign(design, { side: SIDE }), nets);
  if (!answer.ok) throw new Error(`${design}: ${answer.problem.message}`);
  return answer.value;
}

/** How far a landmark is from where it was drawn on a square of 800, as a share of the picture. */
const off = (found: Vec, [x, y]: Vec): number =>
  distance(found, [(x * SIDE) / 800, (y * SIDE) / 800]) / SIDE;

describe('reading an accessory', () => {
  it('finds the lenses and the ends of glasses and looks through clear ones', async () => {
    const { form, glass, image, matte } = await read('thin-rims');
    if (form.what !== 'glasses') throw new Error(`took glasses for a ${form.what}`);
    expect(off(form.lenses.left, [250, 410])).toBeLessThan(0.02);
    expect(off(form.lenses.right, [550, 410])).toBeLessThan(0.02);
    expect(off(form.hinges.left, [104, 380])).toBeLessThan(0.02);
    const middle = 205 * SIDE + 125;
    expect(glass.data[middle]).toBe(1);
    expect(image.data[3 * middle]).toBeGreaterThan(225);
    expect(matte.data[205 * SIDE + 200]).toBe(0);
  });

  it('tells brims, visors and edges of hats apart', async () => {
    const rims = [];
    for (const design of ['wide-brim', 'cap', 'beanie'] as const) {
      const { form } = await read(design);
      rims.push(form.what === 'hat' ? form.rim : form.what);
    }
    expect(rims).toEqual(['brim', 'visor', 'edge']);
  });

  it('follows the string of a necklace and finds its pendant', async () => {
    const chain = await read('chain');
    if (chain.form.what !== 'necklace') throw new Error('took a chain for something else');
    expect(chain.form.closed).toBe(false);
    expect(off(chain.form.string[chain.form.lowest], [400, 560])).toBeLessThan(0.02);
    expect(chain.form.pendant && off(chain.form.pendant.bottom, [400, 692])).toBeLessThan(0.02);
    const pearls = await read('pearls');
    expect(pearls.form).toMatchObject({ what: 'necklace', closed: true, pendant: null });
  });

  it('finds where a handle is held and where it meets the bag', async () => {
    const { form } = await read('tote');
    if (form.what !== 'bag') throw new Error(`took a bag for a ${form.what}`);
    expect(off(form.grip, [400, 110])).toBeLessThan(0.02);
    expect(off(form.roots.left, [280, 380])).toBeLessThan(0.03);
    expect(off(form.bottom, [400, 748])).toBeLessThan(0.02);
  });

  it.each(['thin-rims', 'chain', 'tote', 'wide-brim'] as const)(
    'knows %s without being told that it is an accessory',
    async (design) => {
      const answer = await readGarment(await drawDesign(design, { side: SIDE }), nets);
      expect(answer.ok && answer.value.shape).toBe('accessory');
    },
  );

  it('refuses shoes by name, and what is not what it is called', async () => {
    const { image } = await drawAccessoryPhoto('shoes');
    const shoes = await readAccessory(image, nets);
    expect(!shoes.ok && shoes.problem.message).toContain('cannot put on shoes');
    const hat = await drawDesign('beanie', { side: SIDE });
    const glasses = await readAccessory(hat, nets, { named: 'glasses' });
    expect(!glasses.ok && glasses.problem.message).toContain('both lenses whole');
  });

  it('reads what a client calls the thing, unless several things are named', () => {
    expect(accessoryNamed('Black wayfarer sunglasses')).toBe('glasses');
    expect(accessoryNamed('a knitted beanie')).toBe('hat');
    expect(accessoryNamed('bag and scarf')).toBeNull();
    expect(accessoryNamed('a gift')).toBeNull();
  });
});
