import type { Vec } from '../geometry/vector.ts';
import type { ClothMesh } from './mesh.ts';

/** How one cell of a mesh has been bent, from the derivative of its map at its middle. */
export interface CellDistortion {
  /** Middle of the cell on the garment's picture. */
  readonly at: Vec;
  /** Signed area on the person's picture over the area on the garment's: negative where the cloth is folded over. */
  readonly area: number;
  /** The larger stretch over the smaller one (singular values of the derivative): 1 where shapes are kept. */
  readonly anisotropy: number;
}

/** The distortion of every cell that holds cloth; the corners' smallest signed area counts, so that no fold hides in a mean. */
export function distortions(mesh: ClothMesh): CellDistortion[] {
  const { columns, rows, vertices, places, step } = mesh;
  const place = (vertex: number): Vec => [places[2 * vertex], places[2 * vertex + 1]];
  const cells: CellDistortion[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const corners = [at, at + 1, at + columns + 1, at + columns].map((k) => vertices[k]);
      if (corners.some((vertex) => vertex < 0)) continue;
      const [a, b, c, d] = corners.map(place);
      const areas = [cross(a, b, d), cross(b, c, a), cross(c, d, b), cross(d, a, c)];
      cells.push({
        at: [(column + 0.5) * step, (row + 0.5) * step],
        area: Math.min(...areas) / (step * step),
        anisotropy: anisotropyOf(
          [(b[0] - a[0] + c[0] - d[0]) / 2, (b[1] - a[1] + c[1] - d[1]) / 2],
          [(d[0] - a[0] + c[0] - b[0]) / 2, (d[1] - a[1] + c[1] - b[1]) / 2],
        ),
      });
    }
  }
  return cells;
}

/** Twice the signed area of the triangle from `a` to `b` and `c`, which is that of the cell's parallelogram at `a`. */
const cross = (a: Vec, b: Vec, c: Vec): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);

/** Ratio of the singular values of the matrix with these columns. */
function anisotropyOf(across: Vec, down: Vec): number {
  const sum = across[0] ** 2 + across[1] ** 2 + down[0] ** 2 + down[1] ** 2;
  const determinant = Math.abs(across[0] * down[1] - across[1] * down[0]);
  const spread = Math.sqrt(Math.max(0, sum * sum - 4 * determinant * determinant));
  return Math.sqrt((sum + spread) / Math.max(1e-9, sum - spread));
}
