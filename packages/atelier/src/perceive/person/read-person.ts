import { stopwatch } from '../../stopwatch.ts';
import { mix } from '../../geometry/vector.ts';
import type { RawFace } from '../../nets/face.ts';
import type { Nets } from '../../nets/open-nets.ts';
import type { RawPose } from '../../nets/pose.ts';
import { type Lab, labPlanes } from '../../pixels/colour.ts';
import { type Plane, type RgbImage, toPlanes } from '../../pixels/image.ts';
import { resizePlane, resizeRgb } from '../../pixels/resize.ts';
import { median } from '../../pixels/scalar.ts';
import type { PersonProblem, PersonReading } from '../person.ts';
import { readLower, readOnePiece } from './clothes.ts';
import { buildBody } from './body.ts';
import { settleHips } from './cut-off.ts';
import { shapeFace } from './face-shape.ts';
import { faceRegion, findRawPose, poseFrom } from './find-pose.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import { locatePerson, NOBODY } from './locate.ts';
import { parsePerson, skinContrast } from './parse-person.ts';
import { partsFrom } from './parts.ts';
import { personMatte } from './person-matte.ts';
import { recentreArms } from './recentre.ts';
import { refineShares } from './refine.ts';
import { mapSkin } from './skin-map.ts';
import { judgeSuitability } from './suitability.ts';
import { closeGarment, divideOnePiece, fillFace, keepHairOnHead } from './tidy.ts';

export type PersonResult =
  | { readonly ok: true; readonly value: PersonReading }
  | { readonly ok: false; readonly problem: PersonProblem };

/** Long side at which the picture is parsed before its borders are laid on the edges of the full one. */
const PARSE_SIDE = 416;
/** Smallest side a picture must have to tell anything. */
const LEAST_SIDE = 48;
const LEAST_POSE = 0.5;
/** Below this score of the people finder a face must be seen too: empty clothes have arms and legs, but no face. */
const LEAST_FOUND = 0.3;
const LEAST_FACE = 0.6;
const LEAST_CONFIDENCE = 0.35;

/**
 * Reads a picture of one person: pose, matte, parts of body and clothes. The picture is taken as it is, so the caller
 * brings it to working size first (long side about 1,024). Equal input gives equal output, timings excepted.
 */
export async function readPerson(image: RgbImage, nets: Nets): Promise<PersonResult> {
  if (Math.min(image.width, image.height) < LEAST_SIDE)
    return refuse('The picture is too small. Use one of at least 300 pixels a side.');
  const clock = stopwatch();
  // The saliency net computes in threads of its own while the others keep this one busy.
  const saliencyComing = nets.saliency(image);
  const [saliency, sight] = await Promise.all([
    saliencyComing,
    lookForPerson(image, nets, saliencyComing),
  ]);
  clock.lap('nets');
  if (!sight.ok) return sight;
  const { raw, rawFace, selfie } = sight.value;
  const guide = toPlanes(image);
  const matte = personMatte(image, guide, { saliency, pose: raw.person, selfie });
  clock.lap('matte');
  const pose = settleHips(recentreArms(poseFrom(raw, rawFace, image), matte));
  if (pose.confidence < LEAST_CONFIDENCE) return refuse(NOBODY);
  const face = shapeFace(mix(pose.eyes.left.at, pose.eyes.right.at, 0.5), pose.mouth.at, rawFace);
  const scale = Math.min(1, PARSE_SIDE / Math.max(image.width, image.height));
  const small = resizeRgb(
    image,
    Math.max(1, Math.round(image.width * scale)),
    Math.max(1, Math.round(image.height * scale)),
  );
  const smallMatte = resizePlane(matte, small.width, small.height);
  const body = buildBody(pose, face, scale);
  const faceScore = rawFace?.score ?? 0;
  const suitability = judgeSuitability({ pose, face, faceScore, body, matte: smallMatte, image });
  if (suitability.kind === 'unsuitable') {
    return { ok: false, problem: { kind: 'unsuitable-pose', message: suitability.message } };
  }
  const parse = parsePerson(toPlanes(small), labPlanes(small), smallMatte, body);
  keepHairOnHead(parse.shares, smallMatte, body);
  closeGarment(parse.shares, smallMatte, body, UPPER);
  closeGarment(parse.shares, smallMatte, body, LOWER);
  fillFace(parse.shares, body);
  const skinMap = mapSkin(parse.shares[SKIN], smallMatte, body, parse.cuts);
  clock.lap('parse');
  const lab = labPlanes(image);
  const shares = refineShares(guide, lab, matte, parse);
  clock.lap('refine');
  const fullBody = buildBody(pose, face, 1);
  fillFace(shares, fullBody);
  const onePiece = readOnePiece(parse);
  if (onePiece.value) divideOnePiece(shares, fullBody);
  const parts = partsFrom(shares, matte, skinMap);
  clock.lap('parts');
  return {
    ok: true,
    value: {
      image,
      matte,
      pose,
      parts,
      skin: skinTone(lab, shares[SKIN], matte),
      clothes: { onePiece, lower: readLower(pose, parts, lab) },
      doubts: [
        ...sight.value.doubts,
        ...suitability.doubts,
        ...doubtsOfColours(skinContrast(parse.colours)),
      ],
      timings: clock.laps,
    },
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
  const selfie = await nets.selfie(image);
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
  for (let i = 0; i < skin.data.length; i += 3) {
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
