import { createMask, type Mask } from '../../pixels/image.ts';

export function either(a: Mask, b: Mask): Mask {
  const result = createMask(a.width, a.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = a.data[i] | b.data[i];
  return result;
}

/** The pixels of a mask that pass a test. */
export function those(mask: Mask, test: (index: number) => boolean): Mask {
  const result = createMask(mask.width, mask.height);
  for (let i = 0; i < mask.data.length; i++) result.data[i] = mask.data[i] && test(i) ? 1 : 0;
  return result;
}
