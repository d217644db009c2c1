import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, need } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, refusals, rowsAbout, send, SEND, sendInput } from '../../test/referral-factories.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

describe('sending a referral without a consent that covers it', () => {
  it('is refused, says what is missing, and writes nothing', async () => {
    const between = await pair(hub);
    await hub.sql(`update hub.consent set categories = '{housing-instability}' where id = $1`, [between.consentId]);
    expect(await refusals(between)).toEqual([
      { code: 'CONSENT_MISSING', message: 'Nothing was sent. The consent does not cover “Food”.', field: null },
    ]);
    expect(await rowsAbout(hub, between)).toEqual({ referrals: 0, disclosures: 0, addressed: 0 });
    await hub.runJobs();
    expect(hub.mail.letters).toEqual([]);
    expect(
      await hub.sql(`select outcome from hub.audit where patient_id = $1 and action = 'referral.send'`, [
        between.patientId,
      ]),
    ).toEqual([{ outcome: 'REFUSED' }]);
  });

  it('is refused when there is none, when it ended, and when it was revoked', async () => {
    const between = await pair(hub);
    const { consentId, owner, patientId } = between;
    await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = now() where id = $1`, [consentId]);
    expect(await refusals(between)).toMatchObject([{ message: 'Nothing was sent. The consent was revoked.' }]);
    const ended = { starts_at: '2025-01-01T00:00:00Z', expires_at: '2026-01-01T00:00:00Z' };
    await hub.sql('delete from hub.consent where id = $1', [consentId]);
    expect(await refusals(between)).toMatchObject([{ message: expect.stringMatching(/no consent yet/) }]);
    await consent(hub, owner, patientId, ended);
    expect(await refusals(between)).toMatchObject([{ message: 'Nothing was sent. The consent has expired.' }]);
    expect(await rowsAbout(hub, between)).toMatchObject({ referrals: 0 });
  });

  it('is refused for a sensitive service that the consent does not name', async () => {
    const between = await pair(hub);
    await hub.sql(`update hub.service set sensitivity = 'HIV' where id = $1`, [between.serviceId]);
    expect(await refusals(between)).toMatchObject([
      { code: 'CONSENT_MISSING', message: 'Nothing was sent. The consent does not name HIV.' },
    ]);
  });
});

describe('sending a referral with a consent that covers it', () => {
  it('writes the row, its first step, the disclosure, the needs and the audit', async () => {
    const between = await pair(hub);
    const { patientId, consentId, needId, sender, agency } = between;
    const id = await send(between, {
      priority: 'URGENT',
      request: '  Two boxes a month, please. ',
      share: ['birthDate'],
    });
    const [row] = await hub.sql('select * from hub.referral where id = $1', [id]);
    expect(row).toMatchObject({
      from_org_id: sender.organization.id,
      to_org_id: agency.organization.id,
      status: 'REQUESTED',
      priority: 'URGENT',
      categories: ['food-insecurity'],
      sensitivity: 'NONE',
      request: 'Two boxes a month, please.',
      consent_id: consentId,
      sent_by: sender.user.id,
      sent_by_name: sender.user.name,
      // Wednesday, 10:00 in New York: urgent is due at the close of the same day.
      answer_due_at: new Date('2026-11-18T22:00:00Z'),
      version: 1,
    });
    expect(
      await hub.sql(
        'select from_status, to_status, side, by_name from hub.referral_transition where referral_id = $1',
        [id],
      ),
    ).toEqual([{ from_status: null, to_status: 'REQUESTED', side: 'REQUESTER', by_name: sender.user.name }]);
    expect(await hub.sql('select need_id, from_org_id from hub.referral_need where referral_id = $1', [id])).toEqual([
      { need_id: needId, from_org_id: sender.organization.id },
    ]);
    expect(await hub.sql('select status from hub.need where id = $1', [needId])).toEqual([
      { status: 'BEING_ADDRESSED' },
    ]);
    expect(
      await hub.sql(
        'select recipient_org_id, consent_id, categories, fields, purpose from hub.disclosure where referral_id = $1',
        [id],
      ),
    ).toEqual([
      {
        recipient_org_id: agency.organization.id,
        consent_id: consentId,
        categories: ['food-insecurity'],
        fields: ['name', 'needs', 'phone', 'safeContact', 'language', 'zip', 'birthDate', 'request'],
        purpose: 'REFERRAL',
      },
    ]);
    const audit = await hub.sql(
      `select outcome, entity_id, consent_id, actor_id from hub.audit where patient_id = $1 and action = 'referral.send'`,
      [patientId],
    );
    expect(audit).toEqual([{ outcome: 'ALLOWED', entity_id: id, consent_id: consentId, actor_id: sender.user.id }]);
  });

  it('tells the agency by mail, through a job, without any word about the person', async () => {
    const between = await pair(hub);
    await hub.sql(`update hub.service set referral_email = 'intake@pantry.example.org' where id = $1`, [
      between.serviceId,
    ]);
    await hub.runJobs();
    hub.mail.letters.splice(0);
    const id = await send(between, { request: 'Gluten-free food' });
    expect(hub.mail.letters).toEqual([]);
    await hub.runJobs();
    const [letter, ...more] = hub.mail.to('intake@pantry.example.org');
    expect(more).toEqual([]);
    // Nobody knows who reads an agency's mail, so it is in both languages.
    const subject = 'A new referral is waiting for you / Una nueva referencia le espera';
    expect(letter).toMatchObject({ subject, purpose: 'referral' });
    expect(letter?.text).toContain(`/inbox/${id}`);
    expect(letter?.text).toMatch(/A care team has sent you a referral\..*---.*Un equipo de atención le envió/s);
    const [person] = await hub.sql<Record<string, string>>(
      'select given_name, family_name, phone, zip from hub.patient where id = $1',
      [between.patientId],
    );
    for (const word of [...Object.values(person ?? {}), 'food', 'Pantry', 'Gluten']) {
      expect(`${letter?.subject} ${letter?.text}`).not.toContain(word);
    }
    const jobs = await hub.sql<{ payload: unknown }>('select payload from graphile_worker._private_jobs');
    expect(JSON.stringify(jobs)).not.toContain(person?.['family_name']);
  });

  it('sends once for one key, also when two retries run at once, and refuses the key for another request', async () => {
    const between = await pair(hub);
    const input = sendInput(between);
    const all = await Promise.all([1, 2, 3].map(() => between.sender.gql(SEND, { input })));
    const ids = new Set(all.map((answer) => answer.sendReferral.referral.id));
    expect(ids.size).toBe(1);
    expect((await between.sender.gql(SEND, { input })).sendReferral.referral.id).toBe([...ids][0]);
    expect(await rowsAbout(hub, between)).toEqual({ referrals: 1, disclosures: 1, addressed: 1 });
    const other = await between.sender.gql(SEND, { input: { ...input, request: 'More' } });
    expect(other.sendReferral.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' }]);
  });

  it('carries several needs, and names the most sensitive class that it reveals', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender, agency } = between;
    const other = await need(hub, owner, patientId, {
      category: 'intimate-partner-violence',
      label: 'Not safe at home',
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    });
    const together = { needIds: [between.needId, other] };
    expect(await refusals(between, together)).toMatchObject([{ code: 'CONSENT_MISSING' }]);
    await consent(hub, owner, patientId, {
      grantee_organization_id: agency.organization.id,
      categories: ['food-insecurity', 'intimate-partner-violence'],
      sensitivities: ['INTIMATE_PARTNER_VIOLENCE'],
    });
    const id = await send(between, together);
    const read = await sender.gql('query ($id: ID!) { referral(id: $id) { sensitivity needs { id status } } }', { id });
    expect(read.referral.sensitivity).toBe('INTIMATE_PARTNER_VIOLENCE');
    expect(read.referral.needs.map((one: { status: string }) => one.status)).toEqual([
      'BEING_ADDRESSED',
      'BEING_ADDRESSED',
    ]);
  });
});
