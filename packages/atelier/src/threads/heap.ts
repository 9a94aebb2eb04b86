/** The C library's heap, in which the planes of all threads lie. */
export interface Heap {
  /** Gives its free pages back to the system, unless that is under way; fulfilled when they have gone. */
  trim(): Promise<void>;
  /** Gives them back some time after work has ended as well: what follows an engine's work takes pages too, and so did threads that have ended since. */
  rest(): void;
  /** Work goes on. */
  wake(): void;
}

/** Milliseconds after an engine's work in which its picture is looked at, encoded and stored. */
const AFTERMATH = 1_000;

/** Milliseconds after which the threads have ended that made a file of the picture. */
const LATER = 30_000;

/**
 * glibc gives back by itself only what is free at the end of its heap. Small blocks that were taken while a picture was made
 * and live on stand above planes that went long ago: 300 MB of free pages after each picture. `malloc_trim` finds them
 * wherever they are, on a thread of its own. With another C library nothing happens.
 *
 * @param idleAfter milliseconds without work after which threads end
 */
export function openHeap(idleAfter: number): Heap {
  let trimmer: Promise<() => Promise<void>> | undefined;
  let underWay: Promise<void> | undefined;
  const trimOnce = async (): Promise<void> => {
    const mallocTrim = await (trimmer ??= loadTrimmer());
    await mallocTrim();
    underWay = undefined;
  };
  const trim = (): Promise<void> => (underWay ??= trimOnce());
  let timers: readonly NodeJS.Timeout[] = [];
  const wake = (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  };
  return {
    trim,
    wake,
    rest() {
      wake();
      timers = [AFTERMATH, LATER, idleAfter + AFTERMATH].map((wait) =>
        setTimeout(() => void trim(), wait).unref(),
      );
    },
  };
}

/** A foreign function is loaded with the first picture, not at start-up: it takes 15 ms and 8 MB. */
async function loadTrimmer(): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return nothing;
  try {
    const { load } = await import('koffi');
    const mallocTrim = load('libc.so.6').func('int malloc_trim(size_t pad)');
    return () => new Promise((resolve) => mallocTrim.async(0, () => resolve()));
  } catch {
    // A library without glibc's name or function, or a platform for which no binary is installed.
    return nothing;
  }
}

const nothing = (): Promise<void> => Promise.resolve();
