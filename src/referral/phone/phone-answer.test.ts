import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked } from '../../../test/link-factories.js';
import { offered, offers, readOffer, referralOf, agencyAt, statesOf } from '../../../test/offer-factories.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const PHONE = 'answer saidBy saidAt note recordedByName contradictedAt contradictedByName contradiction';
const RECORD = `mutation ($input: RecordPhoneAnswerInput!) { recordPhoneAnswer(input: $input) {
  referral { id status version answeredAt seenAt closedAt contactDueAt firstContactAt assignedTo { id } reasonCode reason outcome
    transitions { toStatus side via byName } phoneAnswers { ${PHONE} } messages(first: 5) { edges { node { body } } } }
  userErrors { code field } } }`;
const CONTRADICT = `mutation ($input: ContradictPhoneAnswerInput!) { contradictPhoneAnswer(input: $input) {
  referral { status phoneAnswers { ${PHONE} } } userErrors { code field } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { status viewerActions phoneAnswers { id ${PHONE} } } }`;
/** A Wednesday, 10 in the morning in Maryland. */
const NOW = '2026-11-18T15:00:00.000Z';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: NOW });
});
afterAll(() => hub.stop());

const record = async ({ sender }: Pick<Pair, 'sender'>, id: string, given: object = {}) =>
  (
    await sender.gql(RECORD, {
      input: { id, answer: 'ACCEPT', saidBy: 'Maria at the desk', idempotencyKey: newId(), ...given },
    })
  ).recordPhoneAnswer;
const sent = async () => {
  const between = await pair(hub);
  return { between, id: await send(between) };
};

