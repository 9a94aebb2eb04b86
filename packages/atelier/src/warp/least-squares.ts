/**
 * A sparse linear least-squares problem, built row by row: minimises the sum of weight * (row . x - target)^2.
 * Solved by conjugate gradients on the normal equations with a diagonal preconditioner; both coordinates of a warp
 * share the rows and differ in their targets.
 */
export class LeastSquares {
  readonly #unknowns: number;
  readonly #starts: number[] = [0];
  readonly #columns: number[] = [];
  readonly #factors: number[] = [];
  readonly #weights: number[] = [];
  readonly #targets: [number[], number[]] = [[], []];

  constructor(unknowns: number) {
    this.#unknowns = unknowns;
  }

  add(
    columns: readonly number[],
    factors: readonly number[],
    weight: number,
    targetX = 0,
    targetY = 0,
  ): void {
    for (let k = 0; k < columns.length; k++) {
      this.#columns.push(columns[k]);
      this.#factors.push(factors[k]);
    }
    this.#starts.push(this.#columns.length);
    this.#weights.push(weight);
    this.#targets[0].push(targetX);
    this.#targets[1].push(targetY);
  }

  /** The minimisers for the first and the second set of targets. */
  solve(iterations: number, tolerance = 1e-7): readonly [Float64Array, Float64Array] {
    const system: NormalEquations = {
      unknowns: this.#unknowns,
      starts: Int32Array.from(this.#starts),
      columns: Int32Array.from(this.#columns),
      factors: Float64Array.from(this.#factors),
      weights: Float64Array.from(this.#weights),
    };
    return [
      conjugateGradients(system, Float64Array.from(this.#targets[0]), iterations, tolerance),
      conjugateGradients(system, Float64Array.from(this.#targets[1]), iterations, tolerance),
    ];
  }
}

interface NormalEquations {
  readonly unknowns: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly factors: Float64Array;
  readonly weights: Float64Array;
}

function multiply(system: NormalEquations, x: Float64Array, result: Float64Array): void {
  const { starts, columns, factors, weights } = system;
  result.fill(0);
  for (let row = 0; row < weights.length; row++) {
    let value = 0;
    for (let k = starts[row]; k < starts[row + 1]; k++) value += factors[k] * x[columns[k]];
    value *= weights[row];
    if (value === 0) continue;
    for (let k = starts[row]; k < starts[row + 1]; k++) result[columns[k]] += factors[k] * value;
  }
}

function conjugateGradients(
  system: NormalEquations,
  targets: Float64Array,
  iterations: number,
  tolerance: number,
): Float64Array {
  const { unknowns, starts, columns, factors, weights } = system;
  const x = new Float64Array(unknowns);
  const residual = new Float64Array(unknowns);
  const diagonal = new Float64Array(unknowns).fill(1e-9);
  for (let row = 0; row < weights.length; row++) {
    for (let k = starts[row]; k < starts[row + 1]; k++) {
      residual[columns[k]] += factors[k] * weights[row] * targets[row];
      diagonal[columns[k]] += factors[k] * factors[k] * weights[row];
    }
  }
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
