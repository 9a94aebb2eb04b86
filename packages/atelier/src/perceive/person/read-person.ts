import { type Stopwatch, stopwatch } from '../../stopwatch.ts';
import { mix } from '../../geometry/vector.ts';
import type { RawFace } from '../../nets/face.ts';
import type { Nets } from '../../nets/open-nets.ts';
import type { RawPose } from '../../nets/pose.ts';
import type { Lab } from '../../pixels/colour.ts';
import type { Plane, RgbImage } from '../../pixels/image.ts';
import { resizePlane } from '../../pixels/resize.ts';
import { median } from '../../pixels/scalar.ts';
import type { PersonProblem, PersonReading, Pose } from '../person.ts';
import { findAccessories } from './accessories.ts';
import { readLower, readOnePiece } from './clothes.ts';
import { type Body, buildBody } from './body.ts';
import { settleHips } from './cut-off.ts';
import { type FaceShape, shapeFace } from './face-shape.ts';
import { faceRegion, findRawPose, poseFrom } from './find-pose.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import { locatePerson, NOBODY } from './locate.ts';
import { parsePerson, type Scene, skinContrast } from './parse-person.ts';
import { partsFrom } from './parts.ts';
import { personMatte } from './person-matte.ts';
import { recentreArms } from './recentre.ts';
import { refineShares } from './refine.ts';
import { mapSkin } from './skin-map.ts';
import { settleArms } from './settle-arms.ts';
import { limbGaps } from './gaps.ts';
import { judgeSuitability } from './suitability.ts';
import { halfOf, type Views, viewsOf } from './views.ts';
import { closeGarment, divideOnePiece, dropSkinScraps, fillFace, keepHairOnHead } from './tidy.ts';

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
}

/**
 * Reads a picture of one person: pose, matte, parts of body and clothes. The picture is taken as it is, so the caller
 * brings it to working size first (long side about 1,024). Equal input gives equal output, timings excepted.
 */
