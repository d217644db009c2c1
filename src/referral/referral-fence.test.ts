import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asApp, type AsApp } from '../../test/as-app.js';
import { organization } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { MESSAGE, pair, send, type Pair } from '../../test/referral-factories.js';
import { newId } from '../platform/id.js';

/* What the database refuses by itself, whatever the code above it forgets. */
describe('a referral in the database', () => {
  let hub: TestHub;
  let app: AsApp;
  let between: Pair;
  let id: string;
  beforeAll(async () => {
    hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
    app = await asApp(hub);
    between = await pair(hub);
    id = await send(between);
    await between.agency.gql(MESSAGE, { input: { id, body: 'Hello', idempotencyKey: 'hello-0001' } });
  });
  afterAll(async () => {
    await app.end();
    await hub.stop();
  });

  it('is not moved to another organization, person, consent or content, by either side', async () => {
    const other = await organization(hub);
    for (const actor of [between.sender, between.agency]) {
      for (const [column, value] of [
        ['from_org_id', other.id],
        ['to_org_id', other.id],
        ['patient_id', between.patientId],
        ['service_id', between.serviceId],
        ['consent_id', between.consentId],
        ['shared', '[]'],
      ]) {
        const sql = `update hub.referral set ${column} = $2 where id = $1`;
        expect([column, await app.run(actor, sql, [id, value])]).toEqual([column, '42501']);
      }
    }
    expect(await app.run(between.agency, `update hub.referral set status = 'DRAFT' where id = $1`, [id])).toBe('42501');
  });

  it('is not forged: nobody sends, writes history or messages in another’s name', async () => {
    const { sender, agency } = between;
    const stranger = await organization(hub);
    const as = (table: string, changes: object) =>
      `insert into hub.${table} select (jsonb_populate_record(t, '${JSON.stringify({ id: newId(), ...changes })}')).*
           from hub.${table} t where ${table === 'referral' ? 'id' : 'referral_id'} = '${id}' limit 1`;
    expect(await app.run(agency, as('referral', {}))).toBe('42501');
    expect(await app.run(sender, as('referral', {}))).toBe(1);
    expect(await app.run(agency, as('referral_transition', { side: 'REQUESTER' }))).toBe('42501');
    expect(await app.run(agency, as('referral_transition', { side: 'TARGET' }))).toBe(1);
    const mine = { side: 'TARGET', to_org_id: stranger.id };
    expect(await app.run(agency, as('referral_transition', mine))).toBe('42501');
    expect(await app.run(agency, as('referral_message', { author_org_id: sender.organization.id }))).toBe('42501');
    expect(await app.run(agency, as('referral_message', { author_org_id: agency.organization.id }))).toBe(1);
    expect(await app.run(agency, `delete from hub.referral_transition`)).toBe('42501');
    expect(await app.run(agency, `update hub.referral_transition set by_name = 'x'`)).toBe('42501');
  });

  it('that is a draft is not seen by the agency', async () => {
    const draft = await send(await pair(hub, between));
    const look = 'select from hub.referral where id = $1';
    expect(await app.run(between.agency, look, [draft])).toBe(1);
    await hub.sql(`update hub.referral set status = 'DRAFT', sent_at = null where id = $1`, [draft]);
    expect(await app.run(between.agency, look, [draft])).toBe(0);
    expect(await app.run(between.sender, look, [draft])).toBe(1);
  });

  it('reads by a rule that the planner does not count beside the side a list names', async () => {
    // As plain ORs it would: an inbox of 8,800 referrals was read and sorted whole for a page of 20.
    const [rule] = await hub.sql<{ text: string }>(
      `select ltrim(pg_get_expr(polqual, polrelid)) as text from pg_policy
       where polname = 'referral_read' and polrelid = 'hub.referral'::regclass`,
    );
    expect(rule?.text).toMatch(/^\s*CASE/);
  });
});
