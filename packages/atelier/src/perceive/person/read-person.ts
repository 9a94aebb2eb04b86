import { stopwatch } from '../../stopwatch.ts';
import { mix } from '../../geometry/vector.ts';
import type { RawFace } from '../../nets/face.ts';
import type { Nets } from '../../nets/open-nets.ts';
import type { RawPose } from '../../nets/pose.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import { inRegion } from '@toile/memory';
import { resizePlane } from '../../pixels/resize.ts';
import type { PersonProblem, PersonReading, Pose } from '../person.ts';
import { buildBody } from './body.ts';
import { segmentPerson } from './body-classes.ts';
import { settleHead, settleHips } from './cut-off.ts';
import { shapeFace } from './face-shape.ts';
import { faceRegion, findRawPose, poseFrom } from './find-pose.ts';
import { locatePerson, NOBODY } from './locate.ts';
import { personMatte } from './person-matte.ts';
import { recentreArms } from './recentre.ts';
import { limbGaps } from './gaps.ts';
import { judgeSuitability } from './suitability.ts';
import { readParts } from './read-parts.ts';
import { isTurnedAway } from './turned-away.ts';
import { halfOf, viewsOf } from './views.ts';

export type PersonResult =
  | { readonly ok: true; readonly value: PersonReading }
  | { readonly ok: false; readonly problem: PersonProblem };

/** Smallest side a picture must have to tell anything. */
const LEAST_SIDE = 48;
const LEAST_POSE = 0.5;
/** Below this score of the people finder a face must be seen too: empty clothes have arms and legs, but no face. */
const LEAST_FOUND = 0.3;
const LEAST_FACE = 0.6;
const LEAST_CONFIDENCE = 0.35;

export interface ReadPersonOptions {
  /**
   * Reads people to whom no garment could be fitted as well: seen from behind or the side, or cut off. What would have
   * refused them is then a doubt. For wearers of a garment that is taken from the picture. Default false.
   */
  readonly anyPose?: boolean;
  /** Does without the saliency net where the people net finds somebody: a third faster, and edges a little less sure. Default false. */
  readonly quick?: boolean;
}

/**
 * Reads a picture of one person: pose, matte, parts of body and clothes. The picture is taken as it is, so the caller
 * brings it to working size first (long side about 1,024). Equal input gives equal output, timings excepted.
 */
export async function readPerson(
  image: RgbImage,
  nets: Nets,
  { anyPose = false, quick = false }: ReadPersonOptions = {},
): Promise<PersonResult> {
  if (Math.min(image.width, image.height) < LEAST_SIDE) {
    return refuse('The picture is too small. Use one of at least 300 pixels a side.');
  }
  const clock = stopwatch();
  let asked: Promise<Plane> | undefined;
  const askSaliency = (): Promise<Plane> => (asked ??= nets.saliency(halfOf(image)));
  const sight = await lookForPerson(image, nets, askSaliency);
  if (!sight.ok) return sight;
  const { raw, rawFace } = sight.value;
  const rawPose = poseFrom(raw, rawFace, image);
  if (rawPose.confidence < LEAST_CONFIDENCE) return refuse(NOBODY);
  // Asked last: a garment that is read beside the person waits for this net and nothing else. It computes in threads of
  // its own while this one goes on.
  const saliencyComing = quick ? null : askSaliency();
  const classesComing = segmentPerson(image, nets, rawPose);
  const views = viewsOf(image);
  const { width, height } = views.small.image;
  const { eyes, mouth } = rawPose;
  const shape = shapeFace(mix(eyes.left.at, eyes.right.at, 0.5), mouth.at, rawFace);
  const gaps = limbGaps(buildBody(rawPose, shape, width / image.width), width, height);
  const [saliency, classesOver] = await Promise.all([saliencyComing, classesComing]);
  clock.lap('nets');
  const whole = { left: 0, top: 0, width: image.width, height: image.height };
  const classes = classesOver(whole, width, height);
  const opinions = { saliency, pose: raw.person(width, height), segmenter: classes.person };
  const matte = inRegion(() => personMatte(views, opinions, gaps));
  clock.lap('matte');
  const head = settleHead(rawPose, shape, classes.skin, width / image.width);
  const { face } = head;
  const faceScore = rawFace?.score ?? 0;
  const settled = settleHips(recentreArms(head.pose, matte));
  const away = isTurnedAway(faceScore, classes, (settled.shoulderWidth * width) / image.width);
  const pose: Pose = away ? { ...settled, facing: 'back' } : settled;
  const smallMatte = resizePlane(matte, width, height);
  const body = buildBody(pose, face, width / image.width);
  const suitability = judgeSuitability({ pose, face, faceScore, body, matte: smallMatte, image });
  if (suitability.kind === 'unsuitable' && !(anyPose && suitability.legible)) {
    return { ok: false, problem: { kind: 'unsuitable-pose', message: suitability.message } };
  }
  const reading = inRegion(() => readParts(views, matte, { pose, face, classesOver }, clock));
  return {
    ok: true,
    value: {
      image,
      matte,
      pose,
      ...reading.parts,
      doubts: [
        ...sight.value.doubts,
        ...(suitability.kind === 'unsuitable' ? [suitability.message] : suitability.doubts),
        ...reading.doubts,
      ],
      timings: clock.laps,
    },
  };
}

interface Sight {
  readonly raw: RawPose;
  readonly rawFace: RawFace | undefined;
  readonly doubts: readonly string[];
}

type SightResult =
  | { readonly ok: true; readonly value: Sight }
  | { readonly ok: false; readonly problem: PersonProblem };

async function lookForPerson(
  image: RgbImage,
  nets: Nets,
  saliency: () => Promise<Plane>,
): Promise<SightResult> {
  const location = await locatePerson(image, nets, saliency);
  if (location.kind !== 'found') return { ok: false, problem: location };
  const raw = await findRawPose(image, nets, location.region);
  const region = faceRegion(raw);
  const rawFace = region && (await nets.face(image, region));
  const found = location.score >= LEAST_FOUND || (rawFace?.score ?? 0) >= LEAST_FACE;
  if (!found || raw.score < LEAST_POSE) return refuse(NOBODY);
  return { ok: true, value: { raw, rawFace, doubts: location.doubts } };
}

const refuse = (message: string): { readonly ok: false; readonly problem: PersonProblem } => ({
  ok: false,
  problem: { kind: 'no-person', message },
});
