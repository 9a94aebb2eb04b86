import type { Plane } from '../../pixels/image.ts';
import type { BodyClasses } from './body-classes.ts';

/** The face mesh finds nothing below this. */
const NO_FACE = 0.2;
/** From behind, the segmenter takes the nape and an ear for this much face, as a share of the hair; a bald head has no hair. */
const FACE_OF_A_NAPE = 0.3;
/** Hair of a head that is in the picture covers at least this, in squares of the shoulders' width. */
const LEAST_HAIR = 0.2;

/**
 * Whether there is a head of hair and no face in it: the pose net takes some backs for fronts.
 *
 * @param faceScore the face mesh's, 0 to 1
 * @param shoulderWidth in pixels of `classes`
 */
export function isTurnedAway(
  faceScore: number,
  { hair, face }: BodyClasses,
  shoulderWidth: number,
): boolean {
  if (faceScore > NO_FACE) return false;
  const [hairs, faces] = [area(hair), area(face)];
  return hairs > LEAST_HAIR * shoulderWidth ** 2 && faces < FACE_OF_A_NAPE * hairs;
}

function area({ data }: Plane): number {
  let pixels = 0;
  for (let i = 0; i < data.length; i++) if (data[i] > 0.5) pixels++;
  return pixels;
}
