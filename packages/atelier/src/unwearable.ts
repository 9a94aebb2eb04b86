import { refuseStance } from './fit/bottom-pose.ts';
import { fitAccessory } from './fit/fit-accessory.ts';
import { refuseSleeves } from './fit/plausible-sleeves.ts';
import type { WearOptions } from './fit/garment-size.ts';
import { hidesWhatIsBelow } from './fit/hidden-below.ts';
import { refusePose } from './fit/top-pose.ts';
import type { BottomReading, GarmentReading } from './perceive/garment.ts';
import type { PersonReading } from './perceive/person.ts';

/** Why these garments cannot be put on this person, as a sentence for the client; null when they can. */
export interface Unwearable {
  readonly code: 'pose-not-found' | 'unsupported';
  readonly message: string;
}

/** Judged from the readings alone, before anything is drawn. */
export function unwearable(
  person: PersonReading,
  garments: readonly GarmentReading[],
  wear: WearOptions = {},
): Unwearable | null {
  for (const garment of garments) {
    const message = refuseWearer(person, garment);
    if (message !== null) return { code: 'pose-not-found', message };
  }
  for (const garment of garments) {
    const message = garment.shape === 'top' ? refuseSleeves(garment) : null;
    if (message !== null) return { code: 'unsupported', message };
  }
  if (hidesWhatIsBelow(person, garments, wear)) {
    return {
      code: 'pose-not-found',
      message:
        'The garment ends above the hem of the clothes that come off, and the model image does not show what the person wears below them. Send a longer garment, a bottom together with it, or a model image that shows the trousers or skirt.',
    };
  }
  const bottoms = garments.filter((garment) => garment.shape === 'bottom');
  if (bottoms.length === 0) return null;
  const stance = refuseStance(person);
  if (stance) return { code: 'pose-not-found', message: stance };
  if (bottoms.some(cutOff)) {
    return {
      code: 'unsupported',
      message:
        'The edge of the garment image cuts the garment off above its hem, so that its length is not known. Send a picture that shows it whole.',
    };
  }
  const { onePiece } = person.clothes;
  const tops = garments.some(({ shape }) => shape === 'top');
  if (onePiece.value && onePiece.confidence >= 0.5 && !tops) {
    return {
      code: 'unsupported',
      message:
        'The person wears a dress or an overall, and without it nothing would cover the trunk. Send a top together with the bottom, or a photo of the person in separate clothes.',
    };
  }
  return null;
}

/** Why the pose of this person does not allow the garment by itself. */
function refuseWearer(person: PersonReading, garment: GarmentReading): string | null {
  if (garment.shape === 'top') return refusePose(person, garment);
  if (garment.shape === 'bottom') return null;
  const fit = fitAccessory(person, garment);
  return 'refusal' in fit ? fit.refusal : null;
}

/** Whether the hem lies on the picture's lower edge though there is room above the waist: a picture trimmed to its garment has none. */
function cutOff({ landmarks, image }: BottomReading): boolean {
  const least = Math.max(3, 0.008 * image.height);
  const top = Math.min(...landmarks.waist.map(([, y]) => y));
  const bottom = [landmarks.left, landmarks.right].map(({ outer }) => outer[outer.length - 1][1]);
  return top > 0.02 * image.height && bottom.every((y) => y > image.height - least);
}
