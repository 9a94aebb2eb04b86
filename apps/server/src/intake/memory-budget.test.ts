import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryBudget } from './memory-budget.ts';

describe('the memory budget', () => {
  it('never gives out more than there is, serves everyone, and leaves all of it free', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ amount: fc.integer({ min: 1, max: 150 }), abort: fc.boolean() }), {
          maxLength: 30,
        }),
        async (wishes) => {
          const budget = createMemoryBudget(100);
          let used = 0;
          const outcomes = await Promise.allSettled(
            wishes.map(async ({ amount, abort }) => {
              const controller = new AbortController();
              const pending = budget.acquire(amount, controller.signal);
              if (abort) controller.abort();
              const giveBack = await pending;
              used += Math.min(amount, 100);
              expect(used).toBeLessThanOrEqual(100);
              await Promise.resolve();
              used -= Math.min(amount, 100);
              giveBack();
              giveBack();
            }),
          );
          for (const [k, outcome] of outcomes.entries()) {
            if (!wishes[k]!.abort) expect(outcome.status).toBe('fulfilled');
          }
          (await budget.acquire(100))();
        },
      ),
    );
  });

  it('keeps the order, so that a large wish is not starved by small ones', async () => {
    const budget = createMemoryBudget(10);
    const first = await budget.acquire(6);
    const order: string[] = [];
    const takeTurn = async (name: string, amount: number): Promise<void> => {
      const giveBack = await budget.acquire(amount);
      order.push(name);
      giveBack();
    };
    const turns = [takeTurn('large', 10), takeTurn('small', 1)];
    first();
    await Promise.all(turns);
    expect(order).toEqual(['large', 'small']);
  });

  it('lets the next one in when the one in front gives up', async () => {
    const budget = createMemoryBudget(10);
    await budget.acquire(6);
    const controller = new AbortController();
    const large = budget.acquire(10, controller.signal);
    const small = budget.acquire(1);
    controller.abort();
    await expect(large).rejects.toThrow();
    await small;
  });
});
