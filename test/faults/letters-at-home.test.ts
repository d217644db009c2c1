import { afterAll, beforeAll, expect, it } from 'vitest';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, take } from '../referral-factories.js';

/*
 * The demo and every hub without a mail server keep their letters and texts. With a single connection for all that requests
 * and jobs read and write, a job that needed a second one for its letter would wait for itself.
 */
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ realMail: true, now: '2026-11-16T15:00:00Z', env: { POOL_SIZE: '1' } });
});
afterAll(() => hub.stop());

it('jobs of a hub with one connection keep the letters and texts that they send, each once', async () => {
  const between = await pair(hub);
  await hub.sql('update hub.organization set referral_email = $1 where id = $2', [
    'desk@agency.example',
    between.agency.organization.id,
  ]);
  await hub.sql(
    `insert into hub.agency_notices (organization_id, letters, digest_hour, text_phone, updated_at) values ($1, 'EACH', 8, '+14105550123', now())`,
    [between.agency.organization.id],
  );
  const id = await send(between);
  await hub.runJobs();
  await take(between.agency, 'acceptReferral', id);
  await hub.runJobs();
  await hub.runJobs();
  const letters = await hub.sql<{ to: string }>('select recipient as to from hub.mail_outbox order by created_at');
  expect(letters.map(({ to }) => to)).toEqual(['desk@agency.example', between.sender.user.email]);
  expect(await hub.sql('select recipient from hub.text_outbox')).toEqual([{ recipient: '+14105550123' }]);
});
