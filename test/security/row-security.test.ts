import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlFor } from '../../src/platform/database/roles.js';
import { newId } from '../../src/platform/id.js';
import { membership, type MembershipRow } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { testSecret } from '../secret.js';
import { plantEverything } from './plant.js';

/** Tables that hold nobody: the public directory, reference data and the migrations. Everything else is fenced. */
const PUBLIC = [
  'accessibility',
  'address',
  'agency_answers',
  'agency_times',
  'answering_times',
  'attribute',
  'contact',
  'cost_option',
  'duplicate_candidate',
  'derived_category',
  'empty_search',
  'field_assurance',
  'field_owner',
  'funding',
  'gap_count',
  'gap_month',
  'hsds_tombstone',
  'import_conflict',
  'import_problem',
  'import_run',
  'import_source',
  'import_upload',
  'instrument',
  'language',
  'listing_key',
  'listing_merge',
  'listing_use',
  'location',
  'meta_table_description',
  'metadata',
  'migration',
  'organization',
  'organization_identifier',
  'phone',
  'plain_category',
  'population_period',
  'program',
  'required_document',
  'retire_proposal',
  'schedule',
  'search_area',
  'search_document',
  'search_eligibility',
  'search_hours',
  'search_name',
  'search_name_word',
  'search_push',
  'search_source',
  'search_state',
  'search_synonym',
  'search_word',
  'service',
  'service_area',
  'service_at_location',
  'service_capacity',
  'synonym_change',
  'taxonomy',
  'taxonomy_term',
  'term_category',
  'unit',
  'url',
  'zip_code',
];

/** Denied, by a grant that is missing or by a policy. */
const DENIED = '42501';

interface Fenced {
  name: string;
  /** All but the computed ones. */
  columns: string[];
  /** The owner columns its policy for the app compares with the caller's organization. */
  owners: string[];
}