export async function readPerson(
  image: RgbImage,
  nets: Nets,
  { anyPose = false }: ReadPersonOptions = {},
): Promise<PersonResult> {
  if (Math.min(image.width, image.height) < LEAST_SIDE) {
    return refuse('The picture is too small. Use one of at least 300 pixels a side.');
  }
  const clock = stopwatch();
  // The saliency net computes in threads of its own while the others keep this one busy.
  const saliencyComing = nets.saliency(halfOf(image));
  const [saliency, sight] = await Promise.all([
    saliencyComing,
    lookForPerson(image, nets, saliencyComing),
  ]);
  clock.lap('nets');
  if (!sight.ok) return sight;
  const { raw, rawFace, selfie } = sight.value;
  const views = viewsOf(image);
  const { width, height } = views.small.image;
  const rawPose = poseFrom(raw, rawFace, image);
  if (rawPose.confidence < LEAST_CONFIDENCE) return refuse(NOBODY);
  const { eyes, mouth } = rawPose;
  const face = shapeFace(mix(eyes.left.at, eyes.right.at, 0.5), mouth.at, rawFace);
  const gaps = limbGaps(buildBody(rawPose, face, width / image.width), width, height);
  const opinions = { saliency, pose: raw.person(width, height), selfie };
  const matte = personMatte(views, opinions, gaps);
  clock.lap('matte');
  const pose = settleHips(recentreArms(rawPose, matte));
  const faceScore = rawFace?.score ?? 0;
  const smallMatte = resizePlane(matte, width, height);
  const body = buildBody(pose, face, width / image.width);
  const suitability = judgeSuitability({ pose, face, faceScore, body, matte: smallMatte, image });
  if (suitability.kind === 'unsuitable' && !(anyPose && suitability.legible)) {
    return { ok: false, problem: { kind: 'unsuitable-pose', message: suitability.message } };
  }
  const reading = readParts(views, matte, smallMatte, { pose, face, body }, clock);
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

interface Shape {
  readonly pose: Pose;
  readonly face: FaceShape;
  /** At the small view's scale. */
  readonly body: Body;
}

/** Divides the person into parts, and reads from them what is skin and what is worn. */
function readParts(
  views: Views,
  matte: Plane,
  smallMatte: Plane,
  { pose, face, body }: Shape,
  clock: Stopwatch,
): { parts: Pick<PersonReading, 'parts' | 'skin' | 'clothes'>; doubts: readonly string[] } {
  const { small, half } = views;
  const fine = { view: small, matte: smallMatte, body };
  const parse = parsePerson(fine, roughScene(views, fine, pose, face));
  keepHairOnHead(parse.shares, smallMatte, body);
  dropSkinScraps(parse.shares, smallMatte, body);
  findAccessories(parse.shares, small.lab, smallMatte, body);
  closeGarment(parse.shares, smallMatte, body, UPPER);
  closeGarment(parse.shares, smallMatte, body, LOWER);
  fillFace(parse.shares, body);
  const skinMap = mapSkin(parse.shares[SKIN], smallMatte, body, parse.cuts);
  const tone = skinTone(small.lab, parse.shares[SKIN], smallMatte);
  clock.lap('parse');
  const shares = refineShares(views, matte, parse);
  const fullBody = buildBody(pose, face, 1);
  settleArms(views, matte, shares, fullBody);
  clock.lap('refine');
  fillFace(shares, fullBody);
  const onePiece = readOnePiece(parse);
  if (onePiece.value) divideOnePiece(shares, fullBody);
  const parts = partsFrom(shares, matte, skinMap);
  const lower = readLower(pose, parts, half.lab);
  clock.lap('parts');
  return {
    parts: { parts, skin: tone, clothes: { onePiece, lower } },
    doubts: doubtsOfColours(skinContrast(parse.colours)),
  };
}

/** Shoulders must be this broad, in pixels of the small view, to learn colours at a smaller size yet. */
const LEAST_LEARNED = 40;

function roughScene(views: Views, fine: Scene, pose: Pose, face: FaceShape): Scene {
  if (fine.body.shoulderWidth < LEAST_LEARNED) return fine;
  const { width, height } = views.rough.image;
  return {
    view: views.rough,
    matte: resizePlane(fine.matte, width, height),
    body: buildBody(pose, face, width / views.full.image.width),
  };
}

interface Sight {
  readonly raw: RawPose;
  readonly rawFace: RawFace | undefined;
  readonly selfie: Plane;
  readonly doubts: readonly string[];
}

type SightResult =
  | { readonly ok: true; readonly value: Sight }
  | { readonly ok: false; readonly problem: PersonProblem };

async function lookForPerson(
  image: RgbImage,
  nets: Nets,
  saliency: Promise<Plane>,
): Promise<SightResult> {
  const location = await locatePerson(image, nets, saliency);
  if (location.kind !== 'found') return { ok: false, problem: location };
  const raw = await findRawPose(image, nets, location.region);
  const region = faceRegion(raw);
  const rawFace = region && (await nets.face(image, region));
  const found = location.score >= LEAST_FOUND || (rawFace?.score ?? 0) >= LEAST_FACE;
  if (!found || raw.score < LEAST_POSE) return refuse(NOBODY);
  const selfie = await nets.selfie(halfOf(image));
  return { ok: true, value: { raw, rawFace, selfie, doubts: location.doubts } };
}

const refuse = (message: string): { readonly ok: false; readonly problem: PersonProblem } => ({
  ok: false,
  problem: { kind: 'no-person', message },
});

/** Median colour of what is surely skin. */
function skinTone(
  lab: readonly [Plane, Plane, Plane],
  skin: Plane,
  matte: Plane,
): { tone: Lab; confidence: number } {
  const pixels: number[] = [];
  for (let i = 0; i < skin.data.length; i++) {
    if (skin.data[i] > 0.9 && matte.data[i] > 0.95) pixels.push(i);
  }
  if (pixels.length === 0) return { tone: [65, 14, 17], confidence: 0 };
  const middle = (plane: Plane): number => median(pixels.map((i) => plane.data[i]));
  return {
    tone: [middle(lab[0]), middle(lab[1]), middle(lab[2])],
    confidence: Math.min(1, pixels.length / (skin.data.length * 0.004)),
  };
}

function doubtsOfColours(contrast: number): string[] {
  return contrast < 0.3
    ? ['Clothes and skin have nearly the same colour, so their border may be off.']
    : [];
}
