import * as fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careManager, carePrivacyOfficer, careSupervisor, planAnalyst, type Actor } from '../../../test/actors.js';
import { assignment, coverage, need, patient, screening } from '../../../test/caseload-factories.js';
import { insert } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, type Pair } from '../../../test/referral-factories.js';
import { testSecret } from '../../../test/secret.js';
import { urlFor } from '../../platform/database/roles.js';
import { newId } from '../../platform/id.js';

const READ = 'query ($id: ID!) { patient(id: $id) { id displayName restricted } }';
const FIND = 'query ($text: String) { patients(filter: { text: $text }) { edges { node { id } } } }';
const OPEN = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { access { id closesAt viewerIsIn patient { id } } userErrors { code field } } }`;
const CLOSE =
  'mutation ($id: ID!) { closeEmergency(input: { id: $id }) { access { closesAt viewerIsIn } userErrors { code } } }';
const REVIEW = `mutation ($input: ReviewEmergencyInput!) { reviewEmergency(input: $input) { access { verdict reviewNote reviewedAt } userErrors { code field } } }`;
const LIST = `query { emergencyAccesses(first: 50) { edges { node { id userName reason words nature verdict patient { displayName } } } } }`;
const PROTECT = `mutation ($input: RestrictPatientInput!) { restrictPatient(input: $input) { patient { restricted careTeam { id } } userErrors { code field } } }`;
const LOG = `query ($id: ID!) { patientAccesses(patientId: $id, first: 100) { edges { node { actorName action purpose words } } } }`;
const WORDS = 'She was brought to the emergency room.';

let hub: TestHub;
let between: Pair;
let manager: Actor;
let colleague: Actor;
let supervisor: Actor;
let officer: Actor;
let id: string;

beforeAll(async () => {
  hub = await testHub({ now: new Date() });
  between = await pair(hub);
  manager = between.sender;
  const here = { organization: manager.organization };
  colleague = await careManager(hub, here);
  supervisor = await careSupervisor(hub, here);
  officer = await carePrivacyOfficer(hub, here);
});
afterAll(() => hub.stop());

const own = () => ({ organizationId: manager.organization.id });
const opened = async (who: Actor, given: object = {}) =>
  (await who.gql(OPEN, { input: { patientId: id, reason: 'HELP_TODAY', words: WORDS, ...given } })).breakGlass;
const protect = (who: Actor, given: object = {}) =>
  who.gql(PROTECT, { input: { patientId: id, restricted: 'STAFF', ...given } });

describe('a protected record', () => {
  beforeEach(async () => {
    id = await patient(hub, own(), {
      given_name: 'Zora',
      family_name: `Ümlaut${newId().slice(-6)}`,
      birth_date: '1980-04-05',
    });
    await assignment(hub, own(), id, manager.user.id);
    await protect(manager);
  });
  const family = async () =>
    (await hub.sql<{ n: string }>('select family_name as n from hub.patient where id = $1', [id]))[0]!.n;

  it('is seen by its care manager, by whom the team names, and by who reviews; by nobody else', async () => {
    expect((await manager.gql(READ, { id })).patient.restricted).toBe('STAFF');
    expect((await officer.gql(READ, { id })).patient.restricted).toBe('STAFF');
    for (const who of [colleague, supervisor]) {
      expect(await who.codes(READ, { id })).toEqual(['NOT_FOUND']);
      expect((await who.gql(FIND, { text: await family() })).patients.edges).toEqual([]);
    }
    const { restrictPatient } = await protect(manager, { teamUserIds: [colleague.user.id] });
    const team = restrictPatient.patient.careTeam.map((one: { id: string }) => one.id);
    expect(new Set(team)).toEqual(new Set([colleague.user.id, manager.user.id]));
    expect((await colleague.gql(READ, { id })).patient.id).toBe(id);
    expect(await supervisor.codes(READ, { id })).toEqual(['NOT_FOUND']);
    await protect(manager, { teamUserIds: [] });
    expect(await colleague.codes(READ, { id })).toEqual(['NOT_FOUND']);
    await protect(manager, { restricted: null });
    expect((await supervisor.gql(READ, { id })).patient.restricted).toBeNull();
  });

  it('cannot be protected, opened up or given a team by who does not see it', async () => {
    for (const who of [colleague, supervisor]) {
      expect(await who.codes(PROTECT, { input: { patientId: id } })).toEqual(['NOT_FOUND']);
    }
    const stranger = await careManager(hub);
    expect(await stranger.codes(PROTECT, { input: { patientId: id } })).toEqual(['NOT_FOUND']);
    expect((await protect(manager, { teamUserIds: [officer.user.id] })).restrictPatient.userErrors).toMatchObject([
      { code: 'NOT_IN_CARE' },
    ]);
    const alone = await patient(hub, own());
    const input = { patientId: alone, restricted: 'ASKED' };
    expect((await officer.gql(PROTECT, { input })).restrictPatient.userErrors).toMatchObject([
      { code: 'NO_CARE_TEAM' },
    ]);
  });

  it('opens in an emergency for an hour, by its id or by the whole name and the day of birth', async () => {
    const { access } = await opened(supervisor);
    expect(access).toMatchObject({ viewerIsIn: true, patient: { id } });
    expect((await supervisor.gql(READ, { id })).patient.id).toBe(id);
    const left = Date.parse(access.closesAt) - Date.now();
    expect(left > 3_500_000 && left <= 3_600_000).toBe(true);
    const named = {
      patientId: null,
      givenName: 'zora',
      familyName: (await family()).toUpperCase(),
      birthDate: '1980-04-05',
    };
    expect((await opened(colleague, named)).access.patient.id).toBe(id);
    expect((await supervisor.gql(CLOSE, { id: access.id })).closeEmergency.access.viewerIsIn).toBe(false);
    expect(await supervisor.codes(READ, { id })).toEqual(['NOT_FOUND']);
    expect((await colleague.gql(READ, { id })).patient.id).toBe(id);
    await hub.sql(
      `update hub.emergency_access set opened_at = now() - interval '1 hour', ends_at = now() - interval '1 second'`,
    );
    expect(await colleague.codes(READ, { id })).toEqual(['NOT_FOUND']);
  });

  it('is seen exactly as long as an opening runs, whatever its times', async () => {
    const login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    await login.connect();
    const minutes = fc.integer({ min: -130, max: 70 });
    const cases = fc.record({
      from: minutes,
      long: fc.integer({ min: 1, max: 60 }),
      closed: fc.option(minutes),
      mine: fc.boolean(),
    });
    try {
      await fc.assert(
        fc.asyncProperty(cases, async ({ from, long, closed, mine }) => {
          await hub.sql('delete from hub.emergency_access where patient_id = $1', [id]);
          await hub.sql(
            `insert into hub.emergency_access (id, care_org_id, patient_id, user_id, user_name, reason, words, opened_at, ends_at, closed_at)
             values ($1, $2, $3, $4, 'P', 'DANGER', '${WORDS}', now() + make_interval(mins => $5), now() + make_interval(mins => $6), now() + make_interval(mins => $7))`,
            [
              newId(),
              manager.organization.id,
              id,
              mine ? colleague.user.id : manager.user.id,
              from,
              from + long,
              closed,
            ],
          );
          await login.query('begin');
          await login.query('set local role hub_app');
          await login.query(`select set_config('hub.org_id', $1, true), set_config('hub.user_id', $2, true)`, [
            manager.organization.id,
            colleague.user.id,
          ]);
          const { rows } = await login.query('select from hub.patient where id = $1', [id]);
          await login.query('rollback');
          // An opening that was closed, whenever, opens nothing.
          expect(rows.length === 1).toBe(mine && closed === null && from <= 0 && from + long > 0);
        }),
        { numRuns: 60 },
      );
    } finally {
      await login.end();
    }
  });

  it('asks for a reason in words, and for the nature of a medical emergency alone', async () => {
    expect((await opened(colleague, { words: 'urgent' })).userErrors).toMatchObject([
      { code: 'REQUIRED', field: 'words' },
    ]);
    expect((await opened(colleague, { nature: 'Overdose' })).userErrors).toMatchObject([{ code: 'NOT_MEDICAL' }]);
    expect((await opened(colleague, { patientId: null, familyName: 'X' })).userErrors).toMatchObject([
      { code: 'REQUIRED' },
    ]);
    expect(await colleague.codes(READ, { id })).toEqual(['NOT_FOUND']);
  });

  it('is not found by guesses, which are counted and stand in the audit', async () => {
    const guesser = await careManager(hub, { organization: manager.organization });
    const guess = { patientId: null, givenName: 'Zora', familyName: await family(), birthDate: '1980-04-06' };
    for (let n = 0; n < 5; n += 1) {
      expect((await opened(guesser, guess)).userErrors).toMatchObject([{ code: 'NO_SUCH_RECORD' }]);
    }
    expect(await guesser.codes(OPEN, { input: { ...guess, reason: 'DANGER', words: WORDS } })).toEqual([
      'RATE_LIMITED',
    ]);
    const [found] = await hub.sql<{ n: number }>(
      `select count(*)::int as n from hub.audit where action = 'emergency.look-up' and outcome = 'REFUSED' and actor_id = $1`,
      [guesser.user.id],
    );
    expect(found?.n).toBe(5);
  });

  it('opens for nobody of another organization, and not for roles without patients', async () => {
    const stranger = await careManager(hub);
    expect((await opened(stranger)).userErrors).toMatchObject([{ code: 'NO_SUCH_RECORD' }]);
    expect(await stranger.codes(READ, { id })).toEqual(['NOT_FOUND']);
    const input = { patientId: id, reason: 'DANGER', words: WORDS };
    for (const who of [between.agency, officer, await planAnalyst(hub)]) {
      expect(await who.codes(OPEN, { input })).toEqual(['FORBIDDEN']);
    }
  });

  it('tells the privacy officers, who review it; nobody reviews their own', async () => {
    await hub.runJobs();
    hub.mail.letters.length = 0;
    await hub.sql('delete from hub.emergency_access');
    const { access } = await opened(colleague);
    await hub.runJobs();
    const letters = hub.mail.letters.filter(({ to }) => to === officer.user.email);
    expect(letters).toHaveLength(1);
    expect(JSON.stringify(letters)).not.toMatch(new RegExp(`Zora|Ümlaut|${id}|${colleague.user.name}`));
    const { edges } = (await officer.gql(LIST)).emergencyAccesses;
    expect(edges[0].node).toMatchObject({ id: access.id, userName: colleague.user.name, words: WORDS, verdict: null });
    expect(edges[0].node.patient.displayName).toMatch(/^Zora/);
    const review = async (input: object) =>
      (await officer.gql(REVIEW, { input: { id: access.id, ...input } })).reviewEmergency;
    expect((await review({ verdict: 'FOLLOW_UP' })).userErrors).toMatchObject([{ code: 'REQUIRED', field: 'note' }]);
    expect((await review({ verdict: 'FOLLOW_UP', note: 'Ask her.' })).access).toMatchObject({
      verdict: 'FOLLOW_UP',
      reviewNote: 'Ask her.',
    });
    expect(await colleague.codes(REVIEW, { input: { id: access.id, verdict: 'OK' } })).toEqual(['FORBIDDEN']);
    expect(await colleague.codes(LIST)).toEqual(['FORBIDDEN']);
    const elsewhere = await carePrivacyOfficer(hub);
    expect((await elsewhere.gql(LIST)).emergencyAccesses.edges).toEqual([]);
    expect(await elsewhere.codes(REVIEW, { input: { id: access.id, verdict: 'OK' } })).toEqual(['NOT_FOUND']);
    const both = await careManager(hub, {
      organization: manager.organization,
      roles: ['CARE_MANAGER', 'PRIVACY_OFFICER'],
    });
    const mine = (await opened(both)).access;
    expect(
      (await both.gql(REVIEW, { input: { id: mine.id, verdict: 'OK' } })).reviewEmergency.userErrors,
    ).toMatchObject([{ code: 'OWN' }]);
  });

  it('says in who has looked what was done by an emergency, and what was not', async () => {
    await manager.gql(READ, { id });
    await opened(supervisor);
    await supervisor.gql(READ, { id });
    const { edges } = (await officer.gql(LOG, { id })).patientAccesses;
    const lines = edges.map(({ node }: { node: Record<string, string> }) => [
      node['actorName'],
      node['action'],
      node['purpose'],
    ]);
    expect(lines).toContainEqual([supervisor.user.name, 'emergency.open', 'BREAK_GLASS']);
    expect(lines).toContainEqual([supervisor.user.name, 'patient.read', 'BREAK_GLASS']);
    expect(lines).toContainEqual([manager.user.name, 'patient.read', 'CARE_COORDINATION']);
  });

  it('keeps substance use closed in an emergency, unless it is a medical one whose nature is written down', async () => {
    const care = { ...own() };
    const plain = await need(hub, care, id, { label: 'Food' });
    const secret = await need(hub, care, id, { label: 'Treatment', sensitivity: 'SUBSTANCE_USE' });
    const NEEDS = 'query ($id: ID!) { patient(id: $id) { needs { edges { node { id } } } } }';
    const seen = async () =>
      (await colleague.gql(NEEDS, { id })).patient.needs.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const { access } = await opened(colleague, { reason: 'MEDICAL_EMERGENCY' });
    expect(await seen()).toEqual([plain]);
    await colleague.gql(CLOSE, { id: access.id });
    await opened(colleague, { reason: 'MEDICAL_EMERGENCY', nature: 'Overdose' });
    expect(new Set(await seen())).toEqual(new Set([plain, secret]));
    const [row] = await hub.sql(
      `select user_name, nature, opened_at from hub.emergency_access where patient_id = $1 and nature is not null`,
      [id],
    );
    expect(row).toMatchObject({ user_name: colleague.user.name, nature: 'Overdose', opened_at: expect.any(Date) });
  });

  it('leaves no list, count, search, work list or queue, and stays where it was sent', async () => {
    const wide = await pair(hub, between);
    id = wide.patientId;
    await hub.sql(`update hub.patient set risk = 'HIGH' where id = $1`, [id]);
    await coverage(hub, own(), id, { plan_org_id: (await planAnalyst(hub)).organization.id });
    const referralId = await send(wide);
    await protect(manager);
    const ALL = `{ patients(first: 100) { edges { node { id } } } screeningsDue(first: 100) { edges { node { patient { id } } } }
      referrals(first: 100) { edges { node { id patient { id } } } } today { counts { patients screeningsDue } highRisk { id } screeningsDue { id } } }`;
    const before = await supervisor.gql(ALL);
    expect(JSON.stringify(before)).not.toContain(id);
    expect(JSON.stringify(before)).not.toContain(referralId);
    expect(await supervisor.codes('query ($id: ID!) { referral(id: $id) { id } }', { id: referralId })).toEqual([
      'NOT_FOUND',
    ]);
    expect(
      (await between.agency.gql('query ($id: ID!) { referral(id: $id) { status } }', { id: referralId })).referral
        .status,
    ).toBe('REQUESTED');
    await hub.sql('update hub.patient set restricted = null where id = $1', [id]);
    const after = await supervisor.gql(ALL);
    expect(after.today.counts.patients).toBe(before.today.counts.patients + 1);
    expect(JSON.stringify(after)).toContain(referralId);
  });
});

describe('protected rows by raw SQL', () => {
  let login: Client;
  beforeAll(async () => {
    login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    await login.connect();
  });
  afterAll(() => login.end());

  async function as(user: string, statement: string, values: unknown[] = []): Promise<number | string> {
    await login.query('begin');
    try {
      await login.query('set local role hub_app');
      await login.query(`select set_config('hub.org_id', $1, true), set_config('hub.user_id', $2, true)`, [
        manager.organization.id,
        user,
      ]);
      return (await login.query(statement, values)).rowCount ?? 0;
    } catch (error) {
      return String((error as { code?: string }).code);
    } finally {
      await login.query('rollback');
    }
  }

  it('stand behind a second fence in every table that says whom it is about', async () => {
    // Tables that name a person or a referral and an owner, but for settings, and the openings themselves.
    const open = await hub.sql<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'hub'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid and 'hub_app'::regrole = any (p.polroles))
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'protected' and not p.polpermissive)
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('care_org_id', 'from_org_id') and not a.attisdropped)`,
    );
    expect(open.map(({ name }) => name).toSorted()).toEqual(['emergency_access', 'screening_rule']);
  });

  it('are nowhere for a colleague, and cannot be marked, opened, reviewed or made by one', async () => {
    id = await patient(hub, own());
    await assignment(hub, own(), id, manager.user.id);
    await need(hub, own(), id);
    await screening(hub, own(), id, { started_by: manager.user.id });
    await insert(hub, 'patient_event', {
      id: newId(),
      care_org_id: manager.organization.id,
      patient_id: id,
      kind: 'MOVED',
      on_day: '2026-06-01',
      created_at: hub.clock.now(),
    });
    await protect(manager);
    const tables = await hub.sql<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'patient_id' and not a.attisdropped
        where c.relnamespace = 'hub'::regnamespace and c.relkind = 'r' and has_table_privilege('hub_app', c.oid, 'select') order by 1`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      expect([name, await as(colleague.user.id, `select 1 from hub.${name} where patient_id = $1`, [id])]).toEqual([
        name,
        0,
      ]);
    }
    for (const name of ['need', 'screening', 'assignment', 'patient_event']) {
      expect([name, await as(manager.user.id, `select 1 from hub.${name} where patient_id = $1`, [id])]).toEqual([
        name,
        1,
      ]);
    }
    const mine = (statement: string) => as(colleague.user.id, statement, [id]);
    expect(await mine('select 1 from hub.patient where id = $1')).toBe(0);
    expect(await mine('update hub.patient set restricted = null where id = $1')).toBe(0);
    expect(await mine('update hub.need set label = label where patient_id = $1')).toBe(0);
    expect(await mine(`select 1 where hub.restrict_patient($1, null, '{}', now())`)).toBe(0);
    expect(
      await mine(
        `insert into hub.care_team_member (id, care_org_id, patient_id, user_id, added_by, added_at) values (gen_random_uuid(), hub.org(), $1, hub.actor(), hub.actor(), now())`,
      ),
    ).toBe('42501');
    expect(
      await mine(
        `insert into hub.emergency_access (id, care_org_id, patient_id, user_id, user_name, reason, words, opened_at, ends_at) values (gen_random_uuid(), hub.org(), $1, hub.actor(), 'x', 'DANGER', 'ten letters', now(), now() + interval '1 hour')`,
      ),
    ).toBe('42501');
    expect(
      await mine(`update hub.emergency_access set ends_at = now() + interval '9 hours' where patient_id = $1`),
    ).toBe('42501');
    // Whoever sees the row does not lift the mark either, but through the door that is audited.
    expect(await as(manager.user.id, 'update hub.patient set restricted = null where id = $1', [id])).toBe('42501');
  });

  it('are nobody’s for a caller without a person: a key of the organization sees none', async () => {
    expect(await as('', 'select 1 from hub.patient where id = $1', [id])).toBe(0);
  });
});
