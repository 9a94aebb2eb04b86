import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFigure, type Figure } from '../test/figures.ts';
import { drawGarmentPhoto } from '../test/garments.ts';
import type { WornBottom } from './compose/dressing.ts';
import { type Nets, openNets } from './nets/open-nets.ts';
import type { BottomReading, GarmentReading } from './perceive/garment.ts';
import { readGarment } from './perceive/garment/read-garment.ts';
import type { PersonReading } from './perceive/person.ts';
import { readPerson } from './perceive/person/read-person.ts';
import { labOf } from './pixels/colour.ts';
import type { RgbImage } from './pixels/image.ts';
import { dress, type DressedPerson } from './try-on.ts';
import { unwearable } from './unwearable.ts';

const CLOTH = '#8c2f4a';

let nets: Nets;
let figure: Figure;
let person: PersonReading;
let trousers: BottomReading;
let skirt: BottomReading;
let top: GarmentReading;

async function bottomOf(body: 'trousers' | 'skirt'): Promise<BottomReading> {
  const drawn = await drawGarmentPhoto({ body, cloth: CLOTH });
  const read = await readGarment(drawn.image, nets);
  if (!read.ok) throw new Error(read.problem.message);
  if (read.value.shape !== 'bottom') throw new Error(`the ${body} were not read as a bottom`);
  return read.value;
}

beforeAll(async () => {
  nets = openNets();
  figure = await drawFigure({ top: 'tank', bottom: 'shorts', bottomColour: '#7fa3cf' });
  const read = await readPerson(figure.image, nets);
  if (!read.ok) throw new Error(read.problem.message);
  person = read.value;
  trousers = await bottomOf('trousers');
  skirt = await bottomOf('skirt');
  const drawn = await drawGarmentPhoto({ sleeves: 'none', cloth: '#2f6f9f' });
  const cloth = await readGarment(drawn.image, nets);
  if (!cloth.ok) throw new Error(cloth.problem.message);
  top = cloth.value;
}, 60_000);

afterAll(() => nets.close());

/** Share of cloth at a place of the answer, over all pieces. */
function coverAt(bottom: WornBottom, x: number, y: number): number {
  return bottom.pieces.reduce((most, { layer }) => {
    const [column, row] = [x - layer.left, y - layer.top];
    if (column < 0 || row < 0 || column >= layer.width || row >= layer.height) return most;
    return Math.max(most, layer.coverage[row * layer.width + column]);
  }, 0);
}

function bottomIn({ dressing }: DressedPerson): WornBottom {
  const [worn] = dressing.garments;
  if (worn.kind !== 'bottom') throw new Error('no bottom was put on');
  return worn;
}

function isCloth(image: RgbImage, x: number, y: number): boolean {
  const i = 3 * (y * image.width + x);
  const [lightness, a, b] = labOf(image.data[i], image.data[i + 1], image.data[i + 2]);
  const cloth = labOf(0x8c, 0x2f, 0x4a);
  return Math.abs(lightness - cloth[0]) < 18 && Math.hypot(a - cloth[1], b - cloth[2]) < 14;
}

describe('dressing a drawn person in drawn trousers', () => {
  let dressed: DressedPerson;

  beforeAll(() => {
    dressed = dress(person.image, person, [trousers], { seed: 42 });
  });

  it('lays each leg of cloth on a leg of the body, from the crotch to the ankle', () => {
    const { leftHip, leftKnee, rightKnee } = figure.joints;
    const bottom = bottomIn(dressed);
    let bare = 0;
    let seen = 0;
    for (let y = leftHip[1] + 20; y < 780; y++) {
      for (let x = 0; x < figure.image.width; x++) {
        if (!figure.truth.legs.data[y * figure.image.width + x]) continue;
        seen++;
        if (coverAt(bottom, x, y) < 0.5) bare++;
      }
    }
    expect(bare / seen).toBeLessThan(0.02);
    for (const [x, y] of [leftKnee, rightKnee]) {
      expect(isCloth(dressed.image, x, y)).toBe(true);
      expect(isCloth(dressed.image, x, y - 90)).toBe(true);
    }
  });

  it('parts the legs, and ends them where the feet begin', () => {
    const bottom = bottomIn(dressed);
    expect(coverAt(bottom, 300, 720)).toBeLessThan(0.5);
    expect(coverAt(bottom, 258, 770)).toBe(1);
    expect(coverAt(bottom, 342, 770)).toBe(1);
    expect(coverAt(bottom, 252, 848)).toBeLessThan(0.5);
    expect(coverAt(bottom, 348, 848)).toBeLessThan(0.5);
  });

  it('leaves no gap between its halves above the crotch', () => {
    const bottom = bottomIn(dressed);
    for (let y = 470; y < 500; y++) {
      for (let x = 250; x <= 350; x++) expect(coverAt(bottom, x, y)).toBeGreaterThan(0.99);
    }
  });

  it('keeps the photo to the bit above the waist and beside the person', () => {
    const { width, height } = figure.image;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (y > 380 && x > 150 && x < 450) continue;
        const i = 3 * (y * width + x);
        for (let c = 0; c < 3; c++) {
          if (dressed.image.data[i + c] !== person.image.data[i + c]) {
            throw new Error(`the photo was changed at ${x}, ${y}`);
          }
        }
      }
    }
  });

  it('keeps hands in front', () => {
    for (const [x, y] of [figure.joints.leftWrist, figure.joints.rightWrist]) {
      expect(isCloth(dressed.image, x, y + 20)).toBe(false);
    }
  });
});

