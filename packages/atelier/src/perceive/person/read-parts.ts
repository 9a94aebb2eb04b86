import type { Lab } from '../../pixels/colour.ts';
import { boxAround, type Cut, cutPlane, laidBack } from '../../pixels/cut.ts';
import { type Plane, threshold } from '../../pixels/image.ts';
import { inRegion } from '@toile/memory';
import { resizePlane } from '../../pixels/resize.ts';
import { median } from '../../pixels/scalar.ts';
import type { Stopwatch } from '../../stopwatch.ts';
import { type Parts, partNames, type PersonReading, type Pose } from '../person.ts';
import { findAccessories } from './accessories.ts';
import { type Body, buildBody } from './body.ts';
import type { BodyClasses, ClassesOver } from './body-classes.ts';
import { readLower, readOnePiece } from './clothes.ts';
import { takeCuffs } from './cuffs.ts';
import type { FaceShape } from './face-shape.ts';
import { LOWER, SKIN, UPPER } from './labels.ts';
import { parsePerson, skinContrast } from './parse-person.ts';
import { partsFrom } from './parts.ts';
import { refineShares } from './refine.ts';
import type { Scene } from './scene.ts';
import { settleArms } from './settle-arms.ts';
import { mapSkin } from './skin-map.ts';
import { closeGarment, divideOnePiece, dropSkinScraps, fillFace, keepHairOnHead } from './tidy.ts';
import { cutViews, type View, type Views } from './views.ts';

/** What is known of the person before they are divided. */
interface Shape {
  readonly pose: Pose;
  readonly face: FaceShape;
  readonly classesOver: ClassesOver;
}

/** Share of person from which on a pixel is looked at, and how much around them, in shoulder widths. */
const PERSON = 0.04;
const AROUND = 0.12;

/** What is read of a person's parts. */
interface PartsReading {
  readonly parts: Pick<PersonReading, 'parts' | 'skin' | 'clothes'>;
  readonly doubts: readonly string[];
}

/** Divides the person into parts, and reads from them what is skin and what is worn. Only the box around the person is worked on. */
export function readParts(
  whole: Views,
  wholeMatte: Plane,
  shape: Shape,
  clock: Stopwatch,
): PartsReading {
  const { width, height } = wholeMatte;
  const reach = Math.ceil(AROUND * shape.pose.shoulderWidth);
  const box = boxAround(threshold(wholeMatte, PERSON), reach) ?? { left: 0, top: 0, width, height };
  const {
    cut,
    parts: within,
    ...read
  } = inRegion(() => readWithin(box, whole, wholeMatte, shape, clock));
  const parts = inWhole(within, cut, wholeMatte);
  const lower = readLower(shape.pose, parts, whole.half.lab);
  clock.lap('parts');
  return {
    parts: { parts, skin: read.skin, clothes: { onePiece: read.onePiece, lower } },
    doubts: read.doubts,
  };
}

/** What is read within a box. */
interface ReadWithin {
  /** The box as it was cut. */
  readonly cut: Cut;
  readonly parts: Parts;
  readonly skin: PersonReading['skin'];
  readonly onePiece: PersonReading['clothes']['onePiece'];
  readonly doubts: readonly string[];
}

function readWithin(
  box: Cut,
  whole: Views,
  wholeMatte: Plane,
  { pose, face, classesOver }: Shape,
  clock: Stopwatch,
): ReadWithin {
  const { cut, views } = cutViews(whole, box);
  const matte = cutPlane(wholeMatte, cut);
  const { small } = views;
  const smallMatte = resizePlane(matte, small.image.width, small.image.height);
  const bodyAt = (across: number): Body => buildBody(pose, face, across / cut.width, cut);
  const body = bodyAt(small.image.width);
  const classesAt = ({ image }: View): BodyClasses => classesOver(cut, image.width, image.height);
  const fine = { view: small, matte: smallMatte, body, classes: classesAt(small) };
  const parse = parsePerson(fine, roughScene(views, fine, bodyAt, classesAt));
  keepHairOnHead(parse.shares, fine);
  dropSkinScraps(parse.shares, fine);
  takeCuffs(parse.shares, small.lab, smallMatte, body);
  findAccessories(parse.shares, small.lab, smallMatte, body);
  closeGarment(parse.shares, smallMatte, body, UPPER);
  closeGarment(parse.shares, smallMatte, body, LOWER);
  fillFace(parse.shares, body);
  const skinMap = mapSkin(parse.shares[SKIN], smallMatte, body, parse.cuts);
  const enough = SKIN_PIXELS * whole.small.image.width * whole.small.image.height;
  const tone = skinTone(small.lab, parse.shares[SKIN], smallMatte, enough);
  clock.lap('parse');
  const shares = inRegion(() => refineShares(views, matte, parse));
  const fullBody = bodyAt(cut.width);
  inRegion(() => settleArms(views, matte, shares, fullBody, fine.classes.skin));
  clock.lap('refine');
  fillFace(shares, fullBody);
  const onePiece = readOnePiece(parse);
  if (onePiece.value) divideOnePiece(shares, fullBody);
  return {
    cut,
    parts: partsFrom(shares, matte, skinMap),
    skin: tone,
    onePiece,
    doubts: doubtsOfColours(skinContrast(parse.colours)),
  };
}

/** The parts in the whole picture: around the box there is only background. */
function inWhole(parts: Parts, cut: Cut, { width, height }: Plane): Parts {
  if (cut.width === width && cut.height === height) return parts;
  const laid: { -readonly [Name in keyof Parts]: Plane } = { ...parts };
  for (const name of partNames) {
    laid[name] = laidBack(parts[name], cut, { width, height }, name === 'background' ? 1 : 0);
  }
  return laid;
}

/** Shoulders must be this broad, in pixels of the small view, to learn colours at a smaller size yet. */
const LEAST_LEARNED = 40;

function roughScene(
  views: Views,
  fine: Scene,
  bodyAt: (across: number) => Body,
  classesAt: (view: View) => BodyClasses,
): Scene {
  if (fine.body.shoulderWidth < LEAST_LEARNED) return fine;
  const { width, height } = views.rough.image;
  return {
    view: views.rough,
    matte: resizePlane(fine.matte, width, height),
    body: bodyAt(width),
    classes: classesAt(views.rough),
  };
}

/** Share of the picture that must show skin for its tone to be sure. */
const SKIN_PIXELS = 0.004;

/** Median colour of what is surely skin. */
function skinTone(
  lab: readonly [Plane, Plane, Plane],
  skin: Plane,
  matte: Plane,
  enough: number,
): { tone: Lab; confidence: number } {
  const pixels: number[] = [];
  for (let i = 0; i < skin.data.length; i++) {
    if (skin.data[i] > 0.9 && matte.data[i] > 0.95) pixels.push(i);
  }
  if (pixels.length === 0) return { tone: [65, 14, 17], confidence: 0 };
  const middle = (plane: Plane): number => median(pixels.map((i) => plane.data[i]));
  return {
    tone: [middle(lab[0]), middle(lab[1]), middle(lab[2])],
    confidence: Math.min(1, pixels.length / enough),
  };
}

function doubtsOfColours(contrast: number): string[] {
  return contrast < 0.3
    ? ['Clothes and skin have nearly the same colour, so their border may be off.']
    : [];
}
