import { Presets, SingleBar } from 'cli-progress';

interface Progress {
  /** @param share 0 to 1 */
  readonly update: (share: number, stage: string) => void;
  readonly stop: () => void;
}

/** A bar on standard error, when that is a terminal. */
export function startProgress(): Progress {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% {stage}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      noTTYOutput: false,
    },
    Presets.shades_classic,
  );
  bar.start(100, 0, { stage: 'loading' });
  return {
    update: (share, stage) => bar.update(Math.round(share * 100), { stage }),
    stop: () => bar.stop(),
  };
}
