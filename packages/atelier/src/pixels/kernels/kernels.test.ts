import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compiledKernels, compileKernels } from '../../../scripts/compile-kernels.ts';
import { withKernels } from './kernels.ts';

describe('the pixel kernels', () => {
  it('are compiled from the sources in the repository', async () => {
    const compiled = Buffer.from(await compileKernels());
    const hint = 'run `npm run build:kernels -w packages/atelier`';
    expect(compiled.equals(readFileSync(compiledKernels)), hint).toBe(true);
  });

  it('free their memory after a piece of work, also after work that failed', () => {
    const taken = (): number => withKernels((bench) => bench.take(1000));
    const first = taken();
    expect(() =>
      withKernels((bench) => {
        bench.take(5000);
        throw new Error('a bug');
      }),
    ).toThrow('a bug');
    expect(taken()).toBe(first);
  });

  it('share their memory with work within work, which leaves what was laid before alone', () => {
    const laid = withKernels((bench) => {
      const place = bench.lay(Float32Array.of(1, 2, 3));
      withKernels((inner) => inner.lay(new Float32Array(2 ** 18)));
      bench.take(2 ** 20);
      return [...bench.look(place, 3)];
    });
    expect(laid).toEqual([1, 2, 3]);
  });

  it('do not keep memory that has become large', () => {
    const held = (length: number): number =>
      withKernels((bench) => {
        bench.take(length);
        return bench.heldBytes;
      });
    expect(held(2 ** 24)).toBeGreaterThan(2 ** 26);
    expect(held(1)).toBeLessThan(2 ** 25);
  });
});
