import { mix } from '../../geometry/vector.ts';
import { clamp, median } from '../../pixels/scalar.ts';
import type { Parts, Pose } from '../person.ts';
import type { LabPlanes } from './colour-mixture.ts';

/** What lies between the legs where cloth covers them. */
export interface LegRows {
  /** Share of the rows towards the hem in which something else than cloth parts the legs. */
  readonly parted: number;
  /** How much one upright line between the legs stands out from other upright lines, 0 to 1: the seam of trousers. */
  readonly seam: number;
  /** Rows that could be looked at. */
  readonly rows: number;
}

const ROWS = 24;
const COLUMNS = 25;

/** Looks across from leg to leg in rows between the crotch and the hem (0 hip, 1 knee, 2 ankle); `lab` is the half view's. */
export function readLegRows(pose: Pose, parts: Parts, lab: LabPlanes, hem: number): LegRows {
  const { width, height } = parts.legs;
  const { left, right } = pose.legs;
  const cloth = parts.lowerGarment.data;
  const columns = Array.from({ length: COLUMNS }, (): number[] => []);
  let rows = 0;
  let low = 0;
  let parted = 0;
  for (let row = 0; row < ROWS; row++) {
    const share = (row + 0.5) / ROWS;
    const along = 0.3 + share * Math.max(0.05, hem - 0.1 - 0.3);
    const at = (leg: typeof left): readonly [number, number] =>
      along < 1
        ? mix(leg.root.at, leg.middle.at, along)
        : mix(leg.middle.at, leg.end.at, Math.min(1, along - 1));
    const [a, b] = [at(left), at(right)];
    if (Math.abs(b[0] - a[0]) < 0.15 * pose.shoulderWidth) continue;
    const pixels = Array.from({ length: COLUMNS }, (_, k) => {
      const [x, y] = mix(a, b, k / (COLUMNS - 1));
      return x < 2 || y < 0 || x >= width - 2 || y >= height
        ? -1
        : Math.round(y) * width + Math.round(x);
    });
    if (pixels.some((i) => i < 0 || i >= cloth.length)) continue;
    rows++;
    const open = pixels.some((i) => cloth[i] < 0.5);
    if (share > 0.4) {
      low++;
      if (open) parted++;
    }
    if (open) continue;
    for (const [k, i] of pixels.entries()) {
      columns[k].push(upright(lab, (i % width) / width, Math.floor(i / width) / height));
    }
  }
  const strengths = columns.map((values) => (values.length > 2 ? median(values) : 0));
  const usual = median(strengths);
  const most = Math.max(...strengths.slice(5, COLUMNS - 5));
  return {
    parted: low ? parted / low : 0,
    seam: usual + most > 0 ? Math.max(0, (most - usual - 1) / (most + usual + 3)) : 0,
    rows,
  };
}

/** Change of colour across an upright line at a place (0 to 1 across and down), Lab units. */
function upright(lab: LabPlanes, across: number, down: number): number {
  const { width, height } = lab[0];
  const x = clamp(Math.round(across * width), 1, width - 2);
  const i = clamp(Math.round(down * height), 0, height - 1) * width + x;
  let sum = 0;
  for (const { data } of lab) sum += (data[i + 1] - data[i - 1]) ** 2;
  return Math.sqrt(sum);
}
