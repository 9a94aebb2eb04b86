import { createMask, type Mask } from '../../pixels/image.ts';
import type { Vec } from '../../geometry/vector.ts';
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
  const { shoulderTip: tip, armpit } = part;
  const sign = side === 'left' ? -1 : 1;
  const beyond = cutBy(tip, armpit, sign);
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
 * Whether a pixel lies on the sleeve's side: of the cut itself between tip and armpit; above the tip and below the
 * armpit the whole half plane outwards of the nearer end, where the garment's own edge separates sleeve and body.
 */
function cutBy(tip: Vec, armpit: Vec, sign: number): (x: number, y: number) => boolean {
  const dx = armpit[0] - tip[0];
  const dy = armpit[1] - tip[1] || 1;
  return (x, y) => {
    const along = (y - tip[1]) / dy;
    const line = along < 0 ? tip[0] : along > 1 ? armpit[0] : tip[0] + dx * along;
    return sign * (x - line) > 0;
  };
}
