import type { Vec } from '../../geometry/vector.ts';
import { stopwatch } from '../../stopwatch.ts';
import { readAccessory } from '../accessory/read-accessory.ts';
import { isEvidentAccessory } from '../accessory/evident.ts';
import type { AccessoryName } from '../accessory/words.ts';
import type { Nets } from '../../nets/open-nets.ts';
import { keepLarge } from '../../pixels/components.ts';
import { type Mask, type Plane, type RgbImage, threshold } from '../../pixels/image.ts';
import { inRegion } from '@toile/memory';
import type { GarmentProblem, GarmentReading } from '../garment.ts';
import { framingOf } from './cut-off.ts';
import { findBackdrop } from './backdrop.ts';
import { legView, readBottomLandmarks } from './bottom-landmarks.ts';
import { closeShoulders } from './close-shoulders.ts';
import { frontOf } from './front.ts';
import { findGarmentMatte } from './garment-matte.ts';
import { looksRound } from './ghost.ts';
import { type ExpectedGarment, isJumpsuit, kindAs, readKind } from './kind.ts';
import { kindEvidence } from './kind-evidence.ts';
import { middleContrast } from './legs.ts';
import { withoutMat } from './mat.ts';
import { objectSaliency } from './object-saliency.ts';
import { type GarmentOutline, readOutline } from './outline.ts';
import { readPhotoType } from './photo-type.ts';
import { sleeveMask } from './sleeve-mask.ts';
import { readTopLandmarks, readTopOutline } from './top-landmarks.ts';
import { findUpright } from './upright.ts';
import { readWornGarment } from '../worn/read-worn-garment.ts';

export interface ReadGarmentOptions {
  /** The picture's own transparency, 0..1, of the same size; used as matte when it cuts something out. */
  readonly alpha?: Plane;
  /** What the client says the garment is: it is read as that, or refused where that is plainly impossible. */
  readonly expected?: ExpectedGarment | 'accessories';
  /** Which accessory the client says it is. */
  readonly named?: AccessoryName;
  /** What the client says the photo is; without it the picture decides. */
  readonly photo?: 'flat-lay' | 'model';
}

export type GarmentAnswer =
  | { readonly ok: true; readonly value: GarmentReading }
  | { readonly ok: false; readonly problem: GarmentProblem };

/** Smallest side of a picture in which a garment can be read, pixels. */
const LEAST_SIDE = 48;
const LEAST_AREA = 0.01;
/** Necklines found less surely than this are worth a doubt. */
const LEAST_NECKLINE = 0.4;

/**
 * Reads a garment from a product photo at working size (at most about 1,024 pixels a side): what is garment, which part
 * of it is in front, what kind it is and where its landmarks are. A garment that somebody wears is taken off first.
 */
export async function readGarment(
  photo: RgbImage,
  nets: Nets,
  options: ReadGarmentOptions = {},
): Promise<GarmentAnswer> {
  if (Math.min(photo.width, photo.height) < LEAST_SIDE) {
    return refuse(
      'no-garment',
      'The garment image is too small to read. Send one of at least 300 pixels a side.',
    );
  }
  return await readFramed(withoutMat(photo), nets, options);
}

