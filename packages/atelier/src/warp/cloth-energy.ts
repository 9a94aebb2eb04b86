import type { Vec } from '../geometry/vector.ts';
import { clamp } from '../pixels/scalar.ts';
import { type Affine, applyAffine } from './affine.ts';
import type { LeastSquares } from './least-squares.ts';
import type { Pin } from './mesh.ts';

/** A grid over the garment's picture, before its vertices have places. */
export interface Grid {
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** Index of each present vertex, -1 where there is no cloth. */
  readonly vertices: Int32Array;
  /** 1 at the top left corner of each cell that holds cloth. */
  readonly cells: Uint8Array;
  readonly count: number;
}

/** A weight that depends on the cell, given by the index of its top left corner, and on its place. */
type CellWeight = (cell: number, at: Vec) => number;

/** Unknowns are the vertices' offsets from the rest map: first all x, then all y. */
function addBoth(
  system: LeastSquares,
  count: number,
  vertices: readonly number[],
  factors: readonly number[],
  weight: number,
  targetX = 0,
  targetY = 0,
): void {
  system.add(vertices, factors, weight, targetX);
  system.add(
    vertices.map((vertex) => count + vertex),
    factors,
    weight,
    targetY,
  );
}

function eachVertex(
  grid: Grid,
  visit: (vertex: number, column: number, row: number) => void,
): void {
  for (let at = 0; at < grid.vertices.length; at++) {
    if (grid.vertices[at] >= 0)
      visit(grid.vertices[at], at % grid.columns, Math.floor(at / grid.columns));
  }
}

const vertexAt = (grid: Grid, column: number, row: number): number =>
  column < 0 || row < 0 || column >= grid.columns || row >= grid.rows
    ? -1
    : grid.vertices[row * grid.columns + column];

/** Every edge keeps the length and direction of the rest map. */
export function addMembrane(system: LeastSquares, grid: Grid, weightOf: CellWeight): void {
  eachVertex(grid, (vertex, column, row) => {
    const weight = weightOf(row * grid.columns + column, [column * grid.step, row * grid.step]);
    const right = vertexAt(grid, column + 1, row);
    const below = vertexAt(grid, column, row + 1);
    if (right >= 0) addBoth(system, grid.count, [vertex, right], [-1, 1], weight);
    if (below >= 0) addBoth(system, grid.count, [vertex, below], [-1, 1], weight);
  });
}

/** Straight lines stay straight. */
export function addBending(system: LeastSquares, grid: Grid, weight: number): void {
  eachVertex(grid, (vertex, column, row) => {
    const left = vertexAt(grid, column - 1, row);
    const right = vertexAt(grid, column + 1, row);
    const above = vertexAt(grid, column, row - 1);
    const below = vertexAt(grid, column, row + 1);
    const corner = vertexAt(grid, column + 1, row + 1);
    if (left >= 0 && right >= 0)
      addBoth(system, grid.count, [left, vertex, right], [1, -2, 1], weight);
    if (above >= 0 && below >= 0)
      addBoth(system, grid.count, [above, vertex, below], [1, -2, 1], weight);
    if (right >= 0 && below >= 0 && corner >= 0) {
      addBoth(system, grid.count, [vertex, right, below, corner], [1, -1, -1, 1], 2 * weight);
    }
  });
}

/** A cell's edge down is its edge across, turned by a quarter: it may turn and change its size, but not its shape. */
export function addShape(
  system: LeastSquares,
  grid: Grid,
  rest: Affine,
  weightOf: CellWeight,
): void {
  const { step, columns, cells, vertices, count } = grid;
  // What the rest map itself lacks of keeping shapes.
  const skewX = (rest.b + rest.d) * step;
  const skewY = (rest.e - rest.a) * step;
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === 0) continue;
    const at: Vec = [((cell % columns) + 0.5) * step, (Math.floor(cell / columns) + 0.5) * step];
    const weight = weightOf(cell, at);
    if (weight <= 0.01) continue;
    const corners = [cell, cell + 1, cell + columns, cell + columns + 1].map((k) => vertices[k]);
    const xs = corners;
    const ys = corners.map((vertex) => count + vertex);
    const across = [-0.5, 0.5, -0.5, 0.5];
    const down = [-0.5, -0.5, 0.5, 0.5];
    system.add([...xs, ...ys], [...down, ...across], weight, -skewX);
    system.add([...ys, ...xs], [...down, ...across.map((value) => -value)], weight, -skewY);
  }
}

export function addPin(
  system: LeastSquares,
  grid: Grid,
  rest: Affine,
  pin: Pin,
  weight: number,
): void {
  const { step, columns, rows, vertices, count } = grid;
  const x = clamp(pin.source[0] / step, 0, columns - 1.001);
  const y = clamp(pin.source[1] / step, 0, rows - 1.001);
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = x - column;
  const down = y - row;
  const at = row * columns + column;
  const corners = [at, at + 1, at + columns, at + columns + 1].map((k) => vertices[k]);
  if (corners.some((vertex) => vertex < 0)) return;
  const shares = [
    (1 - across) * (1 - down),
    across * (1 - down),
    (1 - across) * down,
    across * down,
  ];
  const base = applyAffine(rest, pin.source);
  addBoth(system, count, corners, shares, weight, pin.target[0] - base[0], pin.target[1] - base[1]);
}
