import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agencyStaff,
  careManager,
  carePrivacyOfficer,
  careSupervisor,
  planAnalyst,
  type Actor,
} from '../../../test/actors.js';
import { assignment, coverage, need, patient, relatedPerson, screening } from '../../../test/caseload-factories.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { countStatements } from '../../platform/database/statements.js';

const LIST = `query ($filter: PatientFilter, $sort: PatientSort, $first: Int, $after: String) {
  patients(filter: $filter, sort: $sort, first: $first, after: $after) { edges { node {
    id displayName ageYears risk language phone careManager { id name roles }
    summary { openNeeds needCategories { code } lastScreenedAt screeningDue } } } pageInfo { hasNextPage endCursor } } }`;
const ONE = `query ($id: ID!) { patient(id: $id) { id givenName displayName version zip county annualIncomeCents viewerCanUpdate careManager { name } } }`;
const REGISTER = `mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) {
  patient { id givenName phone city state zip county language risk contactMethod version careManager { id } ageYears }
  userErrors { code field } } }`;
const UPDATE = `mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) {
  patient { id givenName preferredName phone city zip version veteran } userErrors { code field } } }`;
const ASSIGN = `mutation ($input: AssignPatientInput!) { assignPatient(input: $input) { patient { id careManager { id } } userErrors { code field } } }`;