async function readFramed(
  image: RgbImage,
  nets: Nets,
  options: ReadGarmentOptions,
): Promise<GarmentAnswer> {
  const { expected, ...others } = options;
  if (expected === 'accessories') return await readAccessory(image, nets, others);
  const worn = { ...others, ...(expected && { expected }) };
  if (options.photo === 'model') return await readWornGarment(image, nets, worn);
  const watch = stopwatch();
  const saliency = await objectSaliency(image, nets);
  watch.lap('saliency');
  const own = ownTransparency(options.alpha);
  const cut = own
    ? { matte: own, mask: keepLarge(threshold(own, 0.5), 0.04), confidence: 1 }
    : inRegion(() => findGarmentMatte(image, saliency));
  watch.lap('matte');
  const missing = nothingThere(cut.mask, cut.confidence);
  if (missing) return missing;
  if (!expected && 'backdrop' in cut && inRegion(() => isEvidentAccessory(cut))) {
    return await readAccessory(image, nets, { ...others, saliency });
  }
  const photo =
    options.photo === 'flat-lay'
      ? { value: options.photo, confidence: 1 }
      : await readPhotoType(image, cut.matte, nets);
  watch.lap('photo');
  if (photo.value === 'worn') {
    return await readWornGarment(image, nets, { ...worn, saliency });
  }
  const { cutAt } = framingOf(cut.mask);
  if (cutAt !== null) {
    return refuse(
      'unsupported-garment',
      `The garment image ends before the garment does, at its ${cutAt} side. Send a picture that shows the garment whole.`,
    );
  }
  const outline = readOutline(cut.matte, findUpright(cut.mask));
  if (!outline)
    return refuse(
      'no-garment',
      'No garment with a clear outline is in the image. Send a picture of one whole garment on a plain background.',
    );
  const lab = 'backdrop' in cut ? cut.backdrop.lab : findBackdrop(image, saliency).lab;
  const view = { lab, matte: cut.matte };
  const top = readTopOutline(outline);
  const evidence = kindEvidence(outline, top, cut.mask);
  if (isJumpsuit(evidence)) {
    return refuse(
      'unsupported-garment',
      'The garment image shows a jumpsuit, an overall or dungarees, which the built-in engine can not put on. Send a top and a bottom instead, or configure a generative engine.',
    );
  }
  const middle = (): number => middleContrast(legView(outline, view));
  const kind = expected ? kindAs(expected, evidence, middle) : readKind(evidence, middle);
  watch.lap('kind');
  if ('refusal' in kind) return refuse('unsupported-garment', kind.refusal);
  if (kind.value === 'accessory') return await readAccessory(image, nets, { ...others, saliency });
  const round = photo.value === 'flat-lay' && looksRound(outline, lab[0], cut.mask);
  const seen = round ? ({ value: 'ghost', confidence: 0.6 } as const) : photo;
  const common = { image, matte: cut.matte, kind, photo: seen };
  if (kind.value === 'bottom' || kind.value === 'skirt') {
    const landmarks = inRegion(() => readBottomLandmarks(outline, view, kind.value === 'bottom'));
    watch.lap('landmarks');
    const front = frontBelow(landmarks.waist, cut.matte, outline);
    watch.lap('parts');
    const doubts = doubtsOf(cut, kind.confidence, landmarks.confidence);
    const timings = watch.laps;
    return { ok: true, value: { shape: 'bottom', ...common, front, landmarks, doubts, timings } };
  }
  const landmarks = inRegion(() => readTopLandmarks(outline, top, view));
  watch.lap('landmarks');
  const matte = own ?? inRegion(() => closeShoulders(cut.matte, landmarks, lab));
  const front = frontBelow(landmarks.neckline.curve, matte, outline);
  const sleeves = {
    left: sleeveMask(cut.mask, landmarks.left, 'left'),
    right: sleeveMask(cut.mask, landmarks.right, 'right'),
  };
  watch.lap('parts');
  const doubts = doubtsOf(cut, kind.confidence, landmarks.confidence);
  if (landmarks.neckline.confidence < LEAST_NECKLINE)
    doubts.push('The neckline of the garment is unclear.');
  const timings = watch.laps;
  return {
    ok: true,
    value: { shape: 'top', ...common, matte, front, sleeves, landmarks, doubts, timings },
  };
}

/** The matte below a curve of the picture: neckline or waist. */
function frontBelow(curve: readonly Vec[], matte: Plane, { frame }: GarmentOutline): Plane {
  const upright = curve.map((p) => frame.toUpright(p));
  return frontOf(matte, upright, frame);
}

const refuse = (kind: GarmentProblem['kind'], message: string): GarmentAnswer => ({
  ok: false,
  problem: { kind, message },
});

/** A picture that is opaque all over, or empty, says nothing by its alpha. */
function ownTransparency(alpha: Plane | undefined): Plane | null {
  if (!alpha) return null;
  let clear = 0;
  let solid = 0;
  for (const share of alpha.data) {
    if (share < 0.1) clear++;
    else if (share > 0.9) solid++;
  }
  const size = alpha.data.length;
  return clear > 0.02 * size && solid > LEAST_AREA * size ? alpha : null;
}

function nothingThere(mask: Mask, confidence: number): GarmentAnswer | null {
  let area = 0;
  for (const value of mask.data) area += value;
  const share = area / mask.data.length;
  if (share < LEAST_AREA || share > 0.985 || confidence < 0.15) {
    return refuse(
      'no-garment',
      'No garment stands out from the background of the image. Send a picture of one whole garment on a plain background.',
    );
  }
  return null;
}

function doubtsOf(
  { mask, confidence }: { readonly mask: Mask; readonly confidence: number },
  kind: number,
  landmarks: number,
): string[] {
  const doubts: string[] = [];
  if (confidence < 0.8) doubts.push('The garment is hard to tell from its background.');
  if (framingOf(mask).touches) doubts.push('The garment is cut off by the edge of the image.');
  if (kind < 0.6) doubts.push('It is not clear what kind of garment this is.');
  if (landmarks < 0.45) doubts.push('The outline of the garment is unclear.');
  return doubts;
}
