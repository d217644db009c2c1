import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff } from '../../../test/actors.js';
import { asApp } from '../../../test/as-app.js';
import { consent, relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, SEND, sendInput, service, take, type Pair } from '../../../test/referral-factories.js';
import { SENSITIVITIES } from '../../access/sensitivity.js';
import { newId } from '../../platform/id.js';
import { householdIn, householdValue, namesMayGo, RELATIONS, type Relation } from './household.js';

const PREVIEW = `query ($input: PreviewReferralInput!) { previewReferral(input: $input) { warnings shared { items { key value } } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { household { relation age givenName } shared { items { key value } } } }`;
const SEND_ALL = `mutation ($input: SendReferralsInput!) { sendReferrals(input: $input) { results { referral { id } } userErrors { code } } }`;
const OFFER = `mutation ($input: OfferReferralInput!) { offerReferral(input: $input) { offer { targets { referral { id } } } userErrors { code } } }`;
const family = [
  { relation: 'CHILD', age: 7, givenName: 'Leo' },
  { relation: 'PARTNER', givenName: '  ' },
];

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

/** The patient names this very agency instead of all. */
async function named(between: Pair): Promise<void> {
  await hub.sql('delete from hub.consent where id = $1', [between.consentId]);
  await consent(hub, between.owner, between.patientId, { grantee_organization_id: between.agency.organization.id });
}
/** A service that is for everybody and has room: an offer goes on to it by itself. */
const OPEN = {
  eligibility_rules: JSON.stringify([{ kind: 'EVERYONE' }]),
  capacity_status: 'CAPACITY',
  capacity_updated_at: '2026-11-18T15:00:00Z',
};
/** The same patient and another agency. */
async function another(between: Pair): Promise<Pair> {
  const agency = await agencyStaff(hub);
  return { ...between, agency, serviceId: await service(hub, agency.organization.id, OPEN) };
}
const shownTo = async (between: Pair, id: string) => (await between.agency.gql(READ, { id })).referral;
const value = (items: { key: string; value: string }[]) => items.find((item) => item.key === 'household')?.value;

