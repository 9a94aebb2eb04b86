/** Stiffness of an offset against bending, of which one sure point weighs 1, and against leaving its mirror image. */
const STIFFNESS = 12;
const MIRRORING = 0.03;
/** Keeps the sums solvable where nothing is known. */
const HOLD = 1e-3;

/**
 * Offsets from a mirroring curve, smoothed as a stiff strip that is held where they are sure (`weights`, 0 to 1) and
 * bends evenly, as its other half does, where they are not (least squares, Whittaker's graduation with mirror terms).
 */
export function stiffen(offsets: readonly number[], weights: readonly number[]): number[] {
  const count = offsets.length;
  const matrix = Array.from({ length: count }, () => new Float64Array(count));
  const goal = Float64Array.from(offsets, (offset, i) => weights[i] * offset);
  const couple = (terms: readonly (readonly [number, number])[], price: number): void => {
    for (const [i, a] of terms) for (const [j, b] of terms) matrix[i][j] += price * a * b;
  };
  for (let i = 0; i < count; i++) {
    couple([[i, 1]], weights[i] + HOLD);
    const mirrored = count - 1 - i;
    if (i < mirrored)
      couple(
        [
          [i, 1],
          [mirrored, -1],
        ],
        MIRRORING,
      );
    if (i > 0 && i + 1 < count)
      couple(
        [
          [i - 1, 1],
          [i, -2],
          [i + 1, 1],
        ],
        STIFFNESS,
      );
  }
  return solve(matrix, goal);
}

/** Solves a symmetric positive definite system in place (Gaussian elimination). */
function solve(matrix: readonly Float64Array[], goal: Float64Array): number[] {
  const count = goal.length;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const factor = matrix[j][i] / matrix[i][i];
      if (factor === 0) continue;
      for (let k = i; k < count; k++) matrix[j][k] -= factor * matrix[i][k];
      goal[j] -= factor * goal[i];
    }
  }
  const solution = Array.from(goal);
  for (let i = count - 1; i >= 0; i--) {
    for (let k = i + 1; k < count; k++) solution[i] -= matrix[i][k] * solution[k];
    solution[i] /= matrix[i][i];
  }
  return solution;
}
