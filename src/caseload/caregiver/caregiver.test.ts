import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, carePrivacyOfficer, type Actor } from '../../../test/actors.js';
import { consent, need, patient, relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, service, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const LINK = `mutation ($input: LinkOwnRecordInput!) { linkOwnRecord(input: $input) {
  relatedPerson { id ownRecord { id displayName } } userErrors { code field } } }`;
const UNLINK =
  'mutation ($id: ID!) { unlinkOwnRecord(input: { relatedPersonId: $id }) { relatedPerson { ownRecord { id } } userErrors { code } } }';
const UPDATE = `mutation ($input: UpdateRelatedPersonInput!) { updateRelatedPerson(input: $input) {
  relatedPerson { version authority authorityFrom authorityTo decides isCaregiver } userErrors { code field } } }`;
const PAGE = `query ($id: ID!) { patient(id: $id) { displayName
  relatedPersons { id name decides maySee { code } ownRecord { id displayName summary { openNeeds openReferrals } } }
  caresFor { id relationship authority authorityTo patient { id displayName } } } }`;
const START = `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening { id } userErrors { code message } } }`;

let hub: TestHub;
let between: Pair;
let manager: Actor;
let patientId: string;
let daughter: string;

beforeAll(async () => {
  hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  between = await pair(hub);
  manager = between.sender;
  patientId = between.patientId;
  daughter = await relatedPerson(hub, between.owner, patientId, {
    name: 'Dora Example',
    is_caregiver: true,
    phone: '+14105550142',
  });
});
afterAll(() => hub.stop());

const link = async (given: object = {}, who = manager) =>
  (await who.gql(LINK, { input: { relatedPersonId: daughter, ...given } })).linkOwnRecord;
const page = async (id: string, who = manager) => (await who.gql(PAGE, { id })).patient;

describe('a caregiver', () => {
  it('has a record of their own, made from what is known or there already, and both pages say so', async () => {
    expect((await link()).userErrors).toMatchObject([{ code: 'REQUIRED', field: 'birthDate' }]);
    const idempotencyKey = newId();
    const fresh = { givenName: 'Dora', familyName: 'Example', birthDate: '1975-02-03', idempotencyKey };
    const { relatedPerson: made } = await link(fresh);
    expect((await link(fresh)).relatedPerson.ownRecord.id).toBe(made.ownRecord.id);
    expect(
      await hub.sql('select phone, is_caregiver, care_org_id from hub.patient where id = $1', [made.ownRecord.id]),
    ).toEqual([{ phone: '+14105550142', is_caregiver: true, care_org_id: manager.organization.id }]);
    expect((await page(patientId)).relatedPersons[0].ownRecord.displayName).toBe('Dora Example');
    expect((await page(made.ownRecord.id)).caresFor).toMatchObject([{ id: daughter, patient: { id: patientId } }]);
    expect((await link({ patientId: made.ownRecord.id })).userErrors).toMatchObject([{ code: 'LINKED_ALREADY' }]);
    await manager.gql(UNLINK, { id: daughter });
    expect((await page(made.ownRecord.id)).caresFor).toEqual([]);
    expect((await link({ patientId })).userErrors).toMatchObject([{ code: 'ONESELF' }]);
    expect((await link({ patientId: made.ownRecord.id })).relatedPerson.ownRecord.id).toBe(made.ownRecord.id);
    const son = await relatedPerson(hub, between.owner, patientId);
    expect((await link({ relatedPersonId: son, patientId: made.ownRecord.id })).userErrors).toMatchObject([
      { code: 'TAKEN' },
    ]);
  });

  it('is asked about their own strain, has needs and help of their own, and neither shows on the other page', async () => {
    const own = (await page(patientId)).relatedPersons[0].ownRecord.id;
    const input = { patientId: own, instrumentKey: 'hub-caregiver-strain', idempotencyKey: newId() };
    expect((await manager.gql(START, { input })).startScreening.userErrors).toEqual([]);
    const needId = await need(hub, between.owner, own, { label: 'A rest now and then', category: 'stress' });
    const consentId = await consent(hub, between.owner, own, { recorded_by: manager.user.id, categories: ['stress'] });
    const respite = await agencyStaff(hub);
    const serviceId = await service(hub, respite.organization.id, { name: 'Respite at home', categories: ['stress'] });
    const sent = await send({ ...between, patientId: own, needId, consentId, serviceId });
    const REFERRAL = 'query ($id: ID!) { referral(id: $id) { patientLabel needs { label } } }';
    expect(JSON.stringify(await respite.gql(REFERRAL, { id: sent }))).toContain('Dora E.');
    expect((await page(patientId)).relatedPersons[0].ownRecord.summary).toEqual({ openNeeds: 1, openReferrals: 1 });
    const NEEDS =
      'query ($id: ID!) { patient(id: $id) { needs { edges { node { id } } } referrals { edges { node { id } } } } }';
    expect(JSON.stringify(await manager.gql(NEEDS, { id: patientId }))).not.toContain(needId);
    expect(JSON.stringify(await manager.gql(NEEDS, { id: patientId }))).not.toContain(sent);
  });

  it('sees what the patient agreed to, for as long as it holds, or decides by an authority with days', async () => {
    const read = async () => (await page(patientId)).relatedPersons.find(({ id }: { id: string }) => id === daughter);
    expect(await read()).toMatchObject({ decides: false, maySee: [] });
    const given = {
      kind: 'FAMILY',
      grantee_class: null,
      grantee_related_person_id: daughter,
      purpose: 'FAMILY_INVOLVEMENT',
      recorded_by: manager.user.id,
    };
    const consentId = await consent(hub, between.owner, patientId, { ...given, categories: ['food-insecurity'] });
    expect((await read()).maySee).toEqual([{ code: 'food-insecurity' }]);
    await hub.sql(`update hub.consent set status = 'REVOKED' where id = $1`, [consentId]);
    expect((await read()).maySee).toEqual([]);
    const change = async (input: object) =>
      (await manager.gql(UPDATE, { input: { id: daughter, ...input } })).updateRelatedPerson;
    const [{ version }] = (await hub.sql<{ version: number }>('select version from hub.related_person where id = $1', [
      daughter,
    ])) as [{ version: number }];
    const proxy = { authority: 'HEALTH_CARE_PROXY', authorityFrom: '2026-06-01', authorityTo: '2026-06-30' };
    expect((await change({ expectedVersion: version, ...proxy, authorityTo: '2026-05-01' })).userErrors).toMatchObject([
      { code: 'BEFORE_START' },
    ]);
    expect((await change({ expectedVersion: version, ...proxy })).relatedPerson).toMatchObject({
      ...proxy,
      decides: true,
      isCaregiver: true,
    });
    expect(await manager.codes(UPDATE, { input: { id: daughter, expectedVersion: version } })).toEqual(['CONFLICT']);
    hub.clock.set('2026-07-01T14:00:00Z');
    expect((await read()).decides).toBe(false);
    const ended = await change({ expectedVersion: version + 1, authority: 'NONE' });
    expect(ended.relatedPerson).toMatchObject({ authority: 'NONE', authorityFrom: null, authorityTo: null });
  });

  it('is linked by nobody else, with nobody else’s record, and both logs name it', async () => {
    const stranger = await careManager(hub);
    expect(await stranger.codes(LINK, { input: { relatedPersonId: daughter } })).toEqual(['NOT_FOUND']);
    const theirs = await patient(hub, { organizationId: stranger.organization.id });
    const son = await relatedPerson(hub, between.owner, patientId);
    expect(await manager.codes(LINK, { input: { relatedPersonId: son, patientId: theirs } })).toEqual(['NOT_FOUND']);
    const raw = hub.sql('update hub.related_person set own_patient_id = $2 where id = $1', [son, theirs]);
    await expect(raw).rejects.toMatchObject({ code: '42501' });
    expect(await between.agency.codes(LINK, { input: { relatedPersonId: daughter } })).toEqual(['FORBIDDEN']);
    const officer = await carePrivacyOfficer(hub, { organization: manager.organization });
    expect(await officer.codes(UPDATE, { input: { id: daughter, expectedVersion: 1 } })).toEqual(['FORBIDDEN']);
    const own = (await page(patientId)).relatedPersons[0].ownRecord.id;
    for (const id of [patientId, own]) {
      const log = await officer.gql(
        'query ($id: ID!) { patientAccesses(patientId: $id, first: 100) { edges { node { action } } } }',
        { id },
      );
      expect(JSON.stringify(log)).toContain('caregiver.link');
    }
  });

  it('has a record that stays hidden where it is protected', async () => {
    const own = (await page(patientId)).relatedPersons[0].ownRecord.id;
    await hub.sql(`update hub.patient set restricted = 'ASKED' where id = $1`, [own]);
    await hub.sql('update hub.assignment set ends_at = now() where patient_id = $1', [own]);
    expect((await page(patientId)).relatedPersons[0].ownRecord).toBeNull();
    await hub.sql('update hub.patient set restricted = null where id = $1', [own]);
    await hub.sql(`update hub.patient set restricted = 'ASKED' where id = $1`, [patientId]);
    expect((await page(own)).caresFor).toEqual([]);
    await hub.sql('update hub.patient set restricted = null where id = $1', [patientId]);
  });

  it('costs the same for many', async () => {
    const [one] = await hub.sql<{ n: number }>(
      'select count(*)::int as n from hub.related_person where patient_id = $1',
      [patientId],
    );
    expect(one!.n).toBeGreaterThan(2);
    const { countStatements } = await import('../../platform/database/statements.js');
    const before = await countStatements(hub.orm, () => page(patientId));
    for (let n = 0; n < 5; n += 1) await relatedPerson(hub, between.owner, patientId);
    expect(await countStatements(hub.orm, () => page(patientId))).toBe(before);
  });
});
