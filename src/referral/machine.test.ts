import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FIRST_STATUSES,
  SIDES,
  STATUSES,
  type Side,
  type Status,
  actionsFor,
  isTerminal,
  transition,
} from './machine.js';
import { REASONS, reasonWords } from './reasons.js';
import { replay, type Recorded } from './replay.js';

// The table of domain facts, written out once more by hand, so that a slip in the code's table is seen.
const ARROWS: Record<Status, string> = {
  DRAFT: 'REQUESTED ENTERED_IN_ERROR',
  REQUESTED: 'ACCEPTED REJECTED CANCELLED ENTERED_IN_ERROR',
  ACCEPTED: 'IN_PROGRESS ON_HOLD COMPLETED FAILED CANCELLED ENTERED_IN_ERROR',
  IN_PROGRESS: 'ON_HOLD COMPLETED FAILED CANCELLED ENTERED_IN_ERROR',
  ON_HOLD: 'IN_PROGRESS COMPLETED FAILED CANCELLED ENTERED_IN_ERROR',
  REJECTED: 'ENTERED_IN_ERROR',
  CANCELLED: 'ENTERED_IN_ERROR',
  COMPLETED: 'ENTERED_IN_ERROR',
  FAILED: 'ENTERED_IN_ERROR',
  ENTERED_IN_ERROR: '',
};
const MOVERS: Record<string, Side[]> = {
  REQUESTED: ['REQUESTER'],
  ENTERED_IN_ERROR: ['REQUESTER'],
  CANCELLED: ['REQUESTER', 'TARGET'],
};
const moversOf = (to: Status): Side[] => MOVERS[to] ?? ['TARGET'];
const may = (from: Status, to: Status, side: Side) =>
  ARROWS[from].split(' ').includes(to) && moversOf(to).includes(side);

const goodReason = (to: Status) => {
  if (!(to in REASONS)) return null;
  const { codes } = REASONS[to as keyof typeof REASONS];
  return { code: Object.keys(codes)[0] ?? null, text: 'a reason' };
};

const anyStatus = fc.constantFrom(...STATUSES);
const anySide = fc.constantFrom(...SIDES);

function walk(first: Status, tries: [Status, Side][]): { status: Status; history: Recorded[] } {
  const history: Recorded[] = [{ from: null, to: first, side: 'REQUESTER' }];
  let status = first;
  for (const [to, side] of tries) {
    const step = transition(status, to, side, goodReason(to));
    if (!step.ok) continue;
    history.push(step);
    status = step.to;
  }
  return { status, history };
}
const walks = fc.tuple(fc.constantFrom(...FIRST_STATUSES), fc.array(fc.tuple(anyStatus, anySide), { maxLength: 60 }));

