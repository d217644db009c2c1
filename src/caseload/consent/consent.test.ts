import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, carePrivacyOfficer, type Actor } from '../../../test/actors.js';
import { consent, patient, relatedPerson } from '../../../test/caseload-factories.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { callerOf, openContext, settle, type HubContext } from '../../access/index.js';
import { memoryCookies } from '../../platform/http/request.js';
import { newId } from '../../platform/id.js';
import { findCoveringConsent } from '../index.js';

const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { consent {
  id status effective grantor grantorRelatedPerson { name } grantee { id } granteeClass categories { code } sensitivities purpose
  method evidence witness language expiresAt expiryEvent recordedBy } userErrors { code field } } }`;
const PROBLEMS = `query ($input: RecordConsentInput!) { consentProblems(input: $input) { code field } }`;
const REVOKE = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { consent { id status effective revokedAt } userErrors { code field } } }`;
const READ = `query ($id: ID!) { patient(id: $id) { consents { id status effective recordedBy } } }`;
const RELATE = `mutation ($input: AddRelatedPersonInput!) { addRelatedPerson(input: $input) { relatedPerson { id name phone authority authorityTo } userErrors { code field } } }`;

describe('consents', () => {
  let hub: TestHub;
  let me: Actor;
  let mine: string;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  const base = () => ({
    patientId: mine,
    grantor: 'PATIENT',
    allAgencies: true,
    categories: ['food-insecurity'],
    purpose: 'REFERRAL',
    method: 'SIGNATURE',
    evidence: 'Form 12, signed',
    expiresOn: '2027-06-15',
  });
  const record = async (input: object) => (await me.gql(RECORD, { input: { ...base(), ...input } })).recordConsent;
  const fields = async (input: object) =>
    (await record(input)).userErrors.map((error: { field: string; code: string }) => `${error.field} ${error.code}`);

  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  });
  afterAll(() => hub.stop());
  const fresh = async () => {
    me = await careManager(hub);
    mine = await patient(hub, own(me));
  };
  const contextOf = (actor: Actor): HubContext =>
    openContext(
      hub.platform,
      callerOf({ userId: actor.user.id, organizationId: actor.organization.id, roles: actor.roles, via: 'SESSION' }),
      { id: newId(), ip: '127.0.0.1', userAgent: null, acceptLanguage: null, cookies: memoryCookies() },
    );

  it('are recorded whole, and hold to the end of their last day where the organization is', async () => {
    await fresh();
    const { consent: made, userErrors } = await record({ language: 'es' });
    expect(userErrors).toEqual([]);
    expect(made).toEqual({
      id: expect.any(String),
      status: 'ACTIVE',
      effective: true,
      grantor: 'PATIENT',
      grantorRelatedPerson: null,
      grantee: null,
      granteeClass: 'COMMUNITY_AGENCIES',
      categories: [{ code: 'food-insecurity' }],
      sensitivities: [],
      purpose: 'REFERRAL',
      method: 'SIGNATURE',
      evidence: 'Form 12, signed',
      witness: null,
      language: 'es',
      expiresAt: '2027-06-16T04:00:00.000Z',
      expiryEvent: null,
      recordedBy: me.user.name,
    });
  });

  it('expire by themselves', async () => {
    await fresh();
    const before = hub.clock.now();
    const id = await consent(hub, own(me), mine);
    hub.clock.advance({ days: 366 });
    expect((await me.gql(READ, { id: mine })).patient.consents).toMatchObject([
      { id, status: 'EXPIRED', effective: false },
    ]);
    hub.clock.set(before);
  });

  it('name every field that is wrong', async () => {
    await fresh();
    const agency = await organization(hub);
    expect(await fields({ allAgencies: false })).toEqual(['granteeOrganizationId REQUIRED']);
    expect(await fields({ granteeOrganizationId: agency.id })).toEqual(['granteeOrganizationId REQUIRED']);
    expect(await fields({ allAgencies: null, granteeOrganizationId: me.organization.id })).toEqual([
      'granteeOrganizationId UNKNOWN_ORGANIZATION',
    ]);
    expect(await fields({ categories: [] })).toEqual(['categories REQUIRED']);
    expect(await fields({ categories: ['food-insecurity', 'toys'] })).toEqual(['categories[1] UNKNOWN_CATEGORY']);
    expect(await fields({ expiresOn: null })).toEqual(['expiresOn REQUIRED']);
    expect(await fields({ expiresOn: '2026-06-14' })).toEqual(['expiresOn IN_PAST']);
    expect(await fields({ method: 'VERBAL_WITNESSED', evidence: null })).toEqual([
      'witness REQUIRED',
      'evidence REQUIRED',
    ]);
    expect(await fields({ language: 'x' })).toEqual(['language NOT_A_LANGUAGE']);
    expect(
      await fields({
        expiresOn: null,
        expiryEvent: 'when housed',
        granteeOrganizationId: agency.id,
        allAgencies: false,
      }),
    ).toEqual([]);
  });

  it('ask a representative for an authority that holds today', async () => {
    await fresh();
    const by = (id: string | null) => fields({ grantor: 'PERSONAL_REPRESENTATIVE', grantorRelatedPersonId: id });
    const [friend, past, guardian] = [
      await relatedPerson(hub, own(me), mine),
      await relatedPerson(hub, own(me), mine, { authority: 'GUARDIAN', authority_to: '2026-06-14' }),
      await relatedPerson(hub, own(me), mine, { authority: 'GUARDIAN', authority_to: '2026-06-15' }),
    ];
    const elsewhere = await relatedPerson(hub, own(me), await patient(hub, own(me)), { authority: 'GUARDIAN' });
    expect(await by(null)).toEqual(['grantorRelatedPersonId REQUIRED']);
    expect(await by(elsewhere)).toEqual(['grantorRelatedPersonId REQUIRED']);
    expect(await by(friend)).toEqual(['grantorRelatedPersonId NO_AUTHORITY']);
    expect(await by(past)).toEqual(['grantorRelatedPersonId NO_AUTHORITY']);
    expect(await by(guardian)).toEqual([]);
    expect(await fields({ grantorRelatedPersonId: guardian })).toEqual(['grantorRelatedPersonId NOT_TAKEN']);
  });

  it('must name what is sensitive, and for substance use a recipient, a signature and the elements of the law', async () => {
    await fresh();
    const agency = await organization(hub, { name: 'Recovery House' });
    expect(await fields({ categories: ['intimate-partner-violence'] })).toEqual(['sensitivities NOT_NAMED']);
    expect(
      await fields({ sensitivities: ['SUBSTANCE_USE'], method: 'VERBAL_WITNESSED', witness: 'W', evidence: 'E' }),
    ).toEqual(['granteeOrganizationId PART2_RECIPIENT', 'method PART2_SIGNATURE']);
    // What it would say is looked at before it is read; how it is given comes after that.
    const problems = async (input: object) =>
      (
        await me.gql(PROBLEMS, { input: { ...base(), method: 'VERBAL_WITNESSED', evidence: null, ...input } })
      ).consentProblems.map((error: { field: string; code: string }) => `${error.field} ${error.code}`);
    expect(await problems({ sensitivities: ['SUBSTANCE_USE'] })).toEqual(['granteeOrganizationId PART2_RECIPIENT']);
    expect(await problems({ sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] })).toEqual(['expiresOn TOO_LONG']);
    expect(await problems({})).toEqual([]);
    const { consent: made } = await record({
      sensitivities: ['SUBSTANCE_USE'],
      allAgencies: false,
      granteeOrganizationId: agency.id,
    });
    const [row] = await hub.sql<{ part2: Record<string, string> }>('select part2 from hub.consent where id = $1', [
      made.id,
    ]);
    expect(row?.part2).toEqual({
      discloser: me.organization.name,
      recipient: 'Recovery House',
      expires: '2027-06-15',
      purpose: expect.any(String),
      description: expect.stringContaining('Food Insecurity'),
      revocation: expect.stringContaining('revoked'),
      patient: expect.stringMatching(/^Given/),
      redisclosure: expect.stringContaining('passed on'),
      signedBy: expect.stringMatching(/^Given/),
      signedOn: '2026-06-15',
    });
    const ctx = contextOf(me);
    const disclosing = {
      granteeOrganizationId: agency.id,
      categories: ['food-insecurity'],
      sensitivities: ['SUBSTANCE_USE'],
      purpose: 'REFERRAL',
      at: hub.clock.now(),
    };
    expect((await findCoveringConsent(await ctx.db.em(), mine, disclosing)).consent?.id).toBe(made.id);
    await settle(ctx);
  });

  it('cover what they name until they are revoked, which holds at once', async () => {
    await fresh();
    const agency = await organization(hub);
    const id = await consent(hub, own(me), mine);
    const covering = async (given: object = {}) => {
      const ctx = contextOf(me);
      const asked = {
        granteeOrganizationId: agency.id,
        categories: ['food-insecurity'],
        sensitivities: [],
        purpose: 'REFERRAL',
        at: hub.clock.now(),
        ...given,
      };
      const answer = await findCoveringConsent(await ctx.db.em(), mine, asked);
      await settle(ctx);
      return answer.consent?.id ?? answer.missing.map((words) => words.en);
    };
    expect(await covering()).toBe(id);
    expect(await covering({ categories: ['veteran-status'] })).toHaveLength(1);
    expect(await covering({ granteeOrganizationId: (await organization(hub, { kind: 'PLAN' })).id })).toHaveLength(1);
    const { revokeConsent } = await me.gql(REVOKE, { input: { id, reason: 'Changed her mind' } });
    expect(revokeConsent).toEqual({
      consent: { id, status: 'REVOKED', effective: false, revokedAt: hub.clock.now().toISOString() },
      userErrors: [],
    });
    expect(await covering()).toEqual(['The consent was revoked.']);
    expect((await me.gql(REVOKE, { input: { id } })).revokeConsent.consent.status).toBe('REVOKED');
  });

  it('wait for a disclosure that is being made: revoking cannot pass it', async () => {
    await fresh();
    const agency = await organization(hub);
    const id = await consent(hub, own(me), mine);
    const ctx = contextOf(me);
    const order: string[] = [];
    let revoked: Promise<unknown> = Promise.resolve();
    await ctx.db.write(async (em) => {
      const at = hub.clock.now();
      const asked = {
        granteeOrganizationId: agency.id,
        categories: ['food-insecurity'],
        sensitivities: [],
        purpose: 'REFERRAL',
        at,
      };
      expect((await findCoveringConsent(em, mine, asked)).consent?.id).toBe(id);
      revoked = me.gql(REVOKE, { input: { id } }).then(() => order.push('revoked'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      order.push('sent');
    });
    await revoked;
    await settle(ctx);
    expect(order).toEqual(['sent', 'revoked']);
  });

  it('belong to one organization: others find none, and a privacy officer only reads', async () => {
    await fresh();
    const id = await consent(hub, own(me), mine);
    const officer = await carePrivacyOfficer(hub, { organization: me.organization });
    const partner = await careManager(hub, { organization: me.organization });
    const stranger = await careManager(hub);
    const agency = await agencyStaff(hub);
    expect((await officer.gql(READ, { id: mine })).patient.consents).toMatchObject([{ id }]);
    expect(await officer.codes(REVOKE, { input: { id } })).toEqual(['FORBIDDEN']);
    expect(await officer.codes(RECORD, { input: base() })).toEqual(['FORBIDDEN']);
    expect(await stranger.codes(REVOKE, { input: { id } })).toEqual(['NOT_FOUND']);
    expect(await stranger.codes(RECORD, { input: base() })).toEqual(['NOT_FOUND']);
    expect(await agency.codes(REVOKE, { input: { id } })).toEqual(['FORBIDDEN']);
    expect(await partner.codes(REVOKE, { input: { id } })).toEqual([]);
  });

  it('and the people around a patient are kept with their authority and its days', async () => {
    await fresh();
    const input = {
      patientId: mine,
      name: 'Luz Rodríguez',
      relationship: 'daughter',
      phone: '410 555 0199',
      authority: 'HEALTH_CARE_PROXY',
      authorityTo: '2027-01-01',
    };
    const { addRelatedPerson } = await me.gql(RELATE, { input });
    expect(addRelatedPerson.relatedPerson).toMatchObject({
      name: 'Luz Rodríguez',
      phone: '+14105550199',
      authority: 'HEALTH_CARE_PROXY',
    });
    const wrong = { ...input, phone: '1', authorityFrom: '2028-01-01', name: '' };
    const errors = (await me.gql(RELATE, { input: wrong })).addRelatedPerson.userErrors;
    expect(errors.map((error: { field: string }) => error.field)).toEqual(['name', 'phone', 'authorityTo']);
    const { addRelatedPerson: none } = await me.gql(RELATE, { input: { ...input, authority: null } });
    expect(none.userErrors).toEqual([{ code: 'REQUIRED', field: 'authority' }]);
    expect(await (await careManager(hub)).codes(RELATE, { input })).toEqual(['NOT_FOUND']);
  });

  it('are recorded once however often the request is sent', async () => {
    await fresh();
    const input = { ...base(), idempotencyKey: 'consent-1' };
    const first = await me.gql(RECORD, { input });
    const again = await me.gql(RECORD, { input });
    expect(again.recordConsent.consent.id).toBe(first.recordConsent.consent.id);
    expect((await me.gql(READ, { id: mine })).patient.consents).toHaveLength(1);
  });
});
