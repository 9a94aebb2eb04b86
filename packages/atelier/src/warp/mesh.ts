import type { Vec } from '../geometry/vector.ts';
import { clamp } from '../pixels/scalar.ts';
import { type Affine, applyAffine } from './affine.ts';

/** A point of the garment's picture and the place on the person's picture where it should come to lie. */
export interface Pin {
  readonly source: Vec;
  readonly target: Vec;
  /** How firmly, against a stiffness of 1 in the cloth. */
  readonly weight: number;
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