describe('the referral machine', () => {
  it('allows each of the 200 combinations of status, next status and side exactly as the guide says', () => {
    const wrong = STATUSES.flatMap((from) =>
      STATUSES.flatMap((to) =>
        SIDES.filter((side) => transition(from, to, side, goodReason(to)).ok !== may(from, to, side)).map(
          (side) => `${from} → ${to} by ${side}`,
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('never leaves the table on a random walk, and every recorded history replays to its status', () => {
    fc.assert(
      fc.property(walks, ([first, tries]) => {
        const { status, history } = walk(first, tries);
        expect(replay(history)).toBe(status);
        for (const line of history.slice(1)) {
          expect(line.from !== null && may(line.from, line.to, line.side)).toBe(true);
        }
      }),
    );
  });

  it('keeps a finished referral finished: only its sender may still call it an error', () => {
    fc.assert(
      fc.property(walks, ([first, tries]) => {
        const { history } = walk(first, tries);
        const end = history.findIndex((line) => isTerminal(line.to));
        if (end === -1) return;
        const after = history.slice(end + 1);
        expect(after.length).toBeLessThanOrEqual(1);
        for (const line of after) expect([line.to, line.side]).toEqual(['ENTERED_IN_ERROR', 'REQUESTER']);
      }),
    );
  });

  it('offers a side exactly the steps it may take', () => {
    fc.assert(
      fc.property(anyStatus, anySide, (status, side) => {
        const offered = actionsFor(status, side).map((action) => action.to);
        const allowed = STATUSES.filter((to) => may(status, to, side));
        expect([...offered].sort()).toEqual([...allowed].sort());
      }),
    );
  });

  it('replays nothing that could not have happened', () => {
    expect(replay([])).toBeNull();
    expect(replay([{ from: null, to: 'ACCEPTED', side: 'TARGET' }])).toBeNull();
    expect(replay([{ from: null, to: 'REQUESTED', side: 'TARGET' }])).toBeNull();
    const requested: Recorded = { from: null, to: 'REQUESTED', side: 'REQUESTER' };
    expect(replay([requested, { from: 'ACCEPTED', to: 'COMPLETED', side: 'TARGET' }])).toBeNull();
    expect(replay([requested, requested])).toBeNull();
    expect(replay([requested, { from: 'REQUESTED', to: 'REJECTED', side: 'TARGET' }])).toBeNull();
  });

  it('asks for a reason on every step that needs one and names the field', () => {
    const why = (to: Status, from: Status, reason: Parameters<typeof transition>[3], side: Side = 'TARGET') => {
      const result = transition(from, to, side, reason);
      return result.ok ? 'ok' : `${result.code} ${result.field ?? ''}`.trim();
    };
    expect(why('REJECTED', 'REQUESTED', null)).toBe('REASON_REQUIRED reason.code');
    expect(why('REJECTED', 'REQUESTED', { text: 'full' })).toBe('REASON_REQUIRED reason.code');
    expect(why('REJECTED', 'REQUESTED', { code: 'NO_CAPACITY' })).toBe('ok');
    expect(why('REJECTED', 'REQUESTED', { code: 'NO_FUNDS' })).toBe('REASON_UNKNOWN reason.code');
    expect(why('REJECTED', 'REQUESTED', { code: 'toString' })).toBe('REASON_UNKNOWN reason.code');
    expect(why('REJECTED', 'REQUESTED', { code: 'OTHER', text: '  ' })).toBe('REASON_TEXT_REQUIRED reason.text');
    expect(why('FAILED', 'ACCEPTED', { code: 'OTHER', text: 'moved away' })).toBe('ok');
    expect(why('CANCELLED', 'REQUESTED', {})).toBe('REASON_REQUIRED reason.text');
    expect(why('CANCELLED', 'REQUESTED', { text: 'found help at church' }, 'REQUESTER')).toBe('ok');
    expect(why('ON_HOLD', 'ACCEPTED', { code: 'WAITING_FOR_PERSON' })).toBe('ok');
    expect(why('ENTERED_IN_ERROR', 'COMPLETED', null, 'REQUESTER')).toBe('REASON_REQUIRED reason.text');
    expect(why('ACCEPTED', 'REQUESTED', { text: 'gladly' })).toBe('REASON_NOT_TAKEN reason.text');
  });

  it('says who may take a step, in both languages', () => {
    const refusal = transition('REQUESTED', 'ACCEPTED', 'REQUESTER');
    expect(refusal).toMatchObject({ ok: false, code: 'NOT_YOUR_MOVE' });
    expect(refusal.ok ? '' : refusal.words.en).toBe('Only the agency that received it can do this.');
    expect(refusal.ok ? '' : refusal.words.es).toBe('Solo la organización que la recibió puede hacer esto.');
  });

  it('has words for every reason, and prefers what was written', () => {
    expect(reasonWords('REJECTED', { code: 'NO_CAPACITY' })?.en).toBe('No room right now');
    expect(reasonWords('REJECTED', { code: 'OTHER', text: 'roof leaks' })?.es).toBe('roof leaks');
    expect(reasonWords('ON_HOLD', {})).toBeNull();
  });
});
