import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PATIENT_CONFIRMATIONS, loopState } from './loop.js';
import { STATUSES } from './machine.js';
import { OUTCOMES, type Outcome } from './reasons.js';

const outcomes = Object.keys(OUTCOMES) as Outcome[];
const facts = (...args: [Parameters<typeof loopState>[0]]) => {
  const state = loopState(...args);
  return Object.entries(state)
    .filter(([, value]) => value)
    .map(([name]) => name);
};

describe('the loop of a referral', () => {
  it.each([
    ['an accepted referral is open', { status: 'ACCEPTED' }, []],
    ['completed without an outcome is closed by the agency only', { status: 'COMPLETED' }, ['closedByAgency']],
    [
      'help received, patient not asked',
      { status: 'COMPLETED', outcome: 'HELP_RECEIVED' },
      ['closedByAgency', 'helpReceived', 'loopClosed'],
    ],
    [
      'information is not help',
      { status: 'COMPLETED', outcome: 'INFORMATION_GIVEN' },
      ['closedByAgency', 'loopClosed'],
    ],
    [
      'agency and patient agree',
      { status: 'COMPLETED', outcome: 'PARTLY_HELPED', patientConfirmation: 'HELPED' },
      ['closedByAgency', 'helpReceived', 'confirmedByPatient', 'loopClosed'],
    ],
    [
      'agency says yes, patient says no',
      { status: 'COMPLETED', outcome: 'HELP_RECEIVED', patientConfirmation: 'NOT_HELPED' },
      ['closedByAgency', 'helpReceived', 'disagreement'],
    ],
    [
      'agency failed, patient got help',
      { status: 'FAILED', patientConfirmation: 'HELPED' },
      ['closedByAgency', 'confirmedByPatient', 'disagreement'],
    ],
    ['declined is closed by the agency', { status: 'REJECTED' }, ['closedByAgency', 'loopClosed']],
    ['withdrawn is nobody’s result', { status: 'CANCELLED' }, []],
    [
      'the patient may confirm before the agency closes',
      { status: 'IN_PROGRESS', patientConfirmation: 'PARTLY' },
      ['confirmedByPatient'],
    ],
    [
      'could not ask contradicts nothing',
      { status: 'COMPLETED', outcome: 'HELP_RECEIVED', patientConfirmation: 'COULD_NOT_ASK' },
      ['closedByAgency', 'helpReceived', 'loopClosed'],
    ],
    [
      'an error counts for nothing',
      { status: 'ENTERED_IN_ERROR', outcome: 'HELP_RECEIVED', patientConfirmation: 'HELPED' },
      [],
    ],
  ] as const)('%s', (_name, referral, expected) => {
    expect(facts(referral)).toEqual(expected);
  });

  it('never counts help without the agency’s close, nor closes a loop in disagreement', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATUSES),
        fc.constantFrom(null, ...outcomes),
        fc.constantFrom(null, ...PATIENT_CONFIRMATIONS),
        (status, outcome, patientConfirmation) => {
          const state = loopState({ status, outcome, patientConfirmation });
          if (state.helpReceived || state.loopClosed) expect(state.closedByAgency).toBe(true);
          expect(state.loopClosed && state.disagreement).toBe(false);
        },
      ),
    );
  });
});