interface Listed {
  patients: {
    edges: { node: { id: string; displayName: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

describe('patients', () => {
  let hub: TestHub;
  let me: Actor;
  let stranger: Actor;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  const ids = async (actor: Actor, filter: object = {}, sort = 'NAME') =>
    (await actor.gql<Listed>(LIST, { filter, sort, first: 50 })).patients.edges.map((edge) => edge.node.id);

  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    await hub.sql(
      `insert into hub.zip_code values ('21201', 'Baltimore', 'Baltimore City', 'MD', 39.29, -76.62) on conflict do nothing`,
    );
  });
  afterAll(() => hub.stop());

  const fresh = async () => {
    [me, stranger] = await Promise.all([careManager(hub), careManager(hub)]);
  };

  it('are listed in one organization only, whoever asks', async () => {
    await fresh();
    const mine = await patient(hub, own(me));
    const theirs = await patient(hub, own(stranger));
    const partner = await careManager(hub, { organization: me.organization });
    const officer = await carePrivacyOfficer(hub, { organization: me.organization });
    expect(await ids(me)).toEqual([mine]);
    expect(await ids(partner)).toEqual([mine]);
    expect(await ids(officer)).toEqual([mine]);
    expect(await ids(stranger)).toEqual([theirs]);
    for (const outsider of [await agencyStaff(hub), await planAnalyst(hub)]) {
      expect(await outsider.codes(LIST)).toEqual(['FORBIDDEN']);
      expect(await outsider.codes(ONE, { id: mine })).toEqual(['FORBIDDEN']);
    }
    expect(await me.codes(ONE, { id: theirs })).toEqual(['NOT_FOUND']);
    expect((await me.gql(ONE, { id: mine })).patient.viewerCanUpdate).toBe(true);
    expect((await officer.gql(ONE, { id: mine })).patient.viewerCanUpdate).toBe(false);
    expect(await me.codes(UPDATE, { input: { id: theirs, expectedVersion: 1, gender: 'x' } })).toEqual(['NOT_FOUND']);
    expect(await officer.codes(UPDATE, { input: { id: mine, expectedVersion: 1 } })).toEqual(['FORBIDDEN']);
  });

  it('are found by the beginnings of their names, without accents, with a slip of the finger, or by number', async () => {
    await fresh();
    const ana = await patient(hub, own(me), {
      given_name: 'Ana María',
      family_name: 'Rodríguez',
      external_id: 'MRN-7',
    });
    const bob = await patient(hub, own(me), { given_name: 'Robert', preferred_name: 'Bob', family_name: 'Rose' });
    expect(await ids(me, { text: 'rod' })).toEqual([ana]);
    expect(await ids(me, { text: 'maria rodri' })).toEqual([ana]);
    expect(await ids(me, { text: 'rodriquez' })).toEqual([ana]);
    expect(await ids(me, { text: 'bob' })).toEqual([bob]);
    expect(await ids(me, { text: 'ro' })).toEqual([ana, bob]);
    expect(await ids(me, { text: 'MRN-7' })).toEqual([ana]);
    expect(await ids(me, { text: '%' })).toEqual([]);
    expect(await ids(me, { text: 'zzz' })).toEqual([]);
  });

  it('are narrowed by risk, panel, need, screening, status and late answers', async () => {
    await fresh();
    const org = own(me);
    const [high, rising, gone] = [
      await patient(hub, org, { risk: 'HIGH', family_name: 'A' }),
      await patient(hub, org, { risk: 'RISING', family_name: 'B' }),
      await patient(hub, org, { status: 'INACTIVE', family_name: 'C' }),
    ];
    await assignment(hub, org, high, me.user.id);
    await need(hub, org, rising, { category: 'food-insecurity' });
    await need(hub, org, high, { category: 'food-insecurity', status: 'MET' });
    await screening(hub, org, high, { completed_at: new Date('2026-01-01') });
    await screening(hub, org, rising, { completed_at: new Date('2025-06-01') });
    expect(await ids(me, { risk: ['HIGH'] })).toEqual([high]);
    expect(await ids(me, { mine: true })).toEqual([high]);
    expect(await ids(me, { needCategory: 'food-insecurity' })).toEqual([rising]);
    expect(await ids(me, { screeningDue: true })).toEqual([rising]);
    expect(await ids(me, { screeningDue: false })).toEqual([high]);
    expect(await ids(me, { status: 'INACTIVE' })).toEqual([gone]);
    expect(await ids(me, { overdue: true })).toEqual([]);
    expect(await ids(me, { overdue: false })).toEqual([high, rising]);
  });

  it('come in three orders, each once over all pages', async () => {
    await fresh();
    const org = own(me);
    const made: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      made.push(await patient(hub, org, { risk: ['LOW', 'HIGH', 'RISING'][i % 3], family_name: `N${6 - i}` }));
      hub.clock.advance({ seconds: 1 });
    }
    for (const sort of ['RISK', 'NAME', 'RECENT']) {
      const met: string[] = [];
      let after: string | null = null;
      do {
        const page: Listed = await me.gql(LIST, { sort, first: 3, after });
        met.push(...page.patients.edges.map((edge) => edge.node.id));
        after = page.patients.pageInfo.hasNextPage ? page.patients.pageInfo.endCursor : null;
      } while (after);
      expect(met.toSorted()).toEqual(made.toSorted());
      if (sort === 'NAME') expect(met).toEqual(made.toReversed());
      if (sort === 'RECENT') expect(met).toEqual(made.toReversed());
      if (sort === 'RISK') expect(met).toEqual([4, 1, 5, 2, 6, 3, 0].map((i) => made[i]));
    }
  });

  it('take three statements for a page of twenty with summaries and care managers', async () => {
    await fresh();
    const org = own(me);
    for (let i = 0; i < 20; i += 1) {
      const id = await patient(hub, org);
      await assignment(hub, org, id, me.user.id);
      await need(hub, org, id);
    }
    const count = (fields: string) =>
      countStatements(hub.orm, () => me.gql(`{ patients(first: 20) { edges { node { id ${fields} } } } }`));
    const bare = await count('');
    expect(await count('summary { openNeeds screeningDue } careManager { name }')).toBe(bare + 2);
    // One of the statements is the audit's.
    expect(bare).toBe(2);
    await coverage(hub, org, (await ids(me))[0]!);
    await relatedPerson(hub, org, (await ids(me))[0]!);
    const page = await me.gql(
      '{ patients(first: 20) { edges { node { coverages { memberId plan { name } } relatedPersons { name } } } } }',
    );
    expect(
      page.patients.edges.some((edge: { node: { coverages: unknown[] } }) => edge.node.coverages.length === 1),
    ).toBe(true);
    expect(await count('coverages { plan { name } } relatedPersons { name } consents { id }')).toBeLessThanOrEqual(
      bare + 4,
    );
  });

  it('are registered with what was typed put in order', async () => {
    await fresh();
    const input = {
      givenName: '  Ana   María ',
      familyName: 'Rodríguez',
      birthDate: '1970-06-16',
      phone: '(410) 555-0123',
      zip: '21201-1234',
      language: 'es',
      assignToMe: true,
      email: 'ana@example.org',
      idempotencyKey: 'first-try',
    };
    const first = await me.gql(REGISTER, { input });
    expect(first.registerPatient).toEqual({
      patient: {
        id: expect.any(String),
        givenName: 'Ana María',
        phone: '+14105550123',
        city: 'Baltimore',
        state: 'MD',
        zip: '21201',
        county: 'Baltimore City',
        language: 'es',
        risk: 'LOW',
        contactMethod: 'PHONE',
        version: 1,
        careManager: { id: me.user.id },
        ageYears: 55,
      },
      userErrors: [],
    });
    const again = await me.gql(REGISTER, { input });
    expect(again.registerPatient.patient.id).toBe(first.registerPatient.patient.id);
    expect(await ids(me)).toHaveLength(1);
  });

  it('are refused with every wrong field named, and nothing is kept', async () => {
    await fresh();
    const input = {
      givenName: ' ',
      familyName: '123',
      birthDate: '2026-06-16',
      phone: '12345',
      email: 'nobody',
      zip: '00000',
      language: 'klingon!',
      state: 'Maryland',
      householdSize: 0,
      annualIncomeCents: 1.5,
      assignToMe: true,
    };
    const supervisor = await careSupervisor(hub, { organization: me.organization });
    const { registerPatient } = await supervisor.gql(REGISTER, { input });
    expect(registerPatient.patient).toBeNull();
    expect(registerPatient.userErrors.map((error: { field: string }) => error.field).toSorted()).toEqual(
      Object.keys(input).toSorted(),
    );
    expect(await ids(me)).toEqual([]);
    await patient(hub, own(me), { external_id: 'A1' });
    const person = { givenName: 'A', familyName: 'B', birthDate: '1980-01-01' };
    const taken = await me.gql(REGISTER, { input: { ...person, externalId: 'A1' } });
    expect(taken.registerPatient.userErrors).toEqual([{ code: 'TAKEN', field: 'externalId' }]);
    const elsewhere = await stranger.gql(REGISTER, { input: { ...person, externalId: 'A1' } });
    expect(elsewhere.registerPatient.userErrors).toEqual([]);
  });

  it('keep what is left out, lose what is null, and meet a version that is old with CONFLICT', async () => {
    await fresh();
    const id = await patient(hub, own(me), { preferred_name: 'Annie', phone: '+14105550123', is_veteran: true });
    const changed = await me.gql(UPDATE, { input: { id, expectedVersion: 1, preferredName: null, zip: '21201' } });
    expect(changed.updatePatient.patient).toMatchObject({
      preferredName: null,
      phone: '+14105550123',
      zip: '21201',
      city: 'Baltimore',
      version: 2,
      veteran: true,
    });
    expect(await me.codes(UPDATE, { input: { id, expectedVersion: 1, gender: 'woman' } })).toEqual(['CONFLICT']);
    const cleared = await me.gql(UPDATE, { input: { id, expectedVersion: 2, givenName: null, risk: null } });
    expect(cleared.updatePatient.userErrors.map((error: { field: string }) => error.field)).toEqual([
      'givenName',
      'risk',
    ]);
  });

  it('of two changes at once one is kept and the other is a CONFLICT', async () => {
    await fresh();
    const id = await patient(hub, own(me));
    const change = (gender: string) => me.codes(UPDATE, { input: { id, expectedVersion: 1, gender } });
    const codes = await Promise.all([change('a'), change('b'), change('c')]);
    expect(codes.flat().toSorted()).toEqual(['CONFLICT', 'CONFLICT']);
  });

  it('are assigned by a supervisor, to a care manager of the organization only', async () => {
    await fresh();
    const id = await patient(hub, own(me));
    const supervisor = await careSupervisor(hub, { organization: me.organization });
    const officer = await carePrivacyOfficer(hub, { organization: me.organization });
    expect(await me.codes(ASSIGN, { input: { patientId: id, userId: me.user.id } })).toEqual(['FORBIDDEN']);
    for (const wrong of [officer.user.id, stranger.user.id]) {
      const { assignPatient } = await supervisor.gql(ASSIGN, { input: { patientId: id, userId: wrong } });
      expect(assignPatient.userErrors).toEqual([{ code: 'NOT_A_CARE_MANAGER', field: 'userId' }]);
    }
    const colleague = await careManager(hub, { organization: me.organization });
    for (const who of [me, colleague, colleague]) {
      const { assignPatient } = await supervisor.gql(ASSIGN, { input: { patientId: id, userId: who.user.id } });
      expect(assignPatient.patient.careManager.id).toBe(who.user.id);
    }
    expect(
      await hub.sql(
        'select user_id, ends_at is null as open from hub.assignment where patient_id = $1 order by starts_at, id',
        [id],
      ),
    ).toEqual([
      { user_id: me.user.id, open: false },
      { user_id: colleague.user.id, open: true },
    ]);
    const other = await careSupervisor(hub, { organization: await organization(hub, { kind: 'CARE' }) });
    expect(await other.codes(ASSIGN, { input: { patientId: id, userId: other.user.id } })).toEqual(['NOT_FOUND']);
  });

  it('leave a trace of every look and change, without a name or what was typed', async () => {
    await fresh();
    const id = await patient(hub, own(me), { given_name: 'Secretname' });
    await me.gql(LIST, { filter: { text: 'secretn' } });
    await me.gql(ONE, { id });
    await me.gql(UPDATE, { input: { id, expectedVersion: 1, gender: 'woman' } });
    await me.codes(UPDATE, { input: { id, expectedVersion: 1, gender: 'man' } });
    const trace = await hub.sql(
      `select action, outcome, patient_id, purpose, detail from hub.audit where org_id = $1 order by at, id`,
      [me.organization.id],
    );
    expect(trace.map((row) => row['action'])).toEqual(['patient.search', 'patient.read', 'patient.update']);
    expect(trace[0]).toMatchObject({
      detail: { count: 1, filters: ['text'] },
      patient_id: null,
      purpose: 'CARE_COORDINATION',
    });
    expect(trace[1]).toMatchObject({ patient_id: id });
    expect(JSON.stringify(trace).toLowerCase()).not.toContain('secretn');
  });
});