describe('an answer that came by phone', () => {
  it('moves the referral as told by phone: by whom, to whom and when, and never as the agency’s own act', async () => {
    const { between, id } = await sent();
    hub.clock.set('2026-11-18T21:00:00Z');
    const saidAt = '2026-11-18T16:30:00.000Z';
    const { referral, userErrors } = await record(between, id, { saidAt, words: 'They start on Monday.' });
    expect(userErrors).toEqual([]);
    expect(referral).toMatchObject({ status: 'ACCEPTED', answeredAt: saidAt, seenAt: null, assignedTo: null });
    expect(referral.transitions.at(-1)).toEqual({
      toStatus: 'ACCEPTED',
      side: 'TARGET',
      via: 'PHONE',
      byName: between.sender.user.name,
    });
    expect(referral.phoneAnswers).toMatchObject([
      { answer: 'ACCEPT', saidBy: 'Maria at the desk', saidAt, note: 'They start on Monday.', contradictedAt: null },
    ]);
    expect(referral.messages.edges).toEqual([]);
    const audit = await hub.sql(
      `select action, org_id from hub.audit where entity_id = $1 and action like 'referral.%' and action <> 'referral.read' order by at`,
      [id],
    );
    expect(audit.map(({ action }) => action)).not.toContain('referral.accept');
    expect(audit.at(-1)).toEqual({ action: 'referral.told-by-phone', org_id: between.sender.organization.id });
    hub.clock.set(NOW);
  });

  it('sets the clocks by when it was said: a promise of two working days counts from the call', async () => {
    const { between, id } = await sent();
    const own = await sent();
    await take(own.between.agency, 'acceptReferral', own.id);
    const due = async (one: string) =>
      (await hub.sql('select contact_due_at, next_clock_at from hub.referral where id = $1', [one]))[0];
    const promised = await due(own.id);
    hub.clock.set('2026-11-19T20:00:00Z');
    await record(between, id, { saidAt: NOW });
    expect((await due(id))?.['contact_due_at']).toEqual(promised?.['contact_due_at']);
    hub.clock.set(NOW);
  });

  it.each([
    ['DECLINE', { reasonCode: 'NO_CAPACITY', words: 'Full until May.' }, 'REJECTED'],
    ['WAITLIST', { waitlistPosition: 4 }, 'ON_HOLD'],
    ['APPOINTMENT', { appointmentAt: '2026-11-20T15:00:00Z' }, 'ACCEPTED'],
    ['START', {}, 'IN_PROGRESS'],
    ['HELPED', { outcome: 'HELP_RECEIVED' }, 'COMPLETED'],
  ])('says %s by the same way as the agency would', async (answer, given, status) => {
    const { between, id } = await sent();
    const { referral, userErrors } = await record(between, id, { answer, ...given });
    expect([userErrors, referral.status]).toEqual([[], status]);
    expect(referral.transitions.slice(1).every((step: { via: string }) => step.via === 'PHONE')).toBe(true);
    await hub.runJobs();
  });

  it.each([
    [{ saidBy: '  ' }, 'REQUIRED', 'saidBy'],
    [{ saidAt: '2026-11-18T15:00:01Z' }, 'NOT_A_TIME', 'saidAt'],
    [{ saidAt: '2026-11-18T14:59:59Z' }, 'NOT_A_TIME', 'saidAt'],
    [{ answer: 'DECLINE' }, 'REQUIRED', 'reasonCode'],
    [{ answer: 'NOT_HELPED', reasonCode: 'NO_SHOW' }, 'NOT_FROM_HERE', null],
    [{ expectedVersion: 99 }, 'CHANGED_MEANWHILE', null],
  ])('with %j is refused, and nothing is written', async (given, code, field) => {
    const { between, id } = await sent();
    expect((await record(between, id, given)).userErrors).toEqual([{ code, field }]);
    expect(await hub.sql('select from hub.phone_answer where referral_id = $1', [id])).toEqual([]);
    expect(await hub.sql('select status from hub.referral where id = $1', [id])).toEqual([{ status: 'REQUESTED' }]);
  });

  it('is written down by the sending side alone, once for a key, and not where sharing stopped before', async () => {
    const { between, id } = await sent();
    const input = { id, answer: 'ACCEPT', saidBy: 'Maria', idempotencyKey: newId() };
    expect(await between.agency.codes(RECORD, { input })).toEqual(['FORBIDDEN']);
    expect(await (await careManager(hub)).codes(RECORD, { input })).toEqual(['NOT_FOUND']);
    await between.sender.gql(RECORD, { input });
    await between.sender.gql(RECORD, { input });
    expect(await hub.sql('select from hub.phone_answer where referral_id = $1', [id])).toHaveLength(1);
    const stopped = await sent();
    await hub.sql('update hub.referral set consent_ended_at = $2 where id = $1', [stopped.id, NOW]);
    expect((await record(stopped.between, stopped.id)).userErrors).toEqual([{ code: 'CONSENT_ENDED', field: null }]);
    const past = await sent();
    await hub.sql('update hub.referral set consent_until = $2 where id = $1', [past.id, NOW]);
    expect((await record(past.between, past.id)).userErrors).toEqual([{ code: 'CONSENT_ENDED', field: null }]);
    const { referral } = await past.between.sender.gql(READ, { id: past.id });
    expect(referral.viewerActions).not.toContain('RECORD_ANSWER');
  });

  it('takes an offer for the agency and withdraws the others; a decline goes on to the next', async () => {
    const of = await offers(hub);
    const group = await offered(of, 'GROUP');
    expect((await record(of.between, referralOf(group, 1))).userErrors).toEqual([]);
    await hub.runJobs();
    expect(await statesOf(of, group.id)).toEqual(['CANCELLED', 'ACCEPTED', 'CANCELLED']);
    const again = await offers(hub);
    const raced = await offered(again, 'GROUP');
    await take(agencyAt(again, 0), 'acceptReferral', referralOf(raced, 0));
    expect((await record(again.between, referralOf(raced, 1))).userErrors).toEqual([
      { code: 'TAKEN_ALREADY', field: null },
    ]);
    const third = await offers(hub);
    const cascade = await offered(third, 'CASCADE');
    await record(third.between, referralOf(cascade, 0), { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' });
    await hub.runJobs();
    expect(await statesOf(third, cascade.id)).toEqual(['REJECTED', 'REQUESTED', 'WAITING']);
    expect((await readOffer(third, cascade.id)).status).toBe('OPEN');
    hub.clock.set(NOW);
  });
});

describe('the agency', () => {
  it('is told by a letter that it was written down, and the sender gets none about their own note', async () => {
    const at = await linked(hub);
    const before = hub.mail.to(at.sender.user.email).length;
    await record(at, at.id);
    await hub.runJobs();
    expect(hub.mail.to(at.email).at(-1)?.subject).toContain('Your word by phone about a referral');
    expect(hub.mail.to(at.sender.user.email)).toHaveLength(before);
  });

  it('contradicts what is not right, once; the sender hears it, and nothing moves by itself', async () => {
    const { between, id } = await sent();
    await record(between, id, { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' });
    const { referral: seen } = await between.agency.gql(READ, { id });
    const [said] = seen.phoneAnswers;
    const input = { id: said.id, words: 'We have room. Nobody here said that.' };
    expect(await (await agencyStaff(hub)).codes(CONTRADICT, { input })).toEqual(['NOT_FOUND']);
    expect(await between.sender.codes(CONTRADICT, { input })).toEqual(['FORBIDDEN']);
    const [one, two] = await Promise.all([
      between.agency.gql(CONTRADICT, { input }),
      between.agency.gql(CONTRADICT, { input }),
    ]);
    const refused = [one, two].flatMap(({ contradictPhoneAnswer }) => contradictPhoneAnswer.userErrors);
    expect(refused).toEqual([{ code: 'ALREADY_DONE', field: null }]);
    const { referral } = await between.sender.gql(READ, { id });
    expect(referral).toMatchObject({ status: 'REJECTED', phoneAnswers: [{ contradiction: input.words }] });
    expect(referral.viewerActions).toContain('REOPEN');
    await hub.runJobs();
    expect(hub.mail.to(between.sender.user.email).at(-1)?.text).toContain(
      'what was written down from a call is not right',
    );
  });

  it('contradicts by its link too, and a link of another referral reaches nothing', async () => {
    const at = await linked(hub);
    await record(at, at.id);
    const [row] = await hub.sql<{ id: string }>('select id from hub.phone_answer where referral_id = $1', [at.id]);
    const input = { token: at.token, id: newId(), answerId: row?.id, words: 'We said maybe.', name: 'Rosa' };
    const other = await linked(hub);
    expect((await byLink(other.visitor, 'open', { token: other.token })).refused).toEqual([]);
    const document = `mutation ($input: ContradictPhoneAnswerByLinkInput!) { contradictPhoneAnswerByLink(input: $input) {
      referral { phoneAnswers { contradiction contradictedByName } } userErrors { code } } }`;
    const foreign = await other.visitor.gql(document, { input: { ...input, token: other.token } });
    expect(foreign.contradictPhoneAnswerByLink).toEqual({ referral: null, userErrors: [{ code: 'LINK_ENDED' }] });
    expect(
      await hub.sql('select from hub.phone_answer where contradicted_at is not null and id = $1', [row?.id]),
    ).toEqual([]);
    const { contradictPhoneAnswerByLink: done } = await at.visitor.gql(document, { input });
    expect(done).toEqual({
      referral: { phoneAnswers: [{ contradiction: 'We said maybe.', contradictedByName: 'Rosa' }] },
      userErrors: [],
    });
  });
});
