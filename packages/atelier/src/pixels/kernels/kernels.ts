import { readFileSync } from 'node:fs';

/** Where something begins in the memory of the kernels, bytes. */
export type Place = number;

/** What `kernels/` at the root of this package exports; its files say what each kernel does. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  free(): Place;
  boxMean(plane: Place, spare: Place, width: number, height: number, radius: number): void;
  multiply(
    a: Place,
    acrossA: number,
    b: Place,
    acrossB: number,
    target: Place,
    width: number,
    height: number,
  ): void;
  invertCovariance(planes: Place, step: number, length: number, epsilon: number): void;
  fit(
    planes: Place,
    step: number,
    statistics: Place,
    statisticsStep: number,
    across: number,
    width: number,
    height: number,
  ): void;
  layBack(
    piece: Place,
    width: number,
    height: number,
    target: Place,
    across: number,
    down: number,
    first: number,
  ): void;
  pullWeight(weight: Place, width: number, height: number, target: Place): void;
  pull(plane: Place, weight: Place, width: number, height: number, target: Place): void;
  push(
    plane: Place,
    weight: Place,
    width: number,
    height: number,
    coarse: Place,
    across: number,
    columns: Place,
    rows: Place,
    lines: Place,
  ): void;
  fillWithMean(plane: Place, weight: Place, length: number): void;
  reduceBlocks(plane: Place, width: number, height: number, factor: number, target: Place): void;
  stretch(
    source: Place,
    step: number,
    planes: number,
    across: number,
    columns: Place,
    width: number,
    rows: Place,
    allRows: number,
    begin: number,
    end: number,
    lines: Place,
    target: Place,
    targetStep: number,
  ): void;
  setTaps(taps: Place, from: number, to: number, first: number, count: number): void;
  apply(
    planes: Place,
    step: number,
    across: number,
    columns: Place,
    width: number,
    rows: Place,
    allRows: number,
    begin: number,
    end: number,
    lines: Place,
    guide: Place,
    guideStep: number,
    guideAcross: number,
    target: Place,
  ): void;
}

/** Planes of one size, one after the other. */
export interface Planes {
  readonly count: number;
  readonly place: Place;
  /** Bytes from one to the next. */
  readonly step: number;
  at(index: number): Place;
}

/** The part of the global that is used here; the types of Node do not describe it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports };
};

/** A page of WebAssembly memory, bytes. */
const PAGE = 2 ** 16;

/** An instance that holds more than this, bytes, is given up after its work: its memory cannot shrink. */
const MOST_KEPT = 32 * 2 ** 20;

/** The kernels, and their memory as a stack of numbers: what a piece of work took is free again when it has ended. */
export class Workbench {
  readonly run: Exports;
  #top: Place;

  constructor(run: Exports) {
    this.run = run;
    this.#top = run.free();
  }

  /** Takes memory for floats, and two more that kernels may read and not use; its content is whatever was there before. */
  take(length: number): Place {
    const place = Math.ceil(this.#top / 16) * 16;
    this.#top = place + (length + 2) * Float32Array.BYTES_PER_ELEMENT;
    const missing = this.#top - this.run.memory.buffer.byteLength;
    if (missing > 0) this.run.memory.grow(Math.ceil(missing / PAGE));
    return place;
  }

  /** Takes memory for planes of one size. */
  takePlanes(count: number, length: number): Planes {
    const step = Math.ceil((length + 2) / 4) * 16;
    const place = this.take((count * step) / Float32Array.BYTES_PER_ELEMENT);
    return { count, place, step, at: (index) => place + index * step };
  }

  /** Takes memory for numbers and lays them there. */
  lay(numbers: Float32Array): Place {
    const place = this.take(numbers.length);
    this.put(place, numbers);
    return place;
  }

  put(place: Place, numbers: Float32Array): void {
    this.look(place, numbers.length).set(numbers);
  }

  /** The floats at a place; valid until memory is taken again. */
  look(place: Place, length: number): Float32Array {
    return new Float32Array(this.run.memory.buffer, place, length);
  }

  /** Does a piece of work and frees what it took. */
  within<Result>(work: (bench: Workbench) => Result): Result {
    const top = this.#top;
    try {
      return work(this);
    } finally {
      this.#top = top;
    }
  }

  /** No work is under way that has taken memory. */
  get isFree(): boolean {
    return this.#top === this.run.free();
  }

  get heldBytes(): number {
    return this.run.memory.buffer.byteLength;
  }
}

let compiled: object | undefined;
let kept: Workbench | undefined;

/**
 * Does a piece of work with the pixel kernels, which are compiled when a thread first asks for them. Work within such
 * work shares its memory.
 */
export function withKernels<Result>(work: (bench: Workbench) => Result): Result {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('kernels.wasm', import.meta.url)));
  kept ??= new Workbench(new WebAssembly.Instance(compiled).exports);
  const bench = kept;
  try {
    return bench.within(work);
  } finally {
    if (bench.isFree && bench.heldBytes > MOST_KEPT) kept = undefined;
  }
}