describe('dressing a drawn person in a drawn skirt', () => {
  it('closes over hips and legs, and a long one ends at the ankles instead of on the floor', () => {
    const dressed = dress(person.image, person, [skirt], { seed: 42 });
    const bottom = bottomIn(dressed);
    for (const [x, y] of [
      [300, 500],
      [300, 600],
      [300, 720],
      [250, 560],
      [350, 560],
    ]) {
      expect(isCloth(dressed.image, x, y)).toBe(true);
      expect(coverAt(bottom, x, y)).toBeGreaterThan(0.99);
    }
    for (const x of [230, 260, 340, 370]) expect(coverAt(bottom, x, 846)).toBe(0);
  });
});

describe('dressing a drawn person in a top and trousers', () => {
  it('tucks the top in when it comes first, and lets it hang over the waistband when it comes last', () => {
    const tucked = dress(person.image, person, [top, trousers], { seed: 42 }).image;
    const hanging = dress(person.image, person, [trousers, top], { seed: 42 }).image;
    for (const x of [270, 300, 330]) {
      expect(isCloth(tucked, x, 300)).toBe(false);
      expect(isCloth(tucked, x, 462)).toBe(true);
      expect(isCloth(hanging, x, 462)).toBe(false);
    }
  });
});

describe('what cannot be worn', () => {
  const messageFor = (
    changes: Partial<PersonReading['pose']>,
    garment: BottomReading = trousers,
  ): string | undefined =>
    unwearable({ ...person, pose: { ...person.pose, ...changes } }, [garment])?.message;

  it('refuses bottoms for people who sit, turn away, lift or cross their legs, and says what to send', () => {
    const { left, right } = person.pose.legs;
    const lifted = { ...left, middle: { at: [170, 560], confidence: 1 } } as const;
    expect(messageFor({ seated: true })).toContain('Send a photo of the person standing.');
    expect(messageFor({ facing: 'back' })).toContain('Send a photo from the front.');
    expect(messageFor({ legs: { left: lifted, right } })).toContain('standing on both legs');
    const crossed = { left: { ...left, end: right.end }, right: { ...right, end: left.end } };
    expect(messageFor({ legs: crossed })).toContain('legs side by side');
    expect(messageFor({})).toBeUndefined();
  });

  it('refuses bottoms where the photo ends at the hips, and asks for one that shows more', () => {
    const { image, pose } = person;
    const ending = (height: number): PersonReading => ({ ...person, image: { ...image, height } });
    const trunk = pose.hipMiddle[1] - pose.shoulderMiddle[1];
    const hips = Math.round(pose.hipMiddle[1]);
    expect(unwearable(ending(hips + Math.round(0.2 * trunk)), [trousers])?.message).toContain(
      'down to the knees',
    );
    expect(unwearable(ending(hips + Math.round(0.5 * trunk)), [trousers])).toBeNull();
  });

  it('refuses to take a dress off without a top to put on, and a garment that its picture cuts off', () => {
    const clothes = { ...person.clothes, onePiece: { value: true, confidence: 0.9 } };
    expect(unwearable({ ...person, clothes }, [trousers])?.message).toContain('Send a top');
    const height = Math.round(trousers.landmarks.left.outer.at(-1)?.[1] ?? 0) + 1;
    const cut = { ...trousers, image: { ...trousers.image, height } };
    expect(messageFor({}, cut)).toContain('shows it whole');
  });
});
