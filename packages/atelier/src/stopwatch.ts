export interface Stopwatch {
  /** Milliseconds of each stage so far. */
  readonly laps: Readonly<Record<string, number>>;
  /** Names the stage that ends now. */
  lap(stage: string): void;
}

/** Times the stages of a piece of work, one after the other. */
export function stopwatch(): Stopwatch {
  const laps: Record<string, number> = {};
  let last = performance.now();
  return {
    laps,
    lap(stage) {
      const now = performance.now();
      laps[stage] = now - last;
      last = now;
    },
  };
}
