import { describe, expect, it } from 'vitest';
import { adopt, copyFloats, floats, giveBack, inRegion, inTaskRegion } from './regions.ts';

const SIDE = 256;
interface Plane {
  readonly data: Float32Array;
}
const plane = (value: number): Plane => ({ data: floats(SIDE * SIDE).fill(value) });
const isGivenBack = ({ data }: Plane): boolean => data.length === 0;

describe('a region of memory', () => {
  it('gives back what its work took, but for what its result holds', () => {
    const taken: Plane[] = [];
    const result = inRegion(() => {
      taken.push(plane(1), plane(2), plane(3));
      return { kept: taken[1], also: [{ deep: taken[2] }], name: 'result' };
    });
    expect(taken.map(isGivenBack)).toEqual([true, false, false]);
    expect(result.kept.data[SIDE]).toBe(2);
    expect(result.also[0].deep.data[SIDE]).toBe(3);
  });

  it('hands what it keeps on to the region around it', () => {
    const taken: Plane[] = [];
    const outer = inRegion(() => {
      taken.push(inRegion(() => plane(1)));
      expect(isGivenBack(taken[0])).toBe(false);
      taken.push(inRegion(() => plane(2)));
      return taken[1];
    });
    expect(taken.map(isGivenBack)).toEqual([true, false]);
    expect(outer.data[0]).toBe(2);
  });

  it('leaves alone what was there before it, whether it returns it or not', () => {
    const before = plane(1);
    inRegion(() => void before.data.fill(2));
    expect(inRegion(() => before)).toBe(before);
    expect(before.data[0]).toBe(2);
  });

  it('keeps a plane of which its result holds a view', () => {
    const view = inRegion(() => plane(5).data.subarray(0, 4));
    expect([...view]).toEqual([5, 5, 5, 5]);
  });

  it('gives everything back when its work fails, and the failure is told', () => {
    const taken: Plane[] = [];
    const work = (): void => {
      taken.push(plane(1));
      throw new Error('the work failed');
    };
    expect(() => inRegion(work)).toThrow('the work failed');
    expect(isGivenBack(taken[0])).toBe(true);
    // The next region is none the worse for it.
    expect(inRegion(() => plane(7)).data[0]).toBe(7);
  });

  it('does not let out functions and instances, in which memory could hide', () => {
    expect(() => inRegion(() => ({ at: () => 1 }))).toThrow(/function/);
    expect(() => inRegion(() => [() => 1])).toThrow(/function/);
    expect(() => inRegion(() => new Map([['plane', plane(1)]]))).toThrow(/plain data/);
  });

  it('is closed when its result was refused, so that the region around it goes on', () => {
    const taken: Plane[] = [];
    inRegion(() => {
      expect(() => inRegion(() => () => 1)).toThrow(/function/);
      taken.push(plane(1));
    });
    expect(isGivenBack(taken[0])).toBe(true);
  });

  it('keeps a plane that comes late in a list', () => {
    const [, late] = inRegion(() => [undefined, plane(4)]);
    expect(late?.data[0]).toBe(4);
  });

  it('notes nothing where none is open', () => {
    const made = plane(1);
    giveBack();
    expect(isGivenBack(made)).toBe(false);
  });

  it('spans what its work waits for', async () => {
    const taken: Plane[] = [];
    const result = await inTaskRegion(async () => {
      taken.push(plane(1));
      await Promise.resolve();
      taken.push(plane(2));
      return taken[1];
    });
    expect(taken.map(isGivenBack)).toEqual([true, false]);
    expect(result.data[0]).toBe(2);
  });
});

describe('memory taken over', () => {
  it('goes with the region, unless the result holds it', () => {
    const [gone, kept] = [new Uint8Array(8), new Uint8Array(8).fill(3)];
    const result = inRegion(() => {
      adopt(gone, kept);
      return { picture: kept };
    });
    expect(gone).toHaveLength(0);
    expect([...result.picture]).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
  });
});

describe('memory given back by hand', () => {
  it('leaves an array without numbers', () => {
    const bytes = new Uint8Array(8);
    giveBack(bytes);
    expect(bytes).toHaveLength(0);
    expect(() => giveBack(bytes)).not.toThrow();
  });
});

describe('copies', () => {
  it('do not change with what they were made from', () => {
    const numbers = floats(4);
    const copy = copyFloats(numbers);
    numbers[0] = 1;
    expect(copy[0]).toBe(0);
  });
});
