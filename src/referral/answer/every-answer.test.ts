import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked, type Linked } from '../../../test/link-factories.js';
import { pair, service, step, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

/*
 * Each of the nine answers by an account, by the link and by a mailed number, to a referral about food and to one that the
 * law treats apart: where it stands after, what the sender reads of it, and the one letter that tells them.
 */
const SECRET = 'a-secret-of-the-mail-server-32-chars';
const NOW = '2026-11-18T15:00:00Z';
let hub: TestHub;
beforeAll(async () => {
  const env = { INBOUND_MAIL_ADDRESS: 'reply@hub.example.org', INBOUND_MAIL_SECRET: SECRET };
  hub = await testHub({ now: NOW, env });
});
afterAll(() => hub.stop());

interface Case {
  input: Record<string, unknown>;
  /** What is written above the quoted letter. */
  mail: string;
  after: Record<string, unknown>;
  /** Of the letter to the sender, English and Spanish. */
  subject: [string, string];
  /** What has to happen first. */
  first?: string;
}

const ANSWERS: Record<string, Case> = {
  ACCEPT: {
    input: {},
    mail: '1',
    after: { status: 'ACCEPTED' },
    subject: ['A referral was accepted', 'Una referencia fue aceptada'],
  },
  DECLINE: {
    input: { reasonCode: 'OTHER', words: 'We moved away.' },
    mail: '4\nWe moved away.',
    after: { status: 'REJECTED', reason_code: 'OTHER', reason: 'We moved away.' },
    subject: ['A referral was declined', 'Una referencia fue rechazada'],
  },
  NEED_INFO: {
    input: { words: 'How many children?' },
    mail: '7\nHow many children?',
    after: { status: 'REQUESTED', info_asked_at: new Date(NOW), clock_paused_at: new Date(NOW) },
    subject: ['A message about a referral', 'Un mensaje sobre una referencia'],
  },
  WAITLIST: {
    input: { waitlistPosition: 4, waitlistExpectedOn: '2027-03-15' },
    mail: '5\nplace 4, from 3/15',
    after: { status: 'ON_HOLD', reason_code: 'WAITLIST', waitlist_position: 4, waitlist_expected_on: '2027-03-15' },
    subject: ['A referral is on the waiting list', 'Una referencia está en la lista de espera'],
  },
  APPOINTMENT: {
    input: { appointmentAt: '2026-12-03T19:30:00Z', appointmentPlace: '12 Main Street' },
    mail: '9\n12/3 2:30 pm, 12 Main Street',
    after: {
      status: 'ACCEPTED',
      appointment_at: new Date('2026-12-03T19:30:00Z'),
      appointment_place: '12 Main Street',
      first_contact_at: new Date(NOW),
    },
    subject: ['A referral has an appointment', 'Una referencia tiene una cita'],
  },
  START: {
    input: {},
    mail: '8',
    after: { status: 'IN_PROGRESS', first_contact_at: new Date(NOW) },
    subject: ['A referral was accepted', 'Una referencia fue aceptada'],
  },
  HELPED: {
    input: { outcome: 'HELP_RECEIVED' },
    mail: '10',
    after: { status: 'COMPLETED', outcome: 'HELP_RECEIVED', closed_at: new Date(NOW) },
    subject: ['A referral was completed', 'Una referencia fue completada'],
  },
  NOT_HELPED: {
    input: { reasonCode: 'OTHER', words: 'She moved to another state.' },
    mail: '11\nShe moved to another state.',
    first: 'acceptReferral',
    after: { status: 'FAILED', reason_code: 'OTHER', reason: 'She moved to another state.' },
    subject: ['A referral could not be completed', 'Una referencia no se pudo completar'],
  },
  NOT_REACHED: {
    input: { how: 'PHONE', words: 'No answer all day.' },
    mail: '6\nNo answer all day.',
    after: { status: 'REQUESTED', first_contact_at: null },
    subject: ['A referral has news', 'Una referencia tiene novedades'],
  },
};

const ANSWER = step('answerReferral');
let replies = 0;

const WAYS: Record<string, (at: Linked, answer: string, given: Case) => Promise<void>> = {
  async ACCOUNT(at, answer, { input }) {
    const { answerReferral } = await at.agency.gql(ANSWER, { input: { id: at.id, answer, ...input } });
    expect(answerReferral.userErrors).toEqual([]);
  },
  async LINK(at, answer, { input, first }) {
    const version = first ? 2 : 1;
    const id = newId();
    const { refused } = await byLink(at.visitor, 'answer', {
      token: at.token,
      id,
      answer,
      expectedVersion: version,
      ...input,
    });
    expect(refused).toEqual([]);
  },
  async MAIL(at, _, { mail }) {
    const to = hub.mail.to(at.email).findLast(({ replyTo }) => replyTo)?.replyTo;
    const response = await fetch(`${await hub.url()}/mail/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${SECRET}` },
      body: `From: Rosa <rosa@agency.example>\r\nTo: ${to}\r\nMessage-ID: <${(replies += 1)}@agency.example>\r\nSubject: Re\r\n\r\n${mail.replaceAll('\n', '\r\n')}\r\n`,
    });
    expect(await response.json()).toEqual({ outcome: 'ANSWERED' });
  },
};

