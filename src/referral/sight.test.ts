import * as fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor } from '../../test/actors.js';
import { consent, relatedPerson } from '../../test/caseload-factories.js';
import { linked, byLink, type Linked } from '../../test/link-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { MESSAGE, take } from '../../test/referral-factories.js';
import { testSecret } from '../../test/secret.js';
import { hashToken } from '../identity/index.js';
import { urlFor } from '../platform/database/roles.js';

const START = Date.parse('2027-03-13T12:00:00Z');
/** The day before clocks go forward in the agency's zone, and the day after. */
const SPAN = 3 * 86_400_000;

/* No job of this file says that a consent has run out: what is seen is what the date allows. */
describe('an agency sees what the consent of that moment allows', () => {
  let hub: TestHub;
  let login: Client;
  /** One that nobody has answered, and one that the agency accepted, on one consent each. */
  let waiting: Linked;
  let accepted: Linked;
  beforeAll(async () => {
    hub = await testHub({ now: new Date(START) });
    login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    await login.connect();
    waiting = await linked(hub);
    accepted = await linked(hub);
    for (const between of [waiting, accepted]) {
      await between.sender.gql(MESSAGE, {
        input: { id: between.id, body: 'Hello', idempotencyKey: `hello ${between.id}` },
      });
    }
    await take(accepted.agency, 'acceptReferral', accepted.id);
  });
  afterAll(async () => {
    await login.end();
    await hub.stop();
  });

  /** How many rows of the referral a role sees at the moment of the hub's clock. */
  async function rowsSeen(role: string, settings: Record<string, string>, referralId: string): Promise<number[]> {
    await login.query('begin');
    try {
      await login.query(`set local role ${role}`);
      const all = { ...settings, 'hub.now': hub.clock.now().toISOString() };
      for (const [key, value] of Object.entries(all)) {
        await login.query('select set_config($1, $2, true)', [key, value]);
      }
      const seen: number[] = [];
      for (const table of ['referral', 'referral_transition', 'referral_message', 'referral_link']) {
        const column = table === 'referral' ? 'id' : 'referral_id';
        seen.push((await login.query(`select from hub.${table} where ${column} = $1`, [referralId])).rowCount ?? 0);
      }
      return seen;
    } finally {
      await login.query('rollback');
    }
  }
  const byAccount = ({ agency, id }: Linked) =>
    rowsSeen('hub_app', { 'hub.org_id': agency.organization.id, 'hub.user_id': agency.user.id }, id);
  const byToken = ({ agency, id, token }: Linked) =>
    rowsSeen('hub_link', { 'hub.org_id': agency.organization.id, 'hub.link': hashToken(token).toString('hex') }, id);
  const ends = ({ consentId }: Linked, at: Date | null) =>
    hub.sql(`update hub.consent set expires_at = $2, expiry_event = 'I find work' where id = $1`, [consentId, at]);

  it('by account and by link, for any end and any moment, to the millisecond', async () => {
    const end = fc.option(fc.integer({ min: 2, max: SPAN }));
    const moment = fc.oneof(fc.integer({ min: 0, max: SPAN }), fc.constantFrom('at', 'before', 'after'));
    await fc.assert(
      fc.asyncProperty(end, moment, async (until, when) => {
        const at = typeof when === 'number' ? when : (until ?? SPAN) + { at: 0, before: -1, after: 1 }[when];
        hub.clock.set(new Date(START + at));
        const inForce = until === null || at < until;
        for (const between of [waiting, accepted]) await ends(between, until === null ? null : new Date(START + until));
        expect(await byAccount(waiting)).toEqual(inForce ? [1, 1, 1, 1] : [0, 0, 0, 0]);
        // What was answered was told, and stays with the agency.
        expect(await byAccount(accepted)).toEqual([1, 2, 1, 1]);
        for (const between of [waiting, accepted]) {
          expect((await byToken(between)).every((count) => count > 0)).toBe(inForce);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('wherever the session that asks says it is, and on the day that has 23 hours', async () => {
    // Half past two in the morning of that day is no hour in New York; the end is an instant, and has one before and after.
    const end = Date.parse('2027-03-14T06:59:59.999Z');
    await ends(waiting, new Date(end));
    for (const zone of ['America/New_York', 'Pacific/Auckland', 'UTC']) {
      await login.query(`set time zone '${zone}'`);
      hub.clock.set(new Date(end - 1));
      expect([zone, await byAccount(waiting)]).toEqual([zone, [1, 1, 1, 1]]);
      hub.clock.set(new Date(end));
      expect([zone, await byAccount(waiting)]).toEqual([zone, [0, 0, 0, 0]]);
    }
    await login.query('reset time zone');
  });

  it('through the API: lists, counts, the referral itself, the link and what is done with them', async () => {
    const { agency, sender, token, id } = waiting;
    await ends(waiting, new Date(START + 1000));
    hub.clock.set(new Date(START + 999));
    const inbox = async () => {
      const found = await agency.gql(
        '{ inboxCounts { new overdue } inbox(filter: { queue: ALL }) { edges { node { id } } } }',
      );
      return [found.inboxCounts.new + found.inboxCounts.overdue, found.inbox.edges.length];
    };
    const READ = 'query ($id: ID!) { referral(id: $id) { id consentEndedAt viewerActions } }';
    expect(await inbox()).toEqual([1, 1]);
    const stranger = await visitor(hub);
    expect((await byLink(stranger, 'open', { token })).refused).toEqual([]);
    hub.clock.set(new Date(START + 1000));
    expect(await inbox()).toEqual([0, 0]);
    expect(await agency.codes(READ, { id })).toEqual(['NOT_FOUND']);
    expect((await byLink(stranger, 'open', { token })).refused).toEqual(['LINK_ENDED']);
    await expect(take(agency, 'acceptReferral', id)).rejects.toThrow('not found');
    expect((await byLink(stranger, 'answer', { token, id, answer: 'ACCEPT', expectedVersion: 1 })).refused).toEqual([
      'LINK_ENDED',
    ]);
    // Its sender is told so at once, and may go on with a new consent.
    const { referral } = await sender.gql(READ, { id });
    expect(referral.consentEndedAt).toBe(new Date(START + 1000).toISOString());
    expect(referral.viewerActions).toContain('RENEW_CONSENT');
    expect(referral.viewerActions).not.toContain('MESSAGE');
    const RENEW = `mutation ($input: RenewReferralConsentInput!) { renewReferralConsent(input: $input) { referral { consentEndedAt } userErrors { code } } }`;
    const renew = async () => (await sender.gql(RENEW, { input: { id } })).renewReferralConsent;
    expect((await renew()).userErrors).toEqual([{ code: 'CONSENT_MISSING' }]);
    await consent(hub, waiting.owner, waiting.patientId, { recorded_by: sender.user.id });
    expect(await renew()).toEqual({ referral: { consentEndedAt: null }, userErrors: [] });
    expect(await inbox()).toEqual([1, 1]);
  });

  it('and so does somebody around the patient, whatever their page’s session says', async () => {
    const { owner, patientId, sender } = accepted;
    const daughter = await relatedPerson(hub, owner, patientId, { name: 'Rosa' });
    await consent(hub, owner, patientId, {
      kind: 'FAMILY',
      grantee_class: null,
      grantee_related_person_id: daughter,
      categories: ['food-insecurity'],
      purpose: 'FAMILY_INVOLVEMENT',
      recorded_by: sender.user.id,
      expires_at: new Date(START + 5000),
    });
    const settings = {
      'hub.org_id': owner.organizationId,
      'hub.patient_id': patientId,
      'hub.related_person_id': daughter,
      'hub.categories': '{*}',
    };
    const sees = async () => {
      await login.query('begin');
      try {
        await login.query('set local role hub_caregiver');
        const all = { ...settings, 'hub.now': hub.clock.now().toISOString() };
        for (const [key, value] of Object.entries(all)) {
          await login.query('select set_config($1, $2, true)', [key, value]);
        }
        const counted = await login.query(
          'select (select count(*)::int from hub.need) as needs, (select count(*)::int from hub.referral) as referrals',
        );
        return counted.rows[0] as unknown;
      } finally {
        await login.query('rollback');
      }
    };
    hub.clock.set(new Date(START + 4999));
    expect(await sees()).toEqual({ needs: 1, referrals: 1 });
    hub.clock.set(new Date(START + 5000));
    expect(await sees()).toEqual({ needs: 0, referrals: 0 });
  });
});
