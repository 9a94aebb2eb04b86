import type { Vec } from '../geometry/vector.ts';
import type { Mask } from '../pixels/image.ts';
import { lerp } from '../pixels/scalar.ts';
import { type Affine, applyAffine, fitAffine, nearSimilarity } from './affine.ts';
import { addBending, addMembrane, addPin, addShape, type Grid } from './cloth-energy.ts';
import { distortions } from './distortion.ts';
import { LeastSquares } from './least-squares.ts';
import type { ClothMesh, Pin } from './mesh.ts';

export interface ClothOptions {
  /** Side of a grid cell in garment pixels. */
  readonly step: number;
  /** Share of print at a place, 0 to 1: there the cloth turns and grows or shrinks, but keeps its shapes. */
  readonly print: (at: Vec) => number;
  /** How strongly the cloth resists bending. */
  readonly bending: number;
  /** The overall map the cloth starts from; by default the map that fits the pins best among those that nearly keep shapes. */
  readonly rest?: Affine;
}

/** Cells smaller than this share of the rest map's are about to fold. */
const LEAST_AREA = 0.06;
const ROUNDS = 4;

/**
 * Lays cloth on pins: finds the vertex places that keep every edge close to the rest map (membrane), keep straight
 * lines straight (bending), keep the shapes of prints (as similar as possible, after Lévy et al., "Least squares
 * conformal maps", 2002) and meet the pins, all in the least-squares sense. Only cells with cloth take part, so that
 * the warp of one sleeve cannot pull another part across empty space. Where cells fold, the cloth there is stiffened
 * and its pins are loosened, and in the end all of it follows its pins less, until none does.
 */
export function layCloth(cloth: Mask, pins: readonly Pin[], options: ClothOptions): ClothMesh {
  const grid = gridOver(cloth, options.step);
  const rest = options.rest ?? nearSimilarity(fitAffine(pins), pins);
  const stiffness = Float64Array.from(grid.cells, () => 1);
  const loose = Float64Array.from(pins, () => 1);
  for (let round = 0; ; round++) {
    const mesh = solve(grid, rest, pins, options, stiffness, loose);
    const folded = distortions(mesh).filter(
      ({ area }) => area < LEAST_AREA * Math.abs(rest.a * rest.e - rest.b * rest.d),
    );
    if (folded.length === 0) return mesh;
    if (round === ROUNDS) return easeUntilFlat(mesh, rest);
    for (const { at } of folded) relax(grid, at, pins, stiffness, loose);
  }
}

/** Pins that no stiffening follows without a fold are followed less, everywhere: the rest map itself has no fold. */
function easeUntilFlat(mesh: ClothMesh, rest: Affine): ClothMesh {
  for (let share = 0.15; share < 1; share += 0.15) {
    const eased = easeTowards(mesh, rest, share);
    if (distortions(eased).every(({ area }) => area > 0)) return eased;
  }
  return easeTowards(mesh, rest, 1);
}

function easeTowards(mesh: ClothMesh, rest: Affine, share: number): ClothMesh {
  const { step, columns, vertices } = mesh;
  const places = Float64Array.from(mesh.places);
  for (let at = 0; at < vertices.length; at++) {
    const vertex = vertices[at];
    if (vertex < 0) continue;
    const base = applyAffine(rest, [(at % columns) * step, Math.floor(at / columns) * step]);
    places[2 * vertex] = lerp(places[2 * vertex], base[0], share);
    places[2 * vertex + 1] = lerp(places[2 * vertex + 1], base[1], share);
  }
  return { ...mesh, places };
}

function solve(
  grid: Grid,
  rest: Affine,
  pins: readonly Pin[],
  options: ClothOptions,
  stiffness: Float64Array,
  loose: Float64Array,
): ClothMesh {
  const { step, columns, rows, vertices, count } = grid;
  const system = new LeastSquares(2 * count);
  const print = (at: Vec): number => options.print(at);
  addMembrane(system, grid, (cell, at) => (1 + 5 * print(at)) * stiffness[cell]);
  addBending(system, grid, options.bending);
  addShape(system, grid, rest, (cell, at) => 40 * print(at) + 4 * (stiffness[cell] - 1));
  pins.forEach((pin, k) => addPin(system, grid, rest, pin, pin.weight * loose[k]));
  const offsets = system.solve(500);
  const places = new Float64Array(2 * count);
  for (let at = 0; at < vertices.length; at++) {
    const vertex = vertices[at];
    if (vertex < 0) continue;
    const base = applyAffine(rest, [(at % columns) * step, Math.floor(at / columns) * step]);
    places[2 * vertex] = base[0] + offsets[vertex];
    places[2 * vertex + 1] = base[1] + offsets[count + vertex];
  }
  return { step, columns, rows, vertices, places, rest };
}

/** Stiffens the cells around a fold and loosens the pins that hold them. */
function relax(
  { step, columns, cells }: Grid,
  at: Vec,
  pins: readonly Pin[],
  stiffness: Float64Array,
  loose: Float64Array,
): void {
  const column = Math.floor(at[0] / step);
  const row = Math.floor(at[1] / step);
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const cell = (row + dy) * columns + column + dx;
      if (cell >= 0 && cell < cells.length) stiffness[cell] = Math.min(64, 2 * stiffness[cell]);
    }
  }
  pins.forEach(({ source }, k) => {
    if (Math.max(Math.abs(source[0] - at[0]), Math.abs(source[1] - at[1])) < 2 * step) {
      loose[k] *= 0.7;
    }
  });
}

function gridOver(cloth: Mask, step: number): Grid {
  const columns = Math.ceil(cloth.width / step) + 1;
  const rows = Math.ceil(cloth.height / step) + 1;
  const vertices = new Int32Array(columns * rows).fill(-1);
  const cells = new Uint8Array(columns * rows);
  let count = 0;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      if (!cellHasCloth(cloth, column * step, row * step, step)) continue;
      cells[row * columns + column] = 1;
      for (const corner of [0, 1, columns, columns + 1]) {
        const at = row * columns + column + corner;
        if (vertices[at] < 0) vertices[at] = count++;
      }
    }
  }
  return { step, columns, rows, vertices, cells, count };
}

function cellHasCloth(cloth: Mask, left: number, top: number, step: number): boolean {
  const right = Math.min(cloth.width - 1, left + step);
  const bottom = Math.min(cloth.height - 1, top + step);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) if (cloth.data[y * cloth.width + x]) return true;
  }
  return false;
}
