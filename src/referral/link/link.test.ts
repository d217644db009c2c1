import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked, tokenIn, type Linked } from '../../../test/link-factories.js';
import { MESSAGE, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const NOW = '2026-11-18T15:00:00Z';
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: NOW });
});
afterAll(() => hub.stop());

const ENVELOPE =
  'query ($token: String!) { referralEnvelope(token: $token) { agency priority answerDueAt expiresAt } }';
const answer = (at: Linked, input: object) => byLink(at.visitor, 'answer', { token: at.token, id: newId(), ...input });
const open = (at: Linked) => byLink(at.visitor, 'open', { token: at.token });
const row = async (id: string) => (await hub.sql('select * from hub.referral where id = $1', [id]))[0] ?? {};

describe('the letter about a referral', () => {
  it('holds a link for this referral in both languages, and nothing of the person', async () => {
    const at = await linked(hub);
    const [letter] = hub.mail.to(at.email);
    expect(letter?.text.match(/\/answer#token=/g)).toHaveLength(2);
    expect(letter?.text).toMatch(/no account/);
    expect(letter?.text).toMatch(/No necesita una cuenta/);
    const [patient] = await hub.sql<{ given_name: string; family_name: string }>(
      'select given_name, family_name from hub.patient where id = $1',
      [at.patientId],
    );
    expect(letter?.text).not.toContain(patient?.family_name);
    expect(`${letter?.subject} ${letter?.text}`).not.toMatch(/food|pantry|comida/i);
  });

  it('is followed by letters with the same link, which then works longer', async () => {
    const at = await linked(hub);
    hub.clock.advance({ days: 5 });
    await at.sender.gql(MESSAGE, { input: { id: at.id, body: 'Any news?', idempotencyKey: newId() } });
    await hub.runJobs();
    expect(tokenIn(hub, at.email)).toBe(at.token);
    const [link] = await hub.sql<{ expires_at: Date }>(
      'select expires_at from hub.referral_link where referral_id = $1',
      [at.id],
    );
    expect(link?.expires_at.getTime()).toBe(hub.clock.now().getTime() + 30 * 86_400_000);
    hub.clock.set(NOW);
  });

  it('leaves no token in the database, only what it hashes to', async () => {
    const at = await linked(hub);
    const [link] = await hub.sql('select to_jsonb(l)::text as row from hub.referral_link l where referral_id = $1', [
      at.id,
    ]);
    expect(JSON.stringify(link)).not.toContain(at.token);
  });
});

describe('the envelope of a link', () => {
  it('tells that something waits and of whom it is nothing, and changes nothing', async () => {
    const at = await linked(hub);
    const before = await row(at.id);
    const { referralEnvelope } = await at.visitor.gql(ENVELOPE, { token: at.token });
    expect(referralEnvelope).toEqual({
      agency: at.agency.organization.name,
      priority: 'ROUTINE',
      answerDueAt: '2026-11-20T22:00:00.000Z',
      expiresAt: '2026-12-18T15:00:00.000Z',
    });
    expect(await row(at.id)).toEqual(before);
  });
});

describe('opening by a link', () => {
  it('shows what the consent covers, and tells the sender that it was seen', async () => {
    const at = await linked(hub);
    const { referral } = await open(at);
    expect(referral).toMatchObject({ status: 'REQUESTED', from: at.sender.organization.name, notice: null });
    expect(referral.shared.map((item: { key: string }) => item.key)).toEqual(
      expect.arrayContaining(['name', 'needs', 'phone', 'safeContact']),
    );
    const seen = await row(at.id);
    expect(seen).toMatchObject({ seen_at: hub.clock.now(), status: 'REQUESTED', version: 1 });
    const audit = await hub.sql(
      `select via, actor_id, action, patient_id, patient_org_id from hub.audit where entity_id = $1 and via = 'LINK' order by at, id`,
      [at.id],
    );
    expect(audit).toEqual([
      {
        via: 'LINK',
        actor_id: null,
        action: 'referral.seen',
        patient_id: at.patientId,
        patient_org_id: at.sender.organization.id,
      },
    ]);
  });
});

describe('an answer by a link', () => {
  it('is one step with the name of who gave it', async () => {
    const at = await linked(hub);
    const { referral } = await answer(at, {
      answer: 'ACCEPT',
      name: 'Rosa',
      expectedVersion: 1,
      words: 'Come by at noon.',
    });
    expect(referral).toMatchObject({
      status: 'ACCEPTED',
      transitions: [{ toStatus: 'REQUESTED' }, { toStatus: 'ACCEPTED', side: 'TARGET', byName: 'Rosa' }],
      messages: [{ body: 'Come by at noon.', authorName: 'Rosa', side: 'TARGET' }],
    });
    await hub.runJobs();
    const [letter, ...more] = hub.mail.to(at.sender.user.email);
    expect([letter?.subject, more]).toEqual(['A referral was accepted', []]);
    expect(letter?.text).toContain('was accepted, and the agency wrote to you.');
  });

  it('declines with a reason, and then shows no more of the person', async () => {
    const at = await linked(hub);
    expect((await answer(at, { answer: 'DECLINE' })).refused).toEqual(['REQUIRED']);
    const { referral } = await answer(at, { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' });
    expect(referral).toMatchObject({
      status: 'REJECTED',
      reasonCode: 'NO_CAPACITY',
      shared: [],
      request: null,
      answers: [],
    });
    expect(referral.transitions.at(-1).byName).toBe(at.agency.organization.name);
  });

  it('asks the sender for more, whose answer comes back with the link', async () => {
    const at = await linked(hub);
    const asked = await answer(at, { answer: 'NEED_INFO', words: 'Does she have a fridge?' });
    expect(asked.referral).toMatchObject({ status: 'REQUESTED', infoGivenAt: null });
    expect(asked.referral.infoAskedAt).toBe(hub.clock.now().toISOString());
    await at.sender.gql(MESSAGE, { input: { id: at.id, body: 'Yes.', idempotencyKey: newId() } });
    await hub.runJobs();
    expect(hub.mail.to(at.email).at(-1)?.subject).toContain('A message about a referral');
    const { referral } = await open(at);
    expect(referral.messages.map((one: { body: string }) => one.body)).toEqual(['Does she have a fridge?', 'Yes.']);
    expect(referral.infoGivenAt).toBe(hub.clock.now().toISOString());
  });

  it('puts the person on the list in one tap: accepted and on hold, with the place', async () => {
    const at = await linked(hub);
    const list = { answer: 'WAITLIST', waitlistPosition: 12, waitlistExpectedOn: '2026-12-03' };
    const { referral } = await answer(at, list);
    expect(referral).toMatchObject({
      status: 'ON_HOLD',
      reasonCode: 'WAITLIST',
      waitlistPosition: 12,
      waitlistExpectedOn: '2026-12-03',
    });
    expect(referral.transitions.map((one: { toStatus: string }) => one.toStatus)).toEqual([
      'REQUESTED',
      'ACCEPTED',
      'ON_HOLD',
    ]);
    const nearer = await answer(at, { ...list, waitlistPosition: 3 });
    expect(nearer.referral).toMatchObject({ status: 'ON_HOLD', waitlistPosition: 3 });
    expect(nearer.referral.transitions).toHaveLength(3);
    expect((await answer(at, { ...list, waitlistPosition: 0 })).refused).toEqual(['NOT_A_PLACE']);
  });

  it('gives an appointment, begins, and says what the person got', async () => {
    const at = await linked(hub);
    const when = '2026-11-24T19:30:00.000Z';
    const { referral } = await answer(at, {
      answer: 'APPOINTMENT',
      appointmentAt: when,
      appointmentPlace: '12 Main St',
    });
    expect(referral).toMatchObject({ status: 'ACCEPTED', appointmentAt: when, appointmentPlace: '12 Main St' });
    expect((await answer(at, { answer: 'APPOINTMENT', appointmentAt: '2020-01-01T10:00:00Z' })).refused).toEqual([
      'NOT_A_DAY',
    ]);
    expect((await answer(at, { answer: 'START' })).referral.status).toBe('IN_PROGRESS');
    const done = await answer(at, {
      answer: 'HELPED',
      outcome: 'HELP_RECEIVED',
      enrollment: 'ENROLLED',
      words: 'Weekly box.',
    });
    expect(done.referral).toMatchObject({ status: 'COMPLETED', outcome: 'HELP_RECEIVED', outcomeNote: 'Weekly box.' });
    expect((await row(at.id))['first_contact_at']).toEqual(hub.clock.now());
  });

  it('keeps each call in vain, and ends nothing by it', async () => {
    const at = await linked(hub);
    await answer(at, { answer: 'NOT_REACHED', name: 'Rosa', words: 'No voicemail.' });
    const { referral } = await answer(at, { answer: 'NOT_REACHED', name: 'Rosa', how: 'TEXT' });
    expect(referral.status).toBe('REQUESTED');
    expect(referral.contacts).toEqual([
      { how: 'PHONE', reached: false, note: 'No voicemail.', byName: 'Rosa' },
      { how: 'TEXT', reached: false, note: null, byName: 'Rosa' },
    ]);
    await hub.runJobs();
    expect(hub.mail.to(at.sender.user.email).at(-1)?.text).toContain('could not reach the person yet');
  });

  it('that was a slip is told to the sender within the hour, and not later', async () => {
    const at = await linked(hub);
    const slip = () => byLink(at.visitor, 'correct', { token: at.token, id: newId(), words: 'We can help.' });
    expect((await slip()).refused).toEqual(['TOO_LATE']);
    await answer(at, { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' });
    const { referral } = await slip();
    expect(referral).toMatchObject({ status: 'REJECTED', mayCorrect: true });
    expect(referral.messages.at(-1).body).toBe('We tapped the wrong answer. Please look at this again. We can help.');
    hub.clock.advance({ minutes: 61 });
    expect((await slip()).refused).toEqual(['TOO_LATE']);
    hub.clock.set(NOW);
  });

  it('comes second when somebody was faster, and sees what the other did', async () => {
    const at = await linked(hub);
    await take(at.agency, 'acceptReferral', at.id);
    const late = await answer(at, { answer: 'ACCEPT', expectedVersion: 1 });
    expect(late).toMatchObject({ refused: ['ALREADY_DONE'], referral: { status: 'ACCEPTED' } });
    const stale = await answer(at, { answer: 'START', expectedVersion: 1 });
    expect(stale).toMatchObject({ refused: ['CHANGED_MEANWHILE'], referral: { status: 'ACCEPTED' } });
    expect((await answer(at, { answer: 'DECLINE', reasonCode: 'OTHER', words: 'x' })).refused).toEqual([
      'NOT_FROM_HERE',
    ]);
  });
});
