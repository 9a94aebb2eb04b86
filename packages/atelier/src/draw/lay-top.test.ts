import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFigure, type FigureOptions } from '../../test/figures.ts';
import { drawGarmentPhoto, type GarmentDrawing } from '../../test/garments.ts';
import { wearerOf, type WearerOptions } from '../../test/wearers.ts';
import { measureArm } from '../fit/arm.ts';
import { fitTop, type TopFit } from '../fit/fit-top.ts';
import type { WearOptions } from '../fit/garment-size.ts';
import { refusePose } from '../fit/top-pose.ts';
import { measureTrunk, type Trunk } from '../fit/trunk.ts';
import { openNets } from '../nets/open-nets.ts';
import type { TopReading } from '../perceive/garment.ts';
import { readGarment } from '../perceive/garment/read-garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import { distortions, type CellDistortion } from '../warp/distortion.ts';
import { carry, type ClothMesh } from '../warp/mesh.ts';
import { type LaidTop, layTop } from './lay-top.ts';

const drawings = {
  tee: { print: true },
  'long sleeves': { sleeves: 'long' },
  vest: { sleeves: 'none', neck: 'v' },
  'flared dress': { body: 'dress' },
  'crooked tee': { tilt: 6, droop: 14 },
} as const satisfies Record<string, GarmentDrawing>;
type Drawn = keyof typeof drawings;

const figures: readonly [string, FigureOptions, WearerOptions?][] = [
  ['arms away from the body', { arms: 'away' }],
  ['arms before the hips', { arms: 'down', top: 'tee' }],
  ['a hand on the waist', { arms: 'hip', top: 'long' }],
  ['arms apart', { arms: 'apart', bottom: 'skirt' }],
  ['a trunk turned aside', { arms: 'away' }, { yaw: 35 }],
];

const garments = new Map<Drawn, TopReading>();
const people = new Map<string, PersonReading>();

interface Worn {
  readonly trunk: Trunk;
  readonly fit: TopFit;
  readonly laid: LaidTop;
}

function wear(person: PersonReading, garment: TopReading, options: WearOptions = {}): Worn {
  const trunk = measureTrunk(person);
  const limbs = { left: measureArm(person, 'left'), right: measureArm(person, 'right') };
  const fit = fitTop(person, garment, trunk, limbs, options);
  return { trunk, fit, laid: layTop(person, garment, trunk, limbs, fit) };
}

const found = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value => {
  const value = map.get(key);
  if (value === undefined) throw new Error('not read');
  return value;
};

function cellsWithin(
  mesh: ClothMesh,
  garment: TopReading,
  shows: (pixel: number) => boolean,
): CellDistortion[] {
  return distortions(mesh).filter(({ at }) => {
    const pixel = Math.round(at[1]) * garment.image.width + Math.round(at[0]);
    return garment.front.data[pixel] > 0.5 && shows(pixel);
  });
}

const hemOf = ({ laid }: Worn, garment: TopReading): number => {
  const { hem } = garment.landmarks;
  return carry(laid.body, hem[hem.length >> 1])[1];
};

beforeAll(async () => {
  const nets = openNets();
  afterAll(() => nets.close());
  for (const name of ['tee', 'long sleeves', 'vest', 'flared dress', 'crooked tee'] as const) {
    const { image, share } = await drawGarmentPhoto(drawings[name]);
    const read = await readGarment(image, nets, { alpha: share, photo: 'flat-lay' });
    if (!read.ok) throw new Error(`${name}: ${read.problem.message}`);
    if (read.value.shape !== 'top') throw new Error(`${name} was not read as a top`);
    garments.set(name, read.value);
  }
  for (const [name, drawing, options] of figures) {
    people.set(name, wearerOf(await drawFigure(drawing), options));
  }
}, 120_000);

