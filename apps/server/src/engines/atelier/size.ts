import type { AspectRatio, Resolution } from '../../capabilities/shared.ts';

/** Pixels that each resolution stands for. */
export const pixelsOf: Readonly<Record<Resolution, number>> = {
  '1k': 1024 * 1024,
  '2k': 2048 * 2048,
  '4k': 4096 * 4096,
};

/** Width to height. */
export function ratioOf(aspectRatio: AspectRatio): number {
  const [across = 1, down = 1] = aspectRatio.split(':').map(Number);
  return across / down;
}
