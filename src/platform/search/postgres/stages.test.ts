import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { staged } from './stages.js';

const merits = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 60 });

describe('stages of merit', () => {
  it('hold each merit once, the best first, whatever listings there are', () => {
    fc.assert(
      fc.property(
        merits,
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }),
        (known, weights) => {
          const sum = known.reduce((all, _, n) => all + (weights[n] ?? 0), 0);
          const stages = staged(
            known,
            known.map((_, n) => (weights[n] ?? 0) / sum),
          );
          const holds = (merit: number): number[] =>
            stages.flatMap((stage, n) => {
              const inside =
                stage.merits?.includes(merit) ?? (merit < (stage.below ?? Infinity) || merit > (stage.above ?? -1));
              return inside ? [n] : [];
            });
          for (let merit = 0; merit <= 300; merit += 1) expect([merit, holds(merit).length]).toEqual([merit, 1]);
          const order = [...known].sort((a, b) => b - a).map((merit) => holds(merit)[0] ?? -1);
          expect(order).toEqual([...order].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('begin with a sixty-fourth of all and grow fourfold', () => {
    const known = Array.from({ length: 64 }, (_, n) => n);
    const stages = staged(
      known,
      known.map(() => 1 / 64),
    );
    expect(stages.map((stage) => stage.merits?.filter((merit) => merit < 64).length ?? null)).toEqual([1, 3, 12, null]);
  });
});
