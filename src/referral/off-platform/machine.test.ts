import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endsWithoutHelp,
  FIRST_OFF_PLATFORM,
  isOpenOffPlatform,
  OFF_PLATFORM_REASONS,
  OFF_PLATFORM_STATUSES,
  OFF_PLATFORM_STEPS,
  reasonProblem,
} from './machine.js';

const status = fc.constantFrom(...OFF_PLATFORM_STATUSES);

describe('help outside the hub', () => {
  it('that has ended moves no more, but may be called an error', () => {
    fc.assert(
      fc.property(status, (from) => {
        const ended = !isOpenOffPlatform(from) && from !== 'ENTERED_IN_ERROR';
        if (ended) expect(OFF_PLATFORM_STEPS[from]).toEqual(['ENTERED_IN_ERROR']);
      }),
    );
  });

  it('comes to an end from wherever it stands, and nothing leads back to the asking', () => {
    fc.assert(
      fc.property(status, fc.array(fc.nat(20), { maxLength: 30 }), (first, choices) => {
        fc.pre(FIRST_OFF_PLATFORM.has(first));
        let at = first;
        for (const choice of choices) {
          const next = OFF_PLATFORM_STEPS[at];
          const chosen = next[choice % Math.max(1, next.length)];
          if (!chosen) break;
          expect(chosen).not.toBe('ASKED');
          at = chosen;
        }
        expect(isOpenOffPlatform(at) ? OFF_PLATFORM_STEPS[at] : ['HELPED']).toContain('HELPED');
      }),
    );
  });

  it('asks for a reason exactly where it ended for one', () => {
    fc.assert(
      fc.property(status, fc.option(fc.constantFrom('NO_CAPACITY', 'NO_SHOW', 'OTHER', 'X')), (to, code) => {
        const codes = OFF_PLATFORM_REASONS[to];
        const problem = reasonProblem(to, code, 'words');
        expect(problem === null).toBe(codes ? code !== null && code in codes : code === null);
        if (codes) expect(endsWithoutHelp(to)).toBe(true);
      }),
    );
    expect(reasonProblem('DECLINED', 'OTHER', null)).not.toBeNull();
  });
});
