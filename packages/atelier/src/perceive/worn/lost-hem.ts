import { mix } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import type { Pose } from '../person.ts';
import { type HemPicture, strongestLine } from './hem-line.ts';

/** Where a top's hem may be, in trunk lengths below the shoulder joints. */
const HIGHEST = 0.62;
const LOWEST = 1.15;
const COLUMNS = 20;
/** Half of the columns' span, in shoulder widths. */
const SPAN = 0.4;
/** Share of the picture's lower border before the trunk that is garment when nothing below it was told from it. */
const REACHES_BORDER = 0.3;

/**
 * Top and trousers of one colour come out of the parse as one garment down to the picture's border. Then the line across
 * the hips at which the picture changes most, when it plainly does, parts what is the garment from the other one.
 */
export function partAtLostHem(pose: Pose, cloth: Plane, other: Plane, picture: HemPicture): void {
  const { width, height } = cloth;
  const unit = pose.shoulderWidth;
  if (!runsOut(pose, cloth) || holdsAny(other)) return;
  const trunk = pose.hipMiddle[1] - pose.shoulderMiddle[1];
  const xs = Array.from({ length: 2 * COLUMNS + 1 }, (_, k) =>
    Math.round(mix(pose.shoulderMiddle, pose.hipMiddle, 0.85)[0] + (k / COLUMNS - 1) * SPAN * unit),
  );
  const line = strongestLine(
    picture,
    xs,
    pose.shoulderMiddle[1] + HIGHEST * trunk,
    Math.min(height - 0.1 * unit, pose.shoulderMiddle[1] + LOWEST * trunk),
    unit,
  );
  if (!line) return;
  for (let x = 0; x < width; x++) {
    const k = Math.min(
      xs.length - 1,
      Math.max(0, Math.round(((x - xs[0]) / (xs[xs.length - 1] - xs[0])) * (xs.length - 1))),
    );
    for (let y = Math.max(0, Math.round(line[k])); y < height; y++) {
      const i = y * width + x;
      other.data[i] += cloth.data[i];
      cloth.data[i] = 0;
    }
  }
}

/** Whether the garment goes on to the picture's lower border over the width of the trunk. */
function runsOut(pose: Pose, { width, height, data }: Plane): boolean {
  const row = (height - 3) * width;
  let cloth = 0;
  let seen = 0;
  for (let k = -20; k <= 20; k++) {
    const x = Math.round(pose.hipMiddle[0] + (k / 20) * SPAN * pose.shoulderWidth);
    if (x < 0 || x >= width) continue;
    seen++;
    if (data[row + x] > 0.5) cloth++;
  }
  return seen > 0 && cloth > REACHES_BORDER * seen;
}

/** Whether any other garment worth the name has been told. */
function holdsAny({ data }: Plane): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += data[i];
  return (4 * sum) / data.length > 0.01;
}
