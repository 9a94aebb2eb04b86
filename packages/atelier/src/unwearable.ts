import { refusePose } from './fit/top-pose.ts';
import type { GarmentReading } from './perceive/garment.ts';
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
): Unwearable | null {
  for (const garment of garments) {
    const message = garment.shape === 'top' ? refusePose(person, garment) : null;
    if (message) return { code: 'pose-not-found', message };
  }
  const bottoms = garments.some(({ shape }) => shape === 'bottom');
  if (!bottoms) return null;
  if (person.pose.seated) {
    return {
      code: 'pose-not-found',
      message:
        'The person sits, and the built-in engine puts trousers, shorts and skirts only on people who stand. Send a photo of the person standing.',
    };
  }
  if (person.pose.facing === 'side') {
    return {
      code: 'pose-not-found',
      message:
        'The person is seen from the side, and the built-in engine puts trousers, shorts and skirts only on people who face the camera. Send a photo from the front.',
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
