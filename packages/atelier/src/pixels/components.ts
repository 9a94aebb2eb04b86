import { createMask, type Mask } from './image.ts';
import { bytes, integers } from '@toile/memory';

export interface Components {
  /** 0 outside the mask, else the number of the pixel's component, from 1. */
  readonly labels: Int32Array;
  /** Pixels of each component; entry 0 is 0. */
  readonly areas: readonly number[];
}

/**
 * 4-connected components of a mask, numbered in reading order: runs of each row that touch runs of the row above are joined
 * (He et al., "A Run-Based Two-Scan Labeling Algorithm", 2008).
 */
export function components(mask: Mask): Components {
  const { width, height } = mask;
  const { starts, ends, parents } = joinedRuns(mask);
  const labels = integers(width * height);
  const areas = [0];
  const numbers = new Int32Array(starts.length);
  for (let run = 0; run < starts.length; run++) {
    const root = rootOf(parents, run);
    // A root is the first run of its component, so that it has its number before the others ask for it.
    if (root === run) numbers[run] = areas.push(0) - 1;
    const label = numbers[root];
    labels.fill(label, starts[run], ends[run]);
    areas[label] += ends[run] - starts[run];
  }
  return { labels, areas };
}

interface Runs {
  /** Index of each run's first pixel, in reading order. */
  readonly starts: readonly number[];
  /** Index after its last. */
  readonly ends: readonly number[];
  /** Another run of the same component, further ahead; the first of a component has itself. */
  readonly parents: number[];
}

function joinedRuns({ width, height, data }: Mask): Runs {
  const starts: number[] = [];
  const ends: number[] = [];
  const parents: number[] = [];
  let above = 0;
  for (let y = 0; y < height; y++) {
    const first = starts.length;
    const end = (y + 1) * width;
    for (let i = y * width; i < end; i++) {
      if (data[i] === 0) continue;
      const start = i;
      while (i < end && data[i] !== 0) i++;
      const run = starts.push(start) - 1;
      ends.push(i);
      parents.push(run);
      // What ends before this run in the row above touches none that follows either.
      while (above < first && ends[above] + width <= start) above++;
      for (let other = above; other < first && starts[other] + width < i; other++) {
        join(parents, run, other);
      }
    }
    above = first;
  }
  return { starts, ends, parents };
}

function join(parents: number[], a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parents, a), rootOf(parents, b)];
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}

/** The first run of a component; the way to it is halved in passing. */
function rootOf(parents: number[], run: number): number {
  let root = run;
  while (parents[root] !== root) root = parents[root] = parents[parents[root]];
  return root;
}

/** Keeps the components whose area is at least `share` of the largest one's. */
export function keepLarge(mask: Mask, share: number): Mask {
  const found = components(mask);
  const least = Math.max(...found.areas) * share;
  return keepThose(mask, found, (label) => found.areas[label] >= least);
}

/** Keeps the components of more pixels than these. */
export function keepAbove(mask: Mask, area: number): Mask {
  const found = components(mask);
  return keepThose(mask, found, (label) => found.areas[label] > area);
}

/** Keeps the components that pass a test. */
export function keepThose(
  { width, height }: Mask,
  { labels, areas }: Components,
  test: (label: number) => boolean,
): Mask {
  const passes = Uint8Array.from(areas, (_, label) => (label > 0 && test(label) ? 1 : 0));
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) result.data[i] = passes[labels[i]];
  return result;
}

/** Fills holes (background components that do not touch the border) smaller than `area` pixels. */
export function fillHoles(mask: Mask, area: number): Mask {
  const { width, height } = mask;
  const outside = createMask(width, height);
  for (let i = 0; i < mask.data.length; i++) outside.data[i] = mask.data[i] ? 0 : 1;
  const { labels, areas } = components(outside);
  const open = bytes(areas.length);
  for (let x = 0; x < width; x++) {
    open[labels[x]] = 1;
    open[labels[(height - 1) * width + x]] = 1;
  }
  for (let y = 0; y < height; y++) {
    open[labels[y * width]] = 1;
    open[labels[y * width + width - 1]] = 1;
  }
  const result = createMask(width, height);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    result.data[i] = mask.data[i] || (!open[label] && areas[label] < area) ? 1 : 0;
  }
  return result;
}