describe('row-level security', () => {
  let hub: TestHub;
  let login: Client;
  let planted: MembershipRow;
  let other: MembershipRow;
  let fenced: Fenced[];

  beforeAll(async () => {
    hub = await testHub({ now: new Date() });
    login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    await login.connect();
    planted = await plantEverything(hub);
    other = await membership(hub, { kind: 'CARE' });
    const tables = await hub.sql<{ name: string; columns: string[] }>(
      `select relname as name, array(select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns from pg_class where relnamespace = 'hub'::regnamespace and relkind in ('r', 'p')
         and relrowsecurity order by relname`,
    );
    const policies = await hub.sql<{ tablename: string; qual: string | null; with_check: string | null }>(
      `select tablename, qual, with_check from pg_policies where schemaname = 'hub' and 'hub_app' = any(roles)`,
    );
    fenced = tables.map(({ name, columns }) => {
      const rules = policies
        .filter((policy) => policy.tablename === name)
        .map(({ qual, with_check }) => `${qual} ${with_check}`);
      const owners = [...rules.join(' ').matchAll(/(\w+) = hub\.org\(\)/g)].map(([, column]) => column ?? '');
      return { name, columns, owners: columns.filter((column) => owners.includes(column)) };
    });
  });
  afterAll(async () => {
    await login.end();
    await hub.stop();
  });

  /** Runs one statement as the app, for an organization and a person; the answer, or the code of the refusal. */
  async function asApp(sql: string, who: { org?: string; user?: string } = {}, params: unknown[] = []) {
    await login.query('begin');
    try {
      await login.query('set local role hub_app');
      await login.query(`select set_config('hub.org_id', $1, true), set_config('hub.user_id', $2, true)`, [
        who.org ?? '',
        who.user ?? '',
      ]);
      const { rowCount, rows } = await login.query<{ n?: number }>(sql, params);
      return { count: rows[0]?.n ?? rowCount ?? 0, denied: false };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== DENIED) throw error;
      return { count: 0, denied: true };
    } finally {
      await login.query('rollback');
    }
  }
  const count = (table: string) => `select count(*)::int as n from hub.${table}`;

  it('fences every table that is not known to be public', async () => {
    const open = await hub.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'hub'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
         and not relrowsecurity and not relispartition order by relname`,
    );
    expect(open.map(({ name }) => name).filter((name) => !PUBLIC.includes(name))).toEqual([]);
  });

  it('gives nobody a partition: the fence of a table does not hold for its parts', async () => {
    const parts = await hub.sql(
      `select c.relname, r.rolname from pg_class c, pg_roles r where c.relnamespace = 'hub'::regnamespace and c.relispartition
         and r.rolname in ('hub_app', 'hub_task', 'hub_auditor', 'hub_auth', 'hub_worker', 'hub_login')
         and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate')`,
    );
    expect(parts).toEqual([]);
  });

  it('binds the app: it owns nothing, bypasses nothing, and the role it signs in with has no rights', async () => {
    const roles = await hub.sql<{ rolname: string }>(
      `select rolname, rolsuper, rolbypassrls from pg_roles where rolname like 'hub\\_%' and (rolsuper or rolbypassrls)`,
    );
    expect(roles).toEqual([]);
    const owned = await hub.sql(
      `select relname from pg_class where relnamespace = 'hub'::regnamespace and relowner in (select oid from pg_roles where rolname like 'hub\\_%')`,
    );
    expect(owned).toEqual([]);
    for (const { name } of fenced) await expect(login.query(count(name))).rejects.toMatchObject({ code: DENIED });
  });

  it('has a row of the planted organization in every fenced table, or these tests would prove nothing', async () => {
    // Nobody's: what only the hub itself reads.
    const own = [
      'letter_left',
      'mail_outbox',
      'oidc_flow',
      'oidc_link',
      'password_reset',
      'rate_limit',
      'recovery_code',
    ];
    const empty: string[] = [];
    for (const { name } of fenced) {
      const [row] = await hub.sql<{ n: number }>(count(name));
      if (row?.n === 0 && !own.includes(name)) empty.push(name);
    }
    expect(empty).toEqual([]);
    for (const table of own) expect((await asApp(count(table), { org: planted.organization.id })).denied).toBe(true);
  });

  it('shows another organization nothing, in any table', async () => {
    const shown: string[] = [];
    for (const { name } of fenced) {
      const nobody = await asApp(count(name), { org: newId(), user: newId() });
      const nothing = await asApp(count(name));
      if (nobody.count > 0 || nothing.count > 0) shown.push(name);
    }
    expect(shown).toEqual([]);
    const who = { org: other.organization.id, user: other.user.id };
    for (const table of ['patient', 'consent', 'need', 'screening_answer', 'referral', 'disclosure']) {
      expect(await asApp(count(table), who)).toEqual({ count: 0, denied: false });
    }
    expect(await asApp(count('membership'), who)).toEqual({ count: 1, denied: false });
  });

  it('shows its own organization what is its own', async () => {
    const who = { org: planted.organization.id, user: planted.user.id };
    for (const { name, owners } of fenced) {
      const own = await asApp(count(name), who);
      if (owners.length > 0 && !own.denied) expect([name, own.count > 0]).toEqual([name, true]);
    }
    for (const table of [
      'patient',
      'related_person',
      'assignment',
      'coverage',
      'consent',
      'screening',
      'screening_answer',
      'need',
    ]) {
      expect(await asApp(count(table), who)).toEqual({ count: 1, denied: false });
    }
  });

  it('lets another organization change and delete nothing', async () => {
    const who = { org: other.organization.id, user: newId() };
    const changed: string[] = [];
    for (const { name, owners } of fenced) {
      const [column] = owners;
      if (!column) continue;
      const results = [
        await asApp(`update hub.${name} set ${column} = ${column}`, who),
        await asApp(`delete from hub.${name}`, who),
      ];
      // What it changed of its own (its one membership) is fine.
      if (results.some((result) => result.count > 0) && name !== 'membership') changed.push(name);
    }
    expect(changed).toEqual([]);
  });

  it('lets nobody move a row out of their own reach, into another organization’s hands', async () => {
    const who = { org: planted.organization.id, user: planted.user.id };
    const moved: string[] = [];
    for (const { name, owners } of fenced.filter((table) => table.owners.length > 0)) {
      const set = owners.map((column) => `${column} = '${other.organization.id}'`).join(', ');
      if (!(await asApp(`update hub.${name} set ${set}`, who)).denied) moved.push(name);
    }
    expect(moved).toEqual([]);
  });

  it('lets nobody put a row into another organization', async () => {
    const who = { org: other.organization.id, user: other.user.id };
    const put: string[] = [];
    for (const { name, columns } of fenced.filter((table) => table.owners.length > 0)) {
      const [row] = await hub.sql<{ row: object }>(
        `select to_jsonb(t) as row from hub.${name} t where to_jsonb(t)::text like '%${planted.organization.id}%' limit 1`,
      );
      if (!row) continue;
      // The policy judges a row before its key is found to be taken.
      const list = columns.join(', ');
      const copy = `insert into hub.${name} (${list}) select ${list} from jsonb_populate_record(null::hub.${name}, $1)`;
      if (!(await asApp(copy, who, [JSON.stringify(row.row)])).denied) put.push(name);
    }
    expect(put).toEqual([]);
  });

  it('lets the app add to the audit and do nothing else with it', async () => {
    const who = { org: planted.organization.id, user: planted.user.id };
    const add = `insert into hub.audit (id, org_id, via, action) values ($1, $2, 'SESSION', 'patient.read')`;
    expect(await asApp(add, who, [newId(), who.org])).toEqual({ count: 1, denied: false });
    expect((await asApp(add, who, [newId(), other.organization.id])).denied).toBe(true);
    for (const sql of [
      count('audit'),
      `update hub.audit set action = 'x'`,
      'delete from hub.audit',
      'truncate hub.audit',
      `insert into hub.audit (id, org_id, via, action, at) values ('${newId()}', '${who.org}', 'SESSION', 'x', '2026-01-01')`,
    ]) {
      expect([sql, (await asApp(sql, who)).denied]).toEqual([sql, true]);
    }
  });
});
