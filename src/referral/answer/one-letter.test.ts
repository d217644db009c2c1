import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';

let hub: TestHub;
let between: Pair;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-18T15:00:00Z' });
  between = await pair(hub);
});
afterAll(() => hub.stop());

const ANSWER = `mutation ($input: AnswerReferralInput!) { answerReferral(input: $input) { userErrors { code field } } }`;
const words = 'Please call first.';
const appointment = { answer: 'APPOINTMENT', appointmentAt: '2026-11-24T15:00:00Z', appointmentPlace: '12 Main St' };

/** The letters that the sender got for an answer. */
async function lettersFor(given: object, steps: string[] = []): Promise<{ subject: string; text: string }[]> {
  const id = await send(await pair(hub, between));
  for (const one of steps) await take(between.agency, one, id);
  await hub.runJobs();
  const before = hub.mail.to(between.sender.user.email).length;
  const { answerReferral } = await between.agency.gql(ANSWER, { input: { id, ...given } });
  expect(answerReferral.userErrors).toEqual([]);
  await hub.runJobs();
  return hub.mail.to(between.sender.user.email).slice(before);
}

describe('An answer of an agency is one letter to the sender, whatever steps it takes and whatever is written with it', () => {
  it.each([
    [{ answer: 'ACCEPT' }, 'A referral was accepted', false],
    [{ answer: 'ACCEPT', words }, 'A referral was accepted', true],
    [{ answer: 'DECLINE', reasonCode: 'OTHER', words }, 'A referral was declined', false],
    [{ answer: 'WAITLIST', waitlistPosition: 3 }, 'A referral is on the waiting list', false],
    [{ answer: 'WAITLIST', waitlistPosition: 3, words }, 'A referral is on the waiting list', true],
    [{ answer: 'HOLD', reasonCode: 'WAITING_FOR_PERSON', words }, 'A referral is on hold', false],
    [appointment, 'A referral has an appointment', false],
    [{ ...appointment, words }, 'A referral has an appointment', true],
    [{ answer: 'START', words }, 'A referral was accepted', true],
    [{ answer: 'HELPED', outcome: 'HELP_RECEIVED', words }, 'A referral was completed', false],
    [{ answer: 'NEED_INFO', words }, 'A message about a referral', false],
    [{ answer: 'NOT_REACHED', words }, 'A referral has news', false],
  ])('%o: %s', async (given, subject, wrote) => {
    const letters = await lettersFor(given);
    expect(letters.map((one) => one.subject)).toEqual([subject]);
    expect(letters[0]?.text.includes('the agency wrote to you')).toBe(wrote);
  });

  it('also once it was accepted, and when the step itself is no news', async () => {
    const subjects = async (given: object) => (await lettersFor(given, ['acceptReferral'])).map((one) => one.subject);
    expect(await subjects({ answer: 'WAITLIST' })).toEqual(['A referral is on the waiting list']);
    expect(await subjects({ answer: 'START' })).toEqual([]);
    expect(await subjects({ answer: 'START', words })).toEqual(['A message about a referral']);
    expect(await subjects({ answer: 'NOT_HELPED', reasonCode: 'NO_SHOW' })).toEqual([
      'A referral could not be completed',
    ]);
  });

  it('also when it was accepted with a note', async () => {
    const id = await send(await pair(hub, between));
    await hub.runJobs();
    const before = hub.mail.to(between.sender.user.email).length;
    await take(between.agency, 'acceptReferral', id, { note: words });
    await hub.runJobs();
    const letters = hub.mail.to(between.sender.user.email).slice(before);
    expect(letters.map((one) => one.subject)).toEqual(['A referral was accepted']);
    expect(letters[0]?.text).toContain('and the agency wrote to you');
    expect(letters[0]?.text).not.toContain(words);
  });
});
