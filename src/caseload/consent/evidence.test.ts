import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { patient, relatedPerson } from '../../../test/caseload-factories.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { newId } from '../../platform/id.js';

const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { consent {
  id kind statement readAloud evidenceFile granteeRelatedPerson { name } grantorAuthority } userErrors { code field } } }`;
const TEXT = 'query ($input: RecordConsentInput!) { consentStatement(input: $input) }';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let hub: TestHub;
let me: Actor;
let mine: string;
beforeAll(async () => {
  hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  me = await careManager(hub);
  mine = await patient(hub, { organizationId: me.organization.id }, { given_name: 'Ana', family_name: 'Ruiz', language: 'es' }); // prettier-ignore
});
afterAll(() => hub.stop());

const base = () => ({
  patientId: mine,
  grantor: 'PATIENT',
  allAgencies: true,
  categories: ['food-insecurity'],
  purpose: 'REFERRAL',
  method: 'SIGNATURE',
  expiresOn: '2027-06-15',
});
const record = async (input: object) => (await me.gql(RECORD, { input: { ...base(), ...input } })).recordConsent;
const text = async (input: object) => (await me.gql(TEXT, { input: { ...base(), ...input } })).consentStatement;
const file = async (actor: Actor, method: 'GET' | 'PUT', id: string, body?: Buffer) =>
  fetch(`${await hub.url()}/files/${id}?kind=consent-evidence&name=signature.png`, {
    method,
    headers: { authorization: `Bearer ${actor.token}`, ...(body && { 'content-type': 'application/octet-stream' }) },
    ...(body && { body: new Uint8Array(body) }),
  });

describe('the evidence of a consent', () => {
  it('is the signature as it was drawn, tied to one consent and opened by its own organization alone', async () => {
    expect((await record({})).userErrors).toEqual([{ code: 'REQUIRED', field: 'evidence' }]);
    expect((await record({ evidenceFileId: newId() })).userErrors).toEqual([
      { code: 'UNKNOWN_FILE', field: 'evidenceFileId' },
    ]);
    const id = newId();
    expect((await file(me, 'PUT', id, Buffer.from('#!/bin/sh'))).status).toBe(400);
    expect((await file(me, 'PUT', id, PNG)).status).toBe(200);
    // Nobody opens what belongs to nothing yet.
    expect((await file(me, 'GET', id)).status).toBe(404);
    const { consent: made } = await record({ evidenceFileId: id });
    expect(made.evidenceFile).toBe(id);
    expect((await record({ evidenceFileId: id })).userErrors).toEqual([
      { code: 'UNKNOWN_FILE', field: 'evidenceFileId' },
    ]);
    const opened = await file(me, 'GET', id);
    expect(Buffer.from(await opened.arrayBuffer())).toEqual(PNG);
    const seen = await hub.sql(`select consent_id from hub.audit where action = 'consent.evidence'`);
    expect(seen).toEqual([{ consent_id: made.id }]);
    for (const other of [await careManager(hub), await agencyStaff(hub)]) {
      expect((await file(other, 'GET', id)).status).toBe(404);
    }
    expect((await file(await agencyStaff(hub), 'PUT', newId(), PNG)).status).toBe(403);
  });

  it('is the text that was shown or read, kept word for word in its language', async () => {
    const shown = await text({});
    expect(shown).toMatch(/^Acuerdo de Ana Ruiz\n\n/);
    expect(shown).toContain('Esto termina el 15 de junio de 2027.');
    const { consent: made } = await record({
      method: 'VERBAL_WITNESSED',
      witness: 'Pat',
      readAloud: true,
    });
    expect(made).toMatchObject({ statement: shown, readAloud: true, kind: 'AGENCY' });
    const english = await text({ language: 'en', expiresOn: null, expiryEvent: 'I find work' });
    expect(english).toContain('You get the same care if you say no.');
    expect(english).toContain('This ends when this happens: I find work');
  });

  it('says what the laws of the most sensitive matters ask', async () => {
    const house = await organization(hub, { name: 'Recovery House' });
    const about = { allAgencies: null, granteeOrganizationId: house.id, evidence: 'Form', language: 'en' };
    const use = await text({ ...about, sensitivities: ['SUBSTANCE_USE'] });
    expect(use).toContain('42 CFR Part 2');
    expect((await record({ ...about, sensitivities: ['SUBSTANCE_USE'] })).consent.kind).toBe('SUBSTANCE_USE');
    const violence = { ...about, sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] };
    expect(await text(violence)).toContain('Nobody may make you agree to this in order to get help.');
    expect((await record({ ...violence, expiresOn: '2026-12-13' })).userErrors).toEqual([
      { code: 'TOO_LONG', field: 'expiresOn' },
    ]);
    expect((await record({ ...violence, expiresOn: '2026-12-12' })).userErrors).toEqual([]);
  });

  it('may name one person around the patient, never for sensitive matters', async () => {
    const owner = { organizationId: me.organization.id };
    const daughter = await relatedPerson(hub, owner, mine, { name: 'Rosa', relationship: 'daughter' });
    const family = {
      allAgencies: null,
      granteeRelatedPersonId: daughter,
      purpose: 'FAMILY_INVOLVEMENT',
      evidence: 'Form',
    };
    const { consent: made } = await record(family);
    expect(made).toMatchObject({ kind: 'FAMILY', granteeRelatedPerson: { name: 'Rosa' } });
    expect(made.statement).toContain('Rosa (daughter)');
    const refused = async (input: object) => (await record({ ...family, ...input })).userErrors;
    expect(await refused({ sensitivities: ['HIV'] })).toEqual([{ code: 'NOT_FOR_FAMILY', field: 'sensitivities' }]);
    expect(await refused({ purpose: 'REFERRAL' })).toEqual([{ code: 'NOT_THIS_PURPOSE', field: 'purpose' }]);
    expect(await refused({ granteeRelatedPersonId: newId() })).toContainEqual({
      code: 'UNKNOWN_PERSON',
      field: 'granteeRelatedPersonId',
    });
    const care = { allAgencies: null, allCareProviders: true, evidence: 'Form', purpose: 'CARE_COORDINATION' };
    expect((await record(care)).userErrors).toEqual([]);
    const screening = { allAgencies: null, kind: 'SCREENING', purpose: 'SCREENING', categories: [], evidence: 'Form' };
    expect((await record(screening)).consent.kind).toBe('SCREENING');
  });
});
