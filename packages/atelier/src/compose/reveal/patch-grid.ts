import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';
import { bytes, copyFloats, floats } from '@toile/memory';
import { reduceBlocks } from '../../pixels/soften.ts';

/** Patches reach this many cells from their middle. */
export const RADIUS = 3;

/** A picture with a hole, on a coarse grid of cells. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Interleaved red, green, blue. */
  readonly colours: Float32Array;
  readonly hole: Uint8Array;
  /** 1 for cells of the hole and of what may be copied: others show something else, which patches are not to match. */
  readonly compared: Uint8Array;
  /** 1 where a patch may be copied from. */
  readonly usable: Uint8Array;
  readonly sources: Int32Array;
  /** By the middle of a patch that touches the hole, its cells over those of them that are compared. */
  readonly scale: Float32Array;
  /** Middles of the patches that touch the hole. */
  readonly targets: Int32Array;
}

/**
 * Reduces a picture by whole blocks.
 *
 * @param guess colours of the hole to begin with
 * @param source pixels that may be copied
 */
export function openGrid(
  {
    colours,
    guess,
    hole,
    source,
  }: {
    readonly colours: readonly Plane[];
    readonly guess: readonly Plane[];
    readonly hole: Mask;
    readonly source: Mask;
  },
  factor: number,
): Grid {
  const holes = reduceBlocks({ ...hole, data: copyFloats(hole.data) }, factor);
  const sources = reduceBlocks({ ...source, data: copyFloats(source.data) }, factor);
  const { width, height } = holes;
  const count = width * height;
  const mixed = colours.map((plane, c) => {
    const filled = createPlane(plane.width, plane.height);
    for (let i = 0; i < filled.data.length; i++) {
      if (hole.data[i]) filled.data[i] = guess[c].data[i];
      else if (source.data[i]) filled.data[i] = plane.data[i];
    }
    return reduceBlocks(filled, factor);
  });
  const grid = floats(count * 3);
  const open = bytes(count);
  const clean = bytes(count);
  const compared = bytes(count);
  for (let i = 0; i < count; i++) {
    const known = holes.data[i] + sources.data[i];
    if (known > 0) for (let c = 0; c < 3; c++) grid[3 * i + c] = mixed[c].data[i] / known;
    open[i] = holes.data[i] > 0 ? 1 : 0;
    clean[i] = sources.data[i] > 0.999 ? 1 : 0;
    compared[i] = open[i] || clean[i];
  }
  const usable = bytes(count);
  const scale = floats(count);
  const from: number[] = [];
  const to: number[] = [];
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      const i = y * width + x;
      if (wholePatch(clean, width, i)) {
        usable[i] = 1;
        from.push(i);
      }
      if (!touchesHole(open, width, i)) continue;
      to.push(i);
      scale[i] = (2 * RADIUS + 1) ** 2 / countIn(compared, width, i);
    }
  }
  return {
    width,
    height,
    colours: grid,
    hole: open,
    compared,
    usable,
    scale,
    sources: Int32Array.from(from),
    targets: Int32Array.from(to),
  };
}

function wholePatch(clean: Uint8Array, width: number, middle: number): boolean {
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    for (let dx = -RADIUS; dx <= RADIUS; dx++) if (!clean[middle + dy * width + dx]) return false;
  }
  return true;
}

function touchesHole(hole: Uint8Array, width: number, middle: number): boolean {
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    for (let dx = -RADIUS; dx <= RADIUS; dx++) if (hole[middle + dy * width + dx]) return true;
  }
  return false;
}

function countIn(cells: Uint8Array, width: number, middle: number): number {
  let count = 0;
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    for (let dx = -RADIUS; dx <= RADIUS; dx++) count += cells[middle + dy * width + dx];
  }
  return count;
}
