import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import { agencyAdmin, visitor, type Visitor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { byLink, linked, LINKED, type Linked } from '../link-factories.js';
import { listenAs } from '../listen-as.js';
import { MESSAGE, pair, refusals, send, take, type Pair } from '../referral-factories.js';
import { hsds } from '../hsds-client.js';

/*
 * A person stops sharing on their own page while everything is under way: letters wait, an agency has the page open, a
 * digest is due, somebody listens live, somebody writes. From that moment on nothing more goes out.
 */
const NOW = '2026-11-18T15:00:00Z';
const MAKE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }`;
const OPEN = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { token } } }`;
const STOP = `mutation { stopSharing(input: {}) { stopped userErrors { code } } }`;

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: NOW });
});
afterAll(() => hub.stop());

async function pageOf({ sender, patientId }: Pair): Promise<Visitor> {
  const input = { patientId, way: 'PAPER', asksBirthYear: false };
  const { url } = (await sender.gql(MAKE, { input })).makeHelpLink;
  await hub.sql('delete from hub.rate_limit');
  const token = /#token=([\w-]+)/.exec(url)?.[1];
  return visitor(hub, (await (await visitor(hub)).gql(OPEN, { input: { token } })).openMyHelp.page.token);
}
const stop = async (between: Pair) =>
  expect((await (await pageOf(between)).gql(STOP)).stopSharing).toMatchObject({ userErrors: [] });
const desk = async (between: Pair, email: string) =>
  hub.sql('update hub.service set referral_email = $1 where id = $2', [email, between.serviceId]);

