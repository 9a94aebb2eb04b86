import { createMask, type Mask } from '../../pixels/image.ts';
import { clamp } from '../../pixels/scalar.ts';
import type { GarmentSide } from '../garment.ts';
import type { Side } from '../person.ts';

/**
 * The pixels of the garment beyond the line from armpit to shoulder tip: what is connected to the sleeve's axis without
 * crossing that line.
 */
export function sleeveMask(garment: Mask, part: GarmentSide, side: Side): Mask {
  const { width, height } = garment;
  const result = createMask(width, height);
  if (!part.sleeve) return result;
  const sign = side === 'left' ? -1 : 1;
  const beyond = cutBy(part, sign);
  const blocked = (x: number, y: number): boolean => !garment.data[y * width + x] || !beyond(x, y);
  const stack: number[] = [];
  const visit = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const i = y * width + x;
    if (result.data[i] || blocked(x, y)) return;
    result.data[i] = 1;
    stack.push(i);
  };
  for (const [x, y] of part.sleeve.axis) visit(Math.round(x), Math.round(y));
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    const y = Math.floor(i / width);
    visit(x - 1, y);
    visit(x + 1, y);
    visit(x, y - 1);
    visit(x, y + 1);
  }
  return result;
}

/**
 * Whether a pixel lies on the sleeve's side of the line from tip over armpit down the body's side edge; above the tip
 * the line goes straight up.
 */
function cutBy(part: GarmentSide, sign: number): (x: number, y: number) => boolean {
  const line = [part.shoulderTip, part.armpit, ...part.edge];
  return (x, y) => {
    let i = 1;
    while (i < line.length - 1 && line[i][1] < y) i++;
    const [ax, ay] = line[i - 1];
    const [bx, by] = line[i];
    const along = clamp((y - ay) / (by - ay || 1), 0, 1);
    return sign * (x - (ax + (bx - ax) * along)) > 0;
  };
}