const combinations = Object.keys(ANSWERS).flatMap((answer) =>
  Object.keys(WAYS).flatMap((way) =>
    (['NONE', 'INTIMATE_PARTNER_VIOLENCE'] as const).map((apart) => ({ answer, way, apart })),
  ),
);

describe('each answer by each way', () => {
  it.each(combinations)('$answer by $way, about $apart', async ({ answer, way, apart }) => {
    const given = ANSWERS[answer];
    if (!given) throw new Error(answer);
    const like = await pair(hub);
    const name = 'Casa Esperanza';
    await hub.sql('update hub.organization set name = $2 where id = $1', [like.agency.organization.id, name]);
    like.serviceId = await service(hub, like.agency.organization.id, { name: 'Safe House Program' });
    const at = await linked(hub, { like });
    await hub.sql('update hub.referral set sensitivity = $2 where id = $1', [at.id, apart]);
    if (given.first) await take(at.agency, given.first, at.id);
    const [language, index] = apart === 'NONE' ? ['en', 0] : ['es', 1];
    await hub.sql('update hub.user_account set locale = $2 where id = $1', [at.sender.user.id, language]);
    await hub.runJobs();
    const before = { agency: hub.mail.to(at.email).length, sender: hub.mail.to(at.sender.user.email).length };

    await WAYS[way]?.(at, answer, given);
    await hub.runJobs();

    const [row] = await hub.sql('select * from hub.referral where id = $1', [at.id]);
    const days = {
      ...row,
      waitlist_expected_on: row?.['waitlist_expected_on'] && dayOf(row['waitlist_expected_on'] as Date),
    };
    expect(days).toMatchObject(given.after);
    const vias = await hub.sql<{ via: string }>(
      `select via from hub.referral_transition where referral_id = $1 and side = 'TARGET' order by at, id`,
      [at.id],
    );
    expect(new Set(vias.slice(given.first ? 1 : 0).map(({ via }) => via)).size).toBeLessThanOrEqual(1);
    for (const { via } of vias.slice(given.first ? 1 : 0)) expect(via).toBe(way);

    const letters = hub.mail.to(at.sender.user.email).slice(before.sender);
    expect(letters.map(({ subject }) => subject)).toEqual([given.subject[index as 0 | 1]]);
    const words = letters.map(({ subject, text }) => `${subject} ${text}`).join();
    // Neither the person, nor what they need, nor what was written; and who helps only where that says nothing.
    expect(words).not.toMatch(/Given|Family|food|comida|Safe House|Main Street|moved|children|answer all day/);
    expect(words.includes(name)).toBe(apart === 'NONE');
    // A mailed answer is confirmed; whoever sees the page needs no letter.
    expect(hub.mail.to(at.email).length - before.agency).toBe(way === 'MAIL' ? 1 : 0);

    const { referral } = await at.sender.gql(
      '{ referral(id: "' +
        at.id +
        '") { status contactAttempts { how note } messages(first: 5) { edges { node { body } } } } }',
    );
    expect(referral.status).toBe(given.after['status']);
    if (answer === 'NOT_REACHED') {
      expect(referral.contactAttempts).toEqual([{ how: 'PHONE', note: 'No answer all day.' }]);
    }
    if (answer === 'NEED_INFO') expect(referral.messages.edges[0].node.body).toBe('How many children?');
  });
});

const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

describe('a start by the account’s own button', () => {
  it('is the first contact, as it is by every other way', async () => {
    const at = await linked(hub);
    await take(at.agency, 'acceptReferral', at.id);
    await take(at.agency, 'startReferral', at.id);
    const [row] = await hub.sql('select first_contact_at from hub.referral where id = $1', [at.id]);
    expect(row).toEqual({ first_contact_at: new Date(NOW) });
  });
});

describe('the waiting list', () => {
  it('is what a referral waits for from then on, whatever it waited for before', async () => {
    const at = await linked(hub);
    await take(at.agency, 'acceptReferral', at.id);
    await take(at.agency, 'holdReferral', at.id, { reasonCode: 'WAITING_FOR_DOCUMENTS', reason: 'A lease' });
    const { answerReferral } = await at.agency.gql(ANSWER, { input: { id: at.id, answer: 'WAITLIST' } });
    expect(answerReferral.referral).toMatchObject({ status: 'ON_HOLD', reasonCode: 'WAITLIST', reason: null });
  });
});