describe('a person who stops sharing', () => {
  it('is named in no letter that was waiting, and its link was never sent', async () => {
    const between = await pair(hub);
    await desk(between, 'waiting@agency.example');
    await send(between);
    await stop(between);
    await hub.runJobs();
    // Neither that it came nor that it went: the agency never heard of it.
    expect(hub.mail.to('waiting@agency.example')).toEqual([]);
  });

  it('is in no digest that was due, and in no reminder of the days after', async () => {
    const agency = await agencyAdmin(hub);
    const set = `mutation ($input: SetAgencyNoticesInput!) { setAgencyNotices(input: $input) { userErrors { code } } }`;
    await agency.gql(set, { input: { letters: 'DAILY', digestHour: 8 } });
    const between = await pair(hub, { agency });
    await hub.sql(`update hub.organization set referral_email = 'digest@agency.example' where id = $1`, [agency.organization.id]); // prettier-ignore
    await send(between);
    await hub.runJobs();
    await stop(between);
    for (let hour = 0; hour < 24 * 4; hour += 6) {
      hub.clock.advance({ hours: 6 });
      await hub.sql(
        `select hub.enqueue('referral.tick'), hub.enqueue('referral.look-for-digests'), hub.enqueue('referral.digests')`,
      );
      await hub.runJobs();
    }
    const letters = hub.mail.to('digest@agency.example').map(({ text }) => text);
    expect(letters.filter((text) => text.includes('answer#token='))).toEqual([]);
    hub.clock.set(NOW);
  });

  it('is gone from the page that an agency has open: an answer after it, a paper, a message, a reply by mail', async () => {
    const at = await linked(hub);
    await byLink(at.visitor, 'open', { token: at.token });
    await stop(at);
    const tries: [Parameters<typeof byLink>[1], object][] = [
      ['open', {}],
      ['answer', { id: newId(), answer: 'ACCEPT' }],
      ['message', { id: newId(), body: 'Who was it?' }],
    ];
    for (const [what, input] of tries) {
      const { refused, referral } = await byLink(at.visitor, what, { token: at.token, ...input });
      expect([what, refused, referral]).toEqual([what, ['LINK_ENDED'], null]);
    }
    expect(await row(at)).toMatchObject({ status: 'REQUESTED', ended: true });
    expect(LINKED).toContain('patientLabel');
  });

  it('is told of to nobody who listens at the agency: neither that it was taken back nor what became of it', async () => {
    const between = await pair(hub);
    const heard: unknown[] = [];
    const id = await send(between);
    const socket = await listenAs(hub, between.agency, heard);
    await stop(between);
    await take(between.sender, 'cancelReferral', id, { reasonCode: 'CONSENT_WITHDRAWN', reason: '' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await socket.dispose();
    const said = JSON.stringify(heard);
    expect(said).not.toContain('patientLabel":"');
    const label = (await hub.sql('select patient_label from hub.referral where id = $1', [id]))[0]?.['patient_label'];
    expect(said).not.toContain(String(label));
  });

  it('is in no count, list, figure or export that the agency reads', async () => {
    const between = await pair(hub);
    await send(between);
    const COUNTS = `{ inboxCounts { new overdue } inbox(filter: { queue: ALL }) { edges { node { id } } } }`;
    const before = await between.agency.gql(COUNTS);
    expect(before.inboxCounts.new).toBe(1);
    await stop(between);
    const after = await between.agency.gql(COUNTS);
    expect(Object.values(after.inboxCounts as Record<string, number>)).toEqual([0, 0]);
    expect(after.inbox.edges).toEqual([]);
    const listed = await hsds(hub, '/services?per_page=100');
    expect(listed.text).not.toContain(between.patientId);
  });

  it('comes up for a decision with what is open, and what was told before stays told', async () => {
    const between = await pair(hub);
    const id = await send(between);
    const told = () => hub.sql('select id, fields, at from hub.disclosure where patient_id = $1 order by id', [between.patientId]); // prettier-ignore
    const before = await told();
    await stop(between);
    expect(await told()).toEqual(before);
    expect(before).not.toEqual([]);
    const { today } = await between.sender.gql('{ today { toDecide { id } } }');
    expect(today.toDecide).toEqual([{ id }]);
    expect((await refusals(between)).map(({ code }: { code: string }) => code)).toEqual(['CONSENT_MISSING']);
  });
});

/** Runs work while another transaction has ended the consent and not yet said so; then it says so. */
async function whileEnding<T>({ consentId }: Pair, work: () => Promise<T>): Promise<{ early: boolean; answer: T }> {
  const other = new Client({ connectionString: hub.app.database.ownerUrl });
  await other.connect();
  try {
    await other.query('begin');
    await other.query(`update hub.consent set status = 'REVOKED', revoked_at = $2 where id = $1`, [consentId, NOW]);
    let done = false;
    const working = work().then((answer) => {
      done = true;
      return answer;
    });
    // Until the database says that it waits for this transaction, or it has finished without waiting.
    await expect
      .poll(async () => {
        const waits = await hub.sql(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
        return done || waits.length > 0;
      })
      .toBe(true);
    const early = done;
    await other.query('commit');
    return { early, answer: await working };
  } finally {
    await other.end();
  }
}

describe('what is written in the very moment of stopping', () => {
  it('is a referral that is not sent', async () => {
    const between = await pair(hub);
    const { early, answer } = await whileEnding(between, () => refusals(between));
    expect([early, answer.map(({ code }: { code: string }) => code)]).toEqual([false, ['CONSENT_MISSING']]);
  });

  it('is a message to the agency that is not sent', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await take(between.agency, 'acceptReferral', id);
    const say = () => between.sender.gql(MESSAGE, { input: { id, body: 'She moved to', idempotencyKey: newId() } });
    const { early, answer } = await whileEnding(between, say);
    expect([early, answer.sendReferralMessage.userErrors]).toMatchObject([false, [{ code: 'CONSENT_ENDED' }]]);
    expect(await hub.sql('select from hub.referral_message where referral_id = $1', [id])).toEqual([]);
  });
});

async function row({ id }: Linked) {
  const [found] = await hub.sql(
    'select status, consent_ended_at is not null as ended from hub.referral where id = $1',
    [id],
  );
  return found;
}
