import type { Mask } from '../../pixels/image.ts';

/** The smallest upright box around a mask; `right` and `bottom` are the first column and row beyond. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boxOf({ width, height, data }: Mask): Box | null {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(1) + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  return right > left ? { left, top, right, bottom } : null;
}

/** A stretch of covered pixels in a row; `to` is the first one beyond. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** The covered stretches of a row, those parted by no more than `gap` pixels taken as one. */
export function runsOf({ width, data }: Mask, y: number, gap: number): Run[] {
  const runs: Run[] = [];
  for (let x = 0; x < width; x++) {
    if (!data[y * width + x]) continue;
    const from = x;
    while (x < width && data[y * width + x]) x++;
    const last = runs.at(-1);
    if (last && from - last.to <= gap) runs[runs.length - 1] = { from: last.from, to: x };
    else runs.push({ from, to: x });
  }
  return runs;
}

/** Share of the mask that its mirror image about the box's middle covers too. */
export function mirrored(mask: Mask, box: Box): number {
  const { width, data } = mask;
  let area = 0;
  let both = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if (!data[y * width + x]) continue;
      area++;
      both += data[y * width + box.right - 1 - (x - box.left)];
    }
  }
  return both / Math.max(1, area);
}
