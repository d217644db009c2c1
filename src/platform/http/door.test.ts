import { describe, expect, it, vi } from 'vitest';
import * as fc from 'fast-check';
import { Busy } from '../busy.js';
import { Door } from './door.js';
import { inTurn } from './in-turn.js';

describe('the door', () => {
  it('lets in so many, and the others in the order in which they came', async () => {
    const door = new Door({ inside: 2 });
    const order: number[] = [];
    const [first, second] = [await door.enter(), await door.enter()];
    const third = door.enter().then((leave) => (order.push(3), leave));
    const fourth = door.enter().then((leave) => (order.push(4), leave));
    expect(door.counts()).toEqual({ inside: 2, waiting: 2 });
    second();
    (await third)();
    (await fourth)();
    first();
    expect(order).toEqual([3, 4]);
    expect(door.counts()).toEqual({ inside: 0, waiting: 0 });
  });

  it('turns away who has waited too long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const door = new Door({ inside: 1, waitMs: 20 });
    const leave = await door.enter();
    const waits = expect(door.enter()).rejects.toThrow(Busy);
    vi.advanceTimersByTime(20);
    await waits;
    vi.useRealTimers();
    expect(door.counts()).toEqual({ inside: 1, waiting: 0 });
    leave();
    // Giving back twice gives nothing back.
    leave();
    expect(door.counts()).toEqual({ inside: 0, waiting: 0 });
  });

  it('turns away at once who would wait too long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const door = new Door({ inside: 1, waitMs: 30 });
      // Each stays 5 ms, until the average of late knows it well.
      for (let n = 0; n < 400; n += 1) {
        const leave = await door.enter();
        vi.advanceTimersByTime(5);
        leave();
      }
      const leave = await door.enter();
      const all = Array.from({ length: 50 }, () =>
        door.enter().then(
          (out) => out(),
          (error: unknown) => error,
        ),
      );
      // Of fifty no more than six can hope for their turn within 30 ms.
      expect(door.counts()).toEqual({ inside: 1, waiting: 6 });
      leave();
      const turnedAway = (await Promise.all(all)).filter((one) => one instanceof Busy);
      expect(turnedAway).toHaveLength(44);
      expect(door.counts()).toEqual({ inside: 0, waiting: 0 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('never has more inside than it may, and is empty at the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }),
        async (most, stays) => {
          const door = new Door({ inside: most });
          let [inside, worst] = [0, 0];
          await Promise.all(
            stays.map(async (turns) => {
              const leave = await door.enter();
              worst = Math.max(worst, (inside += 1));
              for (let n = 0; n < turns; n += 1) await Promise.resolve();
              inside -= 1;
              leave();
            }),
          );
          expect(worst).toBeLessThanOrEqual(most);
          expect(door.counts()).toEqual({ inside: 0, waiting: 0 });
        },
      ),
    );
  });
});

describe('the next part of an answer that has begun', () => {
  it('waits where others are turned away', async () => {
    const door = new Door({ inside: 1, waitMs: 5 });
    const leave = await door.enter();
    const next = inTurn({ door }, async () => 'next', 1);
    await expect(door.enter()).rejects.toThrow(Busy);
    leave();
    expect(await next).toBe('next');
    expect(door.counts()).toEqual({ inside: 0, waiting: 0 });
  });
});
