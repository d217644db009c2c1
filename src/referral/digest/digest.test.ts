import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyAdmin, agencyStaff } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { MESSAGE, pair, send, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';
import { nextDigestAt } from './next-digest.js';

const NOW = '2026-11-18T15:00:00Z';
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: NOW });
});
afterAll(() => hub.stop());

/** What the worker does every minute. */
async function aMinute(): Promise<void> {
  await hub.runJobs();
  await hub.sql(`select hub.enqueue('referral.digests')`);
  await hub.runJobs();
}

const SET = `mutation ($input: SetAgencyNoticesInput!) { setAgencyNotices(input: $input) {
  notices { letters digestHour textPhone } userErrors { code field } } }`;

async function agencyThat(wish: object) {
  const agency = await agencyAdmin(hub);
  const between = await pair(hub, { agency });
  const email = `${newId()}@agency.example`;
  await hub.sql('update hub.organization set referral_email = $1 where id = $2', [email, agency.organization.id]);
  await agency.gql(SET, { input: { letters: 'DAILY', digestHour: 8, ...wish } });
  return { ...between, email };
}

describe('how an agency hears of referrals', () => {
  it('is its own choice, and its administrators’', async () => {
    const agency = await agencyAdmin(hub);
    const { agencyNotices } = await agency.gql('{ agencyNotices { letters digestHour textPhone } }');
    expect(agencyNotices).toEqual({ letters: 'EACH', digestHour: 8, textPhone: null });
    const input = { letters: 'DAILY', digestHour: 7, textPhone: '(410) 555-0123' };
    const { setAgencyNotices } = await agency.gql(SET, { input });
    expect(setAgencyNotices.notices).toEqual({ letters: 'DAILY', digestHour: 7, textPhone: '+14105550123' });
    const wrong = await agency.gql(SET, { input: { ...input, digestHour: 24 } });
    expect(wrong.setAgencyNotices.userErrors).toEqual([{ code: 'NOT_AN_HOUR', field: 'digestHour' }]);
    const staff = await agencyStaff(hub, { organization: agency.organization });
    expect(await staff.codes(SET, { input })).toEqual(['FORBIDDEN']);
    expect((await staff.gql('{ agencyNotices { letters } }')).agencyNotices.letters).toBe('DAILY');
    const other = await agencyStaff(hub);
    expect((await other.gql('{ agencyNotices { letters } }')).agencyNotices.letters).toBe('EACH');
  });

  it('as one letter a day waits for the hour of its zone, and holds a link for each', async () => {
    const at = await agencyThat({});
    await send(at);
    const second = await send(await pair(hub, at));
    await at.sender.gql(MESSAGE, { input: { id: second, body: 'Hello', idempotencyKey: newId() } });
    await aMinute();
    expect(hub.mail.to(at.email)).toEqual([]);
    hub.clock.set('2026-11-19T12:59:00Z');
    await aMinute();
    expect(hub.mail.to(at.email)).toEqual([]);
    hub.clock.set('2026-11-19T13:00:00Z');
    await aMinute();
    const [letter, ...more] = hub.mail.to(at.email);
    expect(more).toEqual([]);
    expect(letter?.subject).toContain('Referrals that wait for you: 2');
    expect(new Set(letter?.text.match(/answer#token=[\w-]+/g)).size).toBe(2);
    expect(letter?.text).toContain('A message about a referral');
    expect(letter?.text).toContain('Answer each one by its link. An answer to this letter reaches nobody.');
    hub.clock.advance({ days: 1 });
    await aMinute();
    expect(hub.mail.to(at.email)).toHaveLength(1);
    hub.clock.set(NOW);
  });

  it('is at once for what is urgent, whatever was chosen, with a text where one is wanted', async () => {
    for (const letters of ['DAILY', 'NONE']) {
      const at = await agencyThat({ letters, textPhone: '(410) 555-0199' });
      await send(at);
      await hub.runJobs();
      expect(hub.mail.to(at.email)).toEqual([]);
      await send(await pair(hub, at), { priority: 'URGENT' });
      await hub.runJobs();
      expect(hub.mail.to(at.email).map(({ subject }) => subject)).toEqual([
        'An urgent referral is waiting for you / Una referencia urgente le espera',
      ]);
    }
    const texts = await hub.sql<{ body: string }>(`select body from hub.text_outbox where recipient = '+14105550199'`);
    expect(texts).toHaveLength(2);
    expect(texts[0]?.body).toMatch(/Open: http.*\/answer#token=/);
    expect(texts[0]?.body).not.toMatch(/food|Given/);
  });

  it('says nothing of what was answered or taken back before it left', async () => {
    const at = await agencyThat({});
    const [answered, withdrawn] = [await send(at), await send(await pair(hub, at))];
    await hub.runJobs();
    await take(at.agency, 'acceptReferral', answered);
    await take(at.sender, 'cancelReferral', withdrawn, { reasonCode: 'NEED_MET', reason: '' });
    await hub.runJobs();
    hub.clock.advance({ days: 1 });
    await aMinute();
    expect(hub.mail.to(at.email)).toEqual([]);
    expect(await hub.sql('select from hub.digest_item where referral_id = any ($1)', [[answered, withdrawn]])).toEqual(
      [],
    );
    hub.clock.set(NOW);
  });

  it('says nothing of what is no referral any more', async () => {
    const at = await agencyThat({});
    const id = await send(at);
    await hub.runJobs();
    await hub.sql(`update hub.referral set status = 'ENTERED_IN_ERROR' where id = $1`, [id]);
    hub.clock.advance({ days: 1 });
    await aMinute();
    expect(hub.mail.to(at.email)).toEqual([]);
    hub.clock.set(NOW);
  });
});

describe('the hour of the letter of the day', () => {
  it('is the next one in the agency’s zone, never more than 25 hours off, also when clocks change', () => {
    const zones = fc.constantFrom('America/New_York', 'America/Phoenix', 'Pacific/Honolulu', 'America/St_Johns');
    const year = { min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') };
    fc.assert(
      fc.property(fc.integer(year), fc.integer({ min: 0, max: 23 }), zones, (ms, hour, zone) => {
        const now = new Date(ms);
        const next = nextDigestAt(now, hour, zone);
        const hours = (next.getTime() - ms) / 3_600_000;
        expect(hours).toBeGreaterThan(0);
        expect(hours).toBeLessThanOrEqual(25);
        const local = DateTime.fromJSDate(next, { zone });
        // An hour that the night of the change leaves out is the one after it.
        expect([hour, (hour + 1) % 24]).toContain(local.hour);
        expect(local.minute).toBe(0);
      }),
    );
  });
});
