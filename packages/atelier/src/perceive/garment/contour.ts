import type { Vec } from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { floats, integers } from '@toile/memory';

/**
 * The longest closed line along which a share is one half, in sub-pixels, clockwise on the screen (marching squares).
 * Pixel (x, y) lies at the point (x, y). Empty when the share nowhere crosses one half.
 */
export function outline(share: Plane): Vec[] {
  const crossings = traceCells(padded(share));
  let best: Vec[] = [];
  let largest = 0;
  for (const loop of crossings) {
    const area = Math.abs(signedArea(loop));
    if (area > largest) {
      largest = area;
      best = loop;
    }
  }
  return signedArea(best) < 0 ? best.toReversed() : best;
}

/** Twice-positive for clockwise on the screen (y down). */
export function signedArea(points: readonly Vec[]): number {
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const [ax, ay] = points[i];
    const [bx, by] = points[(i + 1) % points.length];
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}

/** One pixel of nothing around, so that a garment touching the border still has a closed outline. */
function padded(share: Plane): Plane {
  const width = share.width + 2;
  const height = share.height + 2;
  const data = floats(width * height);
  for (let y = 0; y < share.height; y++) {
    data.set(share.data.subarray(y * share.width, (y + 1) * share.width), (y + 1) * width + 1);
  }
  return { width, height, data };
}

/** Edge numbers: twice the pixel, plus 0 for the edge to its right and 1 for the edge below it. */
function traceCells({ width, height, data }: Plane): Vec[][] {
  const next = integers(2 * width * height).fill(-1);
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) linkCell(data, width, x, y, next);
  }
  const place = (edge: number): Vec => {
    const i = edge >> 1;
    const x = i % width;
    const y = Math.floor(i / width);
    const j = edge & 1 ? i + width : i + 1;
    const along = (0.5 - data[i]) / (data[j] - data[i]);
    return edge & 1 ? [x - 1, y - 1 + along] : [x - 1 + along, y - 1];
  };
  const loops: Vec[][] = [];
  for (let start = 0; start < next.length; start++) {
    if (next[start] < 0) continue;
    const loop: Vec[] = [];
    let edge = start;
    while (next[edge] >= 0) {
      loop.push(place(edge));
      const following = next[edge];
      next[edge] = -1;
      edge = following;
    }
    if (loop.length > 2) loops.push(loop);
  }
  return loops;
}

function linkCell(data: Float32Array, width: number, x: number, y: number, next: Int32Array): void {
  const i = y * width + x;
  const topLeft = data[i] >= 0.5;
  const topRight = data[i + 1] >= 0.5;
  const bottomRight = data[i + width + 1] >= 0.5;
  const bottomLeft = data[i + width] >= 0.5;
  const pattern =
    (topLeft ? 8 : 0) | (topRight ? 4 : 0) | (bottomRight ? 2 : 0) | (bottomLeft ? 1 : 0);
  if (pattern === 0 || pattern === 15) return;
  const top = 2 * i;
  const left = 2 * i + 1;
  const right = 2 * (i + 1) + 1;
  const bottom = 2 * (i + width);
  const link = (from: number, to: number): void => {
    next[from] = to;
  };
  switch (pattern) {
    case 1:
      return link(bottom, left);
    case 2:
      return link(right, bottom);
    case 3:
      return link(right, left);
    case 4:
      return link(top, right);
    case 5: {
      link(top, left);
      return link(bottom, right);
    }
    case 6:
      return link(top, bottom);
    case 7:
      return link(top, left);
    case 8:
      return link(left, top);
    case 9:
      return link(bottom, top);
    case 10: {
      link(left, bottom);
      return link(right, top);
    }
    case 11:
      return link(right, top);
    case 12:
      return link(left, right);
    case 13:
      return link(bottom, right);
    default:
      return link(left, bottom);
  }
}

/** Points at equal steps along a polyline, both ends included; `closed` joins the last to the first. */
export function resample(points: readonly Vec[], count: number, closed = false): Vec[] {
  const path = closed ? [...points, points[0]] : points;
  const lengths = [0];
  for (let i = 1; i < path.length; i++) {
    lengths.push(
      lengths[i - 1] + Math.hypot(path[i][0] - path[i - 1][0], path[i][1] - path[i - 1][1]),
    );
  }
  const total = lengths[lengths.length - 1];
  const intervals = closed ? count : count - 1;
  const result: Vec[] = [];
  let segment = 1;
  for (let k = 0; k < count; k++) {
    const target = (total * k) / Math.max(1, intervals);
    while (segment < path.length - 1 && lengths[segment] < target) segment++;
    const from = path[segment - 1];
    const to = path[Math.min(segment, path.length - 1)];
    const span = lengths[segment] - lengths[segment - 1] || 1;
    const along = Math.min(1, Math.max(0, (target - lengths[segment - 1]) / span));
    result.push([from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along]);
  }
  return result;
}

/** Length of an open polyline. */
export function pathLength(points: readonly Vec[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) {
    sum += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
  }
  return sum;
}