describe('a top or dress laid on a person', () => {
  it('has no folded cell and no sleeve beside its arm, whatever the garment and the pose', () => {
    for (const [name, garment] of garments) {
      for (const [pose, person] of people) {
        const { laid } = wear(person, garment);
        const folds = [
          ...cellsWithin(laid.body, garment, (i) => laid.toBody.data[i] <= 0),
          ...laid.sleeves.flatMap(({ side, mesh }) =>
            cellsWithin(mesh, garment, (i) => garment.sleeves[side].data[i] === 1),
          ),
        ].filter(({ area }) => area <= 0);
        expect(folds.length, `${name}, ${pose}`).toBe(0);
        for (const { astray } of laid.sleeves) expect(astray, `${name}, ${pose}`).toBe(false);
      }
    }
  }, 30_000);

  it('keeps the shapes of a print within a quarter', () => {
    const garment = found(garments, 'tee');
    for (const [pose, person] of people) {
      const { laid } = wear(person, garment);
      const printed = cellsWithin(laid.body, garment, () => true).filter(
        ({ at }) => Math.hypot(at[0] - 320, at[1] - 400) < 70,
      );
      expect(printed.length).toBeGreaterThan(20);
      expect(Math.max(...printed.map(({ anisotropy }) => anisotropy)), pose).toBeLessThan(1.25);
    }
  });

  it('keeps a straight hem straight', () => {
    const garment = found(garments, 'tee');
    const { laid, trunk } = wear(found(people, 'arms away from the body'), garment);
    const { hem } = garment.landmarks;
    const inner = hem.slice(3, -3).map((point) => carry(laid.body, point)[1]);
    expect(Math.max(...inner) - Math.min(...inner)).toBeLessThan(0.05 * trunk.shoulderWidth);
  });

  it('hangs a flared skirt from the waist, narrower than laid flat, with its hem level', () => {
    const garment = found(garments, 'flared dress');
    for (const [name] of figures) {
      const { laid, fit } = wear(found(people, name), garment);
      const { left, right } = garment.landmarks;
      const corners = [left, right].map(({ edge }) => edge[edge.length - 2]);
      const [from, to] = corners.map((corner) => carry(laid.body, corner));
      const flare = (to[0] - from[0]) / ((corners[1][0] - corners[0][0]) * fit.scale);
      expect(flare, name).toBeGreaterThan(0.55);
      expect(flare, name).toBeLessThan(1);
      expect(Math.abs(from[1] - to[1]), name).toBeLessThan(12);
      expect(fit.folds?.hidden(left.armpit[1]), name).toBe(0);
      expect(fit.folds?.hidden(fit.folds.hem), name).toBeLessThan(0.5);
    }
  });

  it('hangs lower and wider the larger the size', () => {
    const garment = found(garments, 'tee');
    const person = found(people, 'arms apart');
    const worn = (['s', 'm', 'l', 'xl'] as const).map((size) => wear(person, garment, { size }));
    const hems = worn.map((each) => hemOf(each, garment));
    const { left, right } = garment.landmarks;
    const widths = worn.map(
      ({ laid }) => carry(laid.body, right.edge[4])[0] - carry(laid.body, left.edge[4])[0],
    );
    expect(hems).toEqual(hems.toSorted((a, b) => a - b));
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(hems[3] - hems[0]).toBeGreaterThan(10);
    expect(widths[3] / widths[0]).toBeGreaterThan(1.04);
  });

  it('moves its middle towards where a turned trunk faces', () => {
    const garment = found(garments, 'tee');
    const middle = (pose: string): number =>
      carry(wear(found(people, pose), garment).laid.body, [garment.landmarks.centreX, 400])[0];
    expect(middle('arms away from the body') - middle('a trunk turned aside')).toBeGreaterThan(6);
  });
});

describe('poses that no top can be laid on', () => {
  it('refuses crossed and raised arms, and dresses on who sits, and says what to send instead', async () => {
    const tee = found(garments, 'tee');
    const dress = found(garments, 'flared dress');
    const figure = await drawFigure({ arms: 'down' });
    const crossed = wearerOf(figure, {
      joints: { leftWrist: [340, 330], rightWrist: [262, 330] },
    });
    expect(refusePose(crossed, tee)).toMatch(/crossed arms/);
    const raised = wearerOf(figure, {
      joints: { leftElbow: [170, 150], leftWrist: [160, 40] },
    });
    expect(refusePose(raised, found(garments, 'long sleeves'))).toMatch(/raised arms/);
    expect(refusePose(raised, tee)).toBeNull();
    expect(refusePose(wearerOf(figure, { seated: true }), dress)).toMatch(/sits/);
    expect(refusePose(wearerOf(figure, { seated: true }), tee)).toBeNull();
  });
});