describe('the household of a referral', () => {
  it('is shown to the agency as related and how old, and by name only where the patient named the agency', async () => {
    const between = await pair(hub);
    const seen = await between.sender.gql(PREVIEW, {
      input: {
        patientId: between.patientId,
        serviceId: between.serviceId,
        needIds: [between.needId],
        household: family,
      },
    });
    expect(value(seen.previewReferral.shared.items)).toBe('Child, 7; Partner');
    expect(seen.previewReferral.warnings.join()).toContain('First names of the household do not go along');
    const broad = await send(between, { household: family });
    expect(await shownTo(between, broad)).toMatchObject({
      household: [
        { relation: 'CHILD', age: 7, givenName: null },
        { relation: 'PARTNER', age: null, givenName: null },
      ],
    });
    const other = await pair(hub, between);
    await named(other);
    const id = await send(other, { household: family });
    expect(value((await shownTo(other, id)).shared.items)).toBe('Child, 7 (Leo); Partner');
    expect(await hub.sql('select fields from hub.disclosure where referral_id = $1', [id])).toMatchObject([
      { fields: expect.arrayContaining(['household']) },
    ]);
  });

  it('goes along with each service of a list, by name only to the agency that the patient named', async () => {
    const between = await pair(hub);
    await consent(hub, between.owner, between.patientId, { grantee_organization_id: between.agency.organization.id });
    const elsewhere = await another(between);
    const items = [between.serviceId, elsewhere.serviceId].map((serviceId) => ({
      serviceId,
      needIds: [between.needId],
    }));
    const input = { patientId: between.patientId, items, household: family, idempotencyKey: newId() };
    const { results } = (await between.sender.gql(SEND_ALL, { input })).sendReferrals;
    const shown = [between, elsewhere].map(async (one, at) => value((await shownTo(one, results[at].referral.id)).shared.items)); // prettier-ignore
    expect(await Promise.all(shown)).toEqual(['Child, 7 (Leo); Partner', 'Child, 7; Partner']);
    const wrong = { ...input, household: [{ relation: 'CHILD', age: 121 }], idempotencyKey: newId() };
    expect(await between.sender.codes(SEND_ALL, { input: wrong })).toEqual(['BAD_USER_INPUT']);
  });

  it('goes along with an offer to each agency that is asked, the later ones too, each by its own consent', async () => {
    const between = await pair(hub);
    const later = await another(between);
    await consent(hub, between.owner, between.patientId, { grantee_organization_id: later.agency.organization.id });
    const targets = [between, later].map(({ serviceId }) => ({ serviceId }));
    const input = {
      patientId: between.patientId,
      needIds: [between.needId],
      targets,
      kind: 'CASCADE',
      household: family,
      idempotencyKey: newId(),
    };
    const { offer, userErrors } = (await between.sender.gql(OFFER, { input })).offerReferral;
    expect(userErrors).toEqual([]);
    const first = offer.targets[0].referral.id;
    expect(value((await shownTo(between, first)).shared.items)).toBe('Child, 7; Partner');
    await take(between.agency, 'declineReferral', first, { reasonCode: 'OTHER', reason: 'x' });
    await hub.runJobs();
    const [second] = await hub.sql('select id from hub.referral where to_org_id = $1', [later.agency.organization.id]);
    expect(value((await shownTo(later, String(second?.['id']))).shared.items)).toBe('Child, 7 (Leo); Partner');
  });

  it('goes away for the agency with the rest, when it declines or the referral is taken back', async () => {
    for (const [mutation, who] of [
      ['declineReferral', 'agency'],
      ['recallReferral', 'sender'],
    ] as const) {
      const between = await pair(hub);
      const id = await send(between, { household: family });
      await take(between[who], mutation, id, { reasonCode: 'OTHER', reason: 'x' });
      expect((await shownTo(between, id)).household).toEqual([]);
      const app = await asApp(hub);
      const sql = 'select id from hub.referral_person where referral_id = $1';
      expect([await app.run(between.sender, sql, [id]), await app.run(between.agency, sql, [id])]).toEqual([2, 0]);
      await app.end();
    }
  });

  it('never tells who it is in the record, nor anything to somebody else', async () => {
    const between = await pair(hub);
    const relatedPersonId = await relatedPerson(hub, between.owner, between.patientId);
    const id = await send(between, { household: [{ relation: 'PARENT', relatedPersonId }] });
    const app = await asApp(hub);
    const columns = ['relation', 'related_person_id'];
    const results = [];
    for (const actor of [between.sender, between.agency, await agencyStaff(hub)]) {
      for (const column of columns) {
        results.push(await app.run(actor, `select ${column} from hub.referral_person where referral_id = $1`, [id]));
      }
    }
    await app.end();
    expect(results).toEqual([1, '42501', 1, '42501', 0, '42501']);
  });

  it('is of this patient, not too many, and of an age that people have', async () => {
    const between = await pair(hub);
    const stranger = await pair(hub);
    const relatedPersonId = await relatedPerson(hub, stranger.owner, stranger.patientId);
    const tried = (household: object[]) => between.sender.codes(SEND, { input: sendInput(between, { household }) });
    expect(await tried([{ relation: 'CHILD', relatedPersonId }])).toEqual(['BAD_USER_INPUT']);
    expect(await tried([{ relation: 'CHILD', age: 121 }])).toEqual(['BAD_USER_INPUT']);
    expect(await tried(Array.from({ length: 13 }, () => ({ relation: 'CHILD' })))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('words of a household', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{1,8}$/);
  const person = fc.record({
    relation: fc.constantFrom(...(Object.keys(RELATIONS) as Relation[])),
    age: fc.option(fc.integer({ min: 0, max: 120 })),
    givenName: fc.option(name),
  });

  it('say in Spanish what they say in English', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 5 }), (persons) => {
        const spanish = householdIn(householdValue(persons)).split('; ');
        for (const [index, { relation, age, givenName }] of persons.entries()) {
          const expected = [
            RELATIONS[relation].es,
            age === null ? '' : `, ${age}`,
            givenName === null ? '' : ` (${givenName})`,
          ];
          expect(spanish[index]).toBe(expected.join(''));
        }
      }),
    );
  });

  it('hold names only for the agency that was named, and never with anything sensitive', () => {
    const orgs = fc.constantFrom('a', 'b', null);
    fc.assert(
      fc.property(orgs, fc.constantFrom('a', 'b'), fc.constantFrom(...SENSITIVITIES), (grantee, to, sensitivity) => {
        const may = namesMayGo({ granteeOrganizationId: grantee }, to, sensitivity);
        expect(may).toBe(grantee === to && sensitivity === 'NONE');
        expect(namesMayGo(null, to, sensitivity)).toBe(false);
      }),
    );
  });
});
