/**
 * A sparse linear least-squares problem, built row by row: minimises the sum of weight * (row . x - target)^2.
 * Solved by conjugate gradients on the normal equations with a diagonal preconditioner.
 */
export class LeastSquares {
  readonly #unknowns: number;
  readonly #starts: number[] = [0];
  readonly #columns: number[] = [];
  readonly #factors: number[] = [];
  readonly #weights: number[] = [];
  readonly #targets: number[] = [];

  constructor(unknowns: number) {
    this.#unknowns = unknowns;
  }

  add(columns: readonly number[], factors: readonly number[], weight: number, target = 0): void {
    for (let k = 0; k < columns.length; k++) {
      this.#columns.push(columns[k]);
      this.#factors.push(factors[k]);
    }
    this.#starts.push(this.#columns.length);
    this.#weights.push(weight);
    this.#targets.push(target);
  }

  /**
   * The minimiser.
   *
   * @param tolerance size of the residual, against the first one, at which the search ends
   */
  solve(iterations: number, tolerance = 1e-5): Float64Array {
    const right = new Float64Array(this.#unknowns);
    for (let row = 0; row < this.#targets.length; row++) {
      const value = this.#weights[row] * this.#targets[row];
      if (value === 0) continue;
      for (let k = this.#starts[row]; k < this.#starts[row + 1]; k++) {
        right[this.#columns[k]] += this.#factors[k] * value;
      }
    }
    const system = normalEquations(
      this.#unknowns,
      Int32Array.from(this.#starts),
      Int32Array.from(this.#columns),
      Float64Array.from(this.#factors),
      Float64Array.from(this.#weights),
    );
    return conjugateGradients(system, right, iterations, tolerance);
  }
}

/** The matrix of the normal equations, row by row: only the places that are not zero. */
interface NormalEquations {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly diagonal: Float64Array;
}

function normalEquations(
  unknowns: number,
  starts: Int32Array,
  columns: Int32Array,
  factors: Float64Array,
  weights: Float64Array,
): NormalEquations {
  const rows: Map<number, number>[] = Array.from({ length: unknowns }, () => new Map());
  for (let row = 0; row < weights.length; row++) {
    for (let j = starts[row]; j < starts[row + 1]; j++) {
      const target = rows[columns[j]];
      const scaled = factors[j] * weights[row];
      for (let k = starts[row]; k < starts[row + 1]; k++) {
        target.set(columns[k], (target.get(columns[k]) ?? 0) + scaled * factors[k]);
      }
    }
  }
  const begins = new Int32Array(unknowns + 1);
  for (let i = 0; i < unknowns; i++) begins[i + 1] = begins[i] + rows[i].size;
  const places = new Int32Array(begins[unknowns]);
  const values = new Float64Array(begins[unknowns]);
  const diagonal = new Float64Array(unknowns).fill(1e-9);
  for (let i = 0; i < unknowns; i++) {
    let at = begins[i];
    for (const [column, value] of rows[i]) {
      places[at] = column;
      values[at++] = value;
      if (column === i) diagonal[i] += value;
    }
  }
  return { starts: begins, columns: places, values, diagonal };
}

function multiply(system: NormalEquations, x: Float64Array, result: Float64Array): void {
  const { starts, columns, values } = system;
  for (let i = 0; i < result.length; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += values[k] * x[columns[k]];
    result[i] = sum;
  }
}

function conjugateGradients(
  system: NormalEquations,
  right: Float64Array,
  iterations: number,
  tolerance: number,
): Float64Array {
  const { diagonal } = system;
  const unknowns = right.length;
  const x = new Float64Array(unknowns);
  const residual = Float64Array.from(right);
  const direction = new Float64Array(unknowns);
  const image = new Float64Array(unknowns);
  let energy = 0;
  for (let i = 0; i < unknowns; i++) {
    direction[i] = residual[i] / diagonal[i];
    energy += residual[i] * direction[i];
  }
  const enough = energy * tolerance * tolerance;
  for (let iteration = 0; iteration < iterations && energy > enough; iteration++) {
    multiply(system, direction, image);
    let curvature = 0;
    for (let i = 0; i < unknowns; i++) curvature += direction[i] * image[i];
    if (curvature <= 0) break;
    const stride = energy / curvature;
    let next = 0;
    for (let i = 0; i < unknowns; i++) {
      x[i] += stride * direction[i];
      residual[i] -= stride * image[i];
      next += (residual[i] * residual[i]) / diagonal[i];
    }
    for (let i = 0; i < unknowns; i++) {
      direction[i] = residual[i] / diagonal[i] + (next / energy) * direction[i];
    }
    energy = next;
  }
  return x;
}
