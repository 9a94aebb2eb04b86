import type { Vec } from '../src/geometry/vector.ts';

/** A limb drawn as a smooth band about a line of joints. */
export interface DrawnLimb {
  readonly points: readonly Vec[];
  readonly halfWidths: readonly number[];
}

/** The outline of a limb between two shares (0 to 1) of its length, `wider` pixels broader; ends are flat or `round`. */
export function limbPath(
  limb: DrawnLimb,
  { from = 0, to = 1, wider = 0, round = true } = {},
): string {
  const line = smoothLine(limb);
  const first = Math.round(from * (line.length - 1));
  const last = Math.max(first + 1, Math.round(to * (line.length - 1)));
  const part = line.slice(first, last + 1);
  const left: Vec[] = [];
  const right: Vec[] = [];
  for (const [k, { at, half }] of part.entries()) {
    const before = part[Math.max(0, k - 1)].at;
    const after = part[Math.min(part.length - 1, k + 1)].at;
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    const aside: Vec = [(after[1] - before[1]) / length, (before[0] - after[0]) / length];
    const reach = half + wider;
    left.push([at[0] + aside[0] * reach, at[1] + aside[1] * reach]);
    right.push([at[0] - aside[0] * reach, at[1] - aside[1] * reach]);
  }
  const band = `M${[...left, ...right.toReversed()].map(written).join('L')}Z`;
  const start = part[0];
  const end = part[part.length - 1];
  const caps = round ? [start, end] : from === 0 ? [start] : [];
  return band + caps.map(({ at, half }) => disc(at, half + wider)).join('');
}

const written = (point: Vec): string => `${point[0].toFixed(1)} ${point[1].toFixed(1)}`;

/** Drawn clockwise as the band is, so that their union is filled. */
const disc = ([x, y]: Vec, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`;

interface Station {
  readonly at: Vec;
  readonly half: number;
}

/** Cuts the corners off a line of joints (Chaikin, 1974) and spaces its stations evenly. */
function smoothLine({ points, halfWidths }: DrawnLimb): Station[] {
  let line: Station[] = points.map((at, k) => ({ at, half: halfWidths[k] }));
  for (let round = 0; round < 3; round++) {
    const cut: Station[] = [line[0]];
    for (let k = 0; k + 1 < line.length; k++) {
      cut.push(between(line[k], line[k + 1], 0.2), between(line[k], line[k + 1], 0.8));
    }
    cut.push(line[line.length - 1]);
    line = cut;
  }
  return evenly(line, 80);
}

const between = (a: Station, b: Station, share: number): Station => ({
  at: [a.at[0] + (b.at[0] - a.at[0]) * share, a.at[1] + (b.at[1] - a.at[1]) * share],
  half: a.half + (b.half - a.half) * share,
});

function evenly(line: readonly Station[], count: number): Station[] {
  const arcs = [0];
  for (let k = 1; k < line.length; k++) {
    const [a, b] = [line[k - 1].at, line[k].at];
    arcs.push(arcs[k - 1] + Math.hypot(b[0] - a[0], b[1] - a[1]));
  }
  const whole = arcs[arcs.length - 1];
  let k = 0;
  return Array.from({ length: count + 1 }, (_, n): Station => {
    const arc = (n / count) * whole;
    while (k + 2 < line.length && arcs[k + 1] < arc) k++;
    return between(line[k], line[k + 1], (arc - arcs[k]) / (arcs[k + 1] - arcs[k] || 1));
  });
}
