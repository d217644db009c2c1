import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import { testHub, type TestHub } from '../hub.js';
import { byLink, linked, type Linked } from '../link-factories.js';

/*
 * An agency answers by its link or by mail while the person stops sharing, and the answer waits for just that: its statement began
 * when the link still opened the referral, and its row is free when it does no more. It is told so in words, and nothing is written.
 */
const SECRET = 'a-secret-of-the-mail-server-32-chars';
let hub: TestHub;
beforeAll(async () => {
  const env = { INBOUND_MAIL_ADDRESS: 'reply@hub.example.org', INBOUND_MAIL_SECRET: SECRET };
  hub = await testHub({ now: '2026-11-18T15:00:00Z', env });
});
afterAll(() => hub.stop());

/** What became of an answer that was on its way when sharing ended. */
async function endedDuring<T>({ id }: Linked, answer: () => Promise<T>): Promise<T> {
  const other = new Client({ connectionString: hub.config.databaseUrl });
  await other.connect();
  try {
    await other.query('begin');
    await other.query('update hub.referral set consent_ended_at = now(), version = version + 1 where id = $1', [id]);
    const answered = answer();
    const waits = () => hub.sql(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`); // prettier-ignore
    await expect.poll(waits, { interval: 5 }).toHaveLength(1);
    await other.query('commit');
    return await answered;
  } finally {
    await other.end();
  }
}

async function mailed(at: Linked): Promise<unknown> {
  const to = hub.mail.to(at.email).at(-1)?.replyTo;
  const headers = `From: ${at.email}\r\nTo: ${to}\r\nMessage-ID: <${newId()}@agency.example>\r\nSubject: Re`;
  const response = await fetch(`${await hub.url()}/mail/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${SECRET}` },
    body: `${headers}\r\n\r\n1\r\n`,
  });
  return [response.status, await response.json()];
}

describe('an answer that waits while the person stops sharing', () => {
  const left = async ({ id }: Linked) =>
    hub.sql(`select r.status, (select count(*)::int from hub.referral_transition t where t.referral_id = r.id) as steps from hub.referral r where r.id = $1`, [id]); // prettier-ignore

  it('by the link of a letter is told that the link has ended', async () => {
    const at = await linked(hub);
    const input = { token: at.token, id: newId(), answer: 'ACCEPT' };
    expect((await endedDuring(at, () => byLink(at.visitor, 'answer', input))).refused).toEqual(['LINK_ENDED']);
    expect(await left(at)).toEqual([{ status: 'REQUESTED', steps: 1 }]);
  });

  it('by mail is refused, and a letter says so', async () => {
    const at = await linked(hub);
    expect(await endedDuring(at, () => mailed(at))).toEqual([200, { outcome: 'REFUSED' }]);
    expect(await left(at)).toEqual([{ status: 'REQUESTED', steps: 1 }]);
  });
});
