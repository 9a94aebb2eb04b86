import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawFigure } from '../../../test/figures.ts';
import { mix } from '../../geometry/vector.ts';
import { type Nets, openNets } from '../../nets/open-nets.ts';
import type { Limb, PersonReading } from '../person.ts';
import { buildBody } from './body.ts';
import { type FaceShape, shapeFace } from './face-shape.ts';
import { readPerson } from './read-person.ts';
import { judgeSuitability, type Suitability } from './suitability.ts';

let nets: Nets;
let reading: PersonReading;

beforeAll(async () => {
  nets = openNets();
  const figure = await drawFigure();
  const read = await readPerson(figure.image, nets);
  if (!read.ok) throw new Error(read.problem.message);
  reading = read.value;
});

afterAll(async () => {
  await nets.close();
});

/** What is said of the figure with its left arm, its face or its silhouette changed. */
function judged(
  change: (arm: Limb) => Limb,
  seen: (face: FaceShape) => FaceShape = (face) => face,
  matte = reading.matte,
): Suitability {
  const { image } = reading;
  const { arms, eyes, mouth } = reading.pose;
  const pose = { ...reading.pose, arms: { ...arms, left: change(arms.left) } };
  const face = seen(shapeFace(mix(eyes.left.at, eyes.right.at, 0.5), mouth.at, undefined));
  return judgeSuitability({
    pose,
    face,
    faceScore: 1,
    body: buildBody(pose, face, 1),
    matte,
    image,
  });
}

const guessed = (arm: Limb, wristAt = arm.end.at): Limb => ({
  ...arm,
  middle: { ...arm.middle, confidence: 0.2 },
  end: { at: wristAt, confidence: 0 },
});

it('refuses a person of whom an arm is a guess, and asks for arms that are plain to see', () => {
  const said = judged((arm) => guessed(arm, mix(arm.middle.at, arm.end.at, 0.2)));
  expect(said).toMatchObject({ kind: 'unsuitable', legible: true });
  expect(said.kind === 'unsuitable' && said.message).toContain('both arms');
});

it('takes arms that the photo cuts off where a forearm would go, and those of which the elbow alone is sure', () => {
  expect(judged((arm) => guessed(arm)).kind).toBe('suitable');
  expect(judged((arm) => ({ ...arm, end: { ...arm.end, confidence: 0 } })).kind).toBe('suitable');
});

it('refuses a face too large for its shoulders, and a chin that hides the neck', () => {
  const { shoulderWidth, shoulderMiddle, chin } = reading.pose;
  const near = judged(same, (face) => ({ ...face, measured: true, height: 0.9 * shoulderWidth }));
  expect(near).toMatchObject({ kind: 'unsuitable', legible: false });
  expect(near.kind === 'unsuitable' && near.message).toContain('little more than the head');
  const low: FaceShape['chin'] = [chin[0], shoulderMiddle[1]];
  const bent = judged(same, (face) => ({ ...face, measured: true, chin: low }));
  expect(bent.kind === 'unsuitable' && bent.message).toContain('hides the neck');
  expect(judged(same, (face) => ({ ...face, measured: true })).kind).toBe('suitable');
});

it('refuses a head without the body that the pose has made up below it', () => {
  const { matte, pose } = reading;
  const end = Math.round(pose.shoulderMiddle[1]);
  const data = matte.data.map((share, i) => (i < end * matte.width ? share : 0));
  const head = judged(same, undefined, { ...matte, data });
  expect(head.kind === 'unsuitable' && head.message).toContain('little more than the head');
});

const same = (arm: Limb): Limb => arm;
