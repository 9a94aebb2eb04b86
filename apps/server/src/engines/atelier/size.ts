import type { AspectRatio, Resolution } from '../../capabilities/shared.ts';
import { fail, type Result, succeed } from '../../failures/failure.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const areas: Readonly<Record<Resolution, number>> = {
  '1k': 1024 * 1024,
  '2k': 2048 * 2048,
  '4k': 4096 * 4096,
};

/** A requested ratio counts as met within this share. */
const RATIO_TOLERANCE = 0.02;

/**
 * The size of a try-on's answer: the person's own, or about as many pixels as `resolution` says at the same ratio.
 * Another ratio would need a new frame around the person, which is another capability's work.
 */
export function tryOnSize(
  person: Size,
  aspectRatio: AspectRatio | undefined,
  resolution: Resolution | undefined,
): Result<Size> {
  if (aspectRatio !== undefined) {
    const [across = 1, down = 1] = aspectRatio.split(':').map(Number);
    const wanted = across / down;
    const own = person.width / person.height;
    if (Math.abs(own / wanted - 1) > RATIO_TOLERANCE) {
      return fail(
        'unsupported',
        `The built-in engine answers at the ratio of the model image (${person.width}x${person.height}) and cannot reframe it to ${aspectRatio}. Leave aspect_ratio out, or send a model image of that ratio.`,
        'elsewhere',
      );
    }
  }
  if (resolution === undefined) return succeed({ width: person.width, height: person.height });
  const factor = Math.sqrt(areas[resolution] / (person.width * person.height));
  return succeed({
    width: Math.max(1, Math.round(person.width * factor)),
    height: Math.max(1, Math.round(person.height * factor)),
  });
}
