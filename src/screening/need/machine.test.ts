import 'reflect-metadata';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPEN_NEED } from '../../caseload/index.js';
import { NeedStatus } from '../screening.words.js';
import { mayBecome, NEED_TRANSITIONS, NeedStepError } from './machine.js';
import { Need } from './need.entity.js';

const now = new Date('2026-06-15T14:00:00Z');
const statuses = Object.keys(NeedStatus) as NeedStatus[];

/** A need that is in no database. */
function needIn(status: NeedStatus): Need {
  const need = Object.create(Need.prototype) as Need;
  return Object.assign(need, { status, wantsHelp: null, confirmedAt: null, resolvedAt: null, evidence: [] });
}

const STEPS: Record<string, (need: Need) => void> = {
  confirm: (need) => need.confirm(true, 'somebody', now),
  decline: (need) => need.decline(now),
  refute: (need) => need.refute(now),
  address: (need) => need.address(now),
  waitAgain: (need) => need.waitAgain(now),
  met: (need) => need.resolve('MET', now),
  unmet: (need) => need.resolve('UNMET', now),
};
const steps = fc.array(fc.constantFrom(...Object.keys(STEPS)), { maxLength: 12 });

/** Takes the steps that are allowed and leaves out the others; returns where the need was after each. */
function walk(need: Need, names: readonly string[]): { name: string; from: NeedStatus; to: NeedStatus }[] {
  return names.flatMap((name) => {
    const from = need.status;
    try {
      STEPS[name]?.(need);
    } catch (error) {
      expect(error).toBeInstanceOf(NeedStepError);
      expect(need.status).toBe(from);
      return [];
    }
    return [{ name, from, to: need.status }];
  });
}

describe('a need', () => {
  it('moves along the arrows only, whatever is tried', () => {
    fc.assert(
      fc.property(fc.constantFrom(...statuses), steps, (status, names) => {
        for (const { from, to } of walk(needIn(status), names)) expect(mayBecome(from, to)).toBe(true);
      }),
    );
  });

  it('is met or unmet only after it was confirmed', () => {
    fc.assert(
      fc.property(steps, (names) => {
        const taken = walk(needIn('POSSIBLE'), names);
        const ended = taken.findIndex(({ to }) => to === 'MET' || to === 'UNMET');
        if (ended >= 0) expect(taken.slice(0, ended).some(({ to }) => to === 'CONFIRMED')).toBe(true);
        for (const { from, to } of taken) {
          if (to === 'MET' || to === 'UNMET') expect(['CONFIRMED', 'BEING_ADDRESSED']).toContain(from);
        }
      }),
    );
  });

  it('never leaves MET, REFUTED or an error, and comes back from UNMET and DECLINED by being confirmed', () => {
    fc.assert(
      fc.property(fc.constantFrom<NeedStatus>('MET', 'REFUTED', 'ENTERED_IN_ERROR'), steps, (status, names) => {
        expect(walk(needIn(status), names)).toEqual([]);
      }),
    );
    for (const status of ['UNMET', 'DECLINED'] as const) {
      const need = needIn(status);
      need.resolvedAt = now;
      need.confirm(true, null, now);
      expect(need).toMatchObject({ status: 'CONFIRMED', wantsHelp: true, resolvedAt: null });
    }
  });

  it('says when it ended exactly while it has ended', () => {
    fc.assert(
      fc.property(steps, (names) => {
        const need = needIn('POSSIBLE');
        walk(need, names);
        expect(need.resolvedAt !== null).toBe(!OPEN_NEED.some((open) => open === need.status));
      }),
    );
  });

  it('has an arrow list for every status, to statuses that exist', () => {
    expect(Object.keys(NEED_TRANSITIONS).toSorted()).toEqual(statuses.toSorted());
    for (const to of Object.values(NEED_TRANSITIONS).flat()) expect(statuses).toContain(to);
  });
});
