import type { Vec } from '../geometry/vector.ts';
import type { Mask } from '../pixels/image.ts';
import { clamp } from '../pixels/scalar.ts';
import { type Affine, applyAffine, fitAffine } from './affine.ts';
import { LeastSquares } from './least-squares.ts';

/** A point of the garment's picture and the place on the person's picture where it should come to lie. */
export interface Pin {
  readonly source: Vec;
  readonly target: Vec;
  /** How firmly, against a stiffness of 1 in the cloth. */
  readonly weight: number;
}

export interface ClothOptions {
  /** Side of a grid cell in garment pixels. */
  readonly step: number;
  /** How strongly the cloth keeps the overall stretch everywhere; raised where a print must stay undistorted. */
  readonly stiffness: (at: Vec) => number;
  /** How strongly the cloth resists bending. */
  readonly bending: number;
  /** The overall map the cloth starts from; by default the affine map that fits the pins best. */
  readonly rest?: Affine;
}

/** A grid over the garment's picture whose vertices know their place on the person's picture. */
export interface ClothMesh {
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** Vertices of cells that hold no cloth are absent (-1), else the index into `places`. */
  readonly vertices: Int32Array;
  /** x, y of each present vertex on the person's picture. */
  readonly places: Float64Array;
  readonly rest: Affine;
}

/**
 * Lays cloth on pins: finds the vertex places that keep every edge close to the rest map (membrane), keep straight
 * lines straight (bending) and meet the pins, all in the least-squares sense. Only cells with cloth take part, so
 * that the warp of one sleeve cannot pull another part across empty space.
 */
export function layCloth(cloth: Mask, pins: readonly Pin[], options: ClothOptions): ClothMesh {
  const { step } = options;
  const columns = Math.ceil(cloth.width / step) + 1;
  const rows = Math.ceil(cloth.height / step) + 1;
  const { vertices, count } = presentVertices(cloth, step, columns, rows);
  const rest = options.rest ?? fitAffine(pins);
  const system = new LeastSquares(count);
  addMembrane(system, vertices, columns, rows, options);
  addBending(system, vertices, columns, rows, options.bending);
  for (const pin of pins) addPin(system, vertices, columns, rows, step, rest, pin);
  const [dx, dy] = system.solve(400);
  const places = new Float64Array(count * 2);
  eachVertex(vertices, columns, (vertex, column, row) => {
    const base = applyAffine(rest, [column * step, row * step]);
    places[vertex * 2] = base[0] + dx[vertex];
    places[vertex * 2 + 1] = base[1] + dy[vertex];
  });
  return { step, columns, rows, vertices, places, rest };
}

function presentVertices(
  cloth: Mask,
  step: number,
  columns: number,
  rows: number,
): { readonly vertices: Int32Array; readonly count: number } {
  const vertices = new Int32Array(columns * rows).fill(-1);
  let count = 0;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      if (!cellHasCloth(cloth, column * step, row * step, step)) continue;
      for (const corner of [0, 1, columns, columns + 1]) {
        const at = row * columns + column + corner;
        if (vertices[at] < 0) vertices[at] = count++;
      }
    }
  }
  return { vertices, count };
}

function cellHasCloth(cloth: Mask, left: number, top: number, step: number): boolean {
  const right = Math.min(cloth.width - 1, left + step);
  const bottom = Math.min(cloth.height - 1, top + step);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) if (cloth.data[y * cloth.width + x]) return true;
  }
  return false;
}

function eachVertex(
  vertices: Int32Array,
  columns: number,
  visit: (vertex: number, column: number, row: number) => void,
): void {
  for (let at = 0; at < vertices.length; at++) {
    if (vertices[at] >= 0) visit(vertices[at], at % columns, Math.floor(at / columns));
  }
}

function addMembrane(
  system: LeastSquares,
  vertices: Int32Array,
  columns: number,
  rows: number,
  options: ClothOptions,
): void {
  const { step, stiffness } = options;
  eachVertex(vertices, columns, (vertex, column, row) => {
    const weight = stiffness([column * step, row * step]);
    const right = column + 1 < columns ? vertices[row * columns + column + 1] : -1;
    const below = row + 1 < rows ? vertices[(row + 1) * columns + column] : -1;
    if (right >= 0) system.add([vertex, right], [-1, 1], weight);
    if (below >= 0) system.add([vertex, below], [-1, 1], weight);
  });
}

function addBending(
  system: LeastSquares,
  vertices: Int32Array,
  columns: number,
  rows: number,
  weight: number,
): void {
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= columns || row >= rows
      ? -1
      : vertices[row * columns + column];
  eachVertex(vertices, columns, (vertex, column, row) => {
    const left = at(column - 1, row);
    const right = at(column + 1, row);
    const above = at(column, row - 1);
    const below = at(column, row + 1);
    const corner = at(column + 1, row + 1);
    if (left >= 0 && right >= 0) system.add([left, vertex, right], [1, -2, 1], weight);
    if (above >= 0 && below >= 0) system.add([above, vertex, below], [1, -2, 1], weight);
    if (right >= 0 && below >= 0 && corner >= 0) {
      system.add([vertex, right, below, corner], [1, -1, -1, 1], 2 * weight);
    }
  });
}

function addPin(
  system: LeastSquares,
  vertices: Int32Array,
  columns: number,
  rows: number,
  step: number,
  rest: Affine,
  pin: Pin,
): void {
  const x = clamp(pin.source[0] / step, 0, columns - 1.001);
  const y = clamp(pin.source[1] / step, 0, rows - 1.001);
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = x - column;
  const down = y - row;
  const at = row * columns + column;
  const corners = [
    vertices[at],
    vertices[at + 1],
    vertices[at + columns],
    vertices[at + columns + 1],
  ];
  if (corners.some((vertex) => vertex < 0)) return;
  const shares = [
    (1 - across) * (1 - down),
    across * (1 - down),
    (1 - across) * down,
    across * down,
  ];
  const base = applyAffine(rest, pin.source);
  system.add(corners, shares, pin.weight, pin.target[0] - base[0], pin.target[1] - base[1]);
}

/** Where the mesh carries a point of the garment's picture; outside the cloth the rest map answers. */
export function carry(mesh: ClothMesh, point: Vec): Vec {
  const { step, columns, rows, vertices, places } = mesh;
  const x = clamp(point[0] / step, 0, columns - 1.001);
  const y = clamp(point[1] / step, 0, rows - 1.001);
  const column = Math.floor(x);
  const row = Math.floor(y);
  const at = row * columns + column;
  const a = vertices[at];
  const b = vertices[at + 1];
  const c = vertices[at + columns];
  const d = vertices[at + columns + 1];
  if (a < 0 || b < 0 || c < 0 || d < 0) return applyAffine(mesh.rest, point);
  const across = x - column;
  const down = y - row;
  const blend = (axis: 0 | 1): number =>
    (places[2 * a + axis] * (1 - across) + places[2 * b + axis] * across) * (1 - down) +
    (places[2 * c + axis] * (1 - across) + places[2 * d + axis] * across) * down;
  return [blend(0), blend(1)];
}
