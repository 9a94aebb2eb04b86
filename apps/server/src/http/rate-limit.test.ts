import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limit.ts';

const limit = { requests: 5, seconds: 10 };

describe('rate limiter', () => {
  it('lets through so many at once and refuses the next', () => {
    const limiter = createRateLimiter(() => 0);
    const delays = Array.from({ length: 7 }, () => limiter.take('a', limit));
    expect(delays.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(delays.slice(5).every((delay) => delay > 0)).toBe(true);
    expect(limiter.take('b', limit)).toBe(0);
  });

  it('keeps its word: after the delay it named, a request goes through, and not a moment before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (pauses, requests) => {
          let time = 0;
          const limiter = createRateLimiter(() => time);
          const own = { requests, seconds: 10 };
          for (const pause of pauses) {
            time += pause;
            const delay = limiter.take('a', own);
            if (delay === 0) continue;
            time += delay - 1.5;
            expect(limiter.wait('a', own)).toBeGreaterThan(0);
            time += 1.5;
            expect(limiter.take('a', own)).toBe(0);
          }
        },
      ),
    );
  });

  it('lets through the limit, and not more, under a steady flood', () => {
    let time = 0;
    const limiter = createRateLimiter(() => time);
    let passed = 0;
    for (; time < 1_000_000; time += 100) {
      if (limiter.take('a', { requests: 50, seconds: 10 }) === 0) passed += 1;
    }
    expect(passed).toBeLessThanOrEqual(50 * 100 + 50);
    expect(passed).toBeGreaterThan(50 * 95);
  });

  it('forgets a silent key', () => {
    let time = 0;
    const limiter = createRateLimiter(() => time);
    for (let count = 0; count < 5; count += 1) limiter.take('a', limit);
    time = 20_000;
    expect(Array.from({ length: 5 }, () => limiter.take('a', limit))).toEqual([0, 0, 0, 0, 0]);
  });
});
