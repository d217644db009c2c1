import { parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsAsked, permissionsOf, type Role } from '../../src/access/index.js';
import { DEMO_PEOPLE } from '../../src/demo/accounts.js';
import { fillWhenEmpty } from '../../src/demo/index.js';
import { limitRules } from '../../src/platform/graphql/limits.js';
import { session } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { randomQueries, type RandomQuery } from './random-queries.js';

/*
 * Valid queries at random over the whole API, as everyone who has an account in the demo and as nobody, with ids that
 * exist: whatever is asked, it is answered or refused in the API's own words.
 */
const QUERIES = 300;
const SEED = Number(process.env['HUB_TEST_SEED'] ?? 22);

/** Kinds of things that everybody may read, and their tables. */
const OPEN = {
  service: 'service',
  organization: 'organization',
  location: 'location',
  program: 'program',
  serviceAtLocation: 'service_at_location',
  taxonomy: 'taxonomy',
  taxonomyTerm: 'taxonomy_term',
  unit: 'unit',
};

let hub: TestHub;
let ids: string[];
let idsOf: Record<string, string[]>;
const tokens = new Map<Role | 'NOBODY', string | undefined>([['NOBODY', undefined]]);

beforeAll(async () => {
  hub = await testHub();
  await fillWhenEmpty(hub.platform, hub.app.database.ownerUrl, { patients: 40, services: 60, seed: 5 });
  const tables = await hub.sql<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'hub' and column_name = 'id' and data_type = 'uuid' and table_name not like 'audit%' order by 1`,
  );
  ids = [];
  for (const { name } of tables) {
    ids.push(...(await hub.sql<{ id: string }>(`select id from hub.${name} limit 12`)).map((row) => row.id));
  }
  const care = DEMO_PEOPLE.find(({ place }) => place === 'care')?.email;
  const mine = `(select m.organization_id from hub.membership m join hub.user_account u on u.id = m.user_id where u.email = $1)`;
  const kinds = { patient: 'care_org_id', screening: 'care_org_id', need: 'care_org_id', referral: 'from_org_id' };
  const list = async (sql: string, values: unknown[] = []): Promise<string[]> =>
    (await hub.sql<{ id: string }>(sql, values)).map((row) => row.id);
  idsOf = {};
  for (const [kind, table] of Object.entries(OPEN)) idsOf[kind] = await list(`select id from hub.${table} limit 20`);
  for (const [kind, owner] of Object.entries(kinds)) {
    idsOf[kind] = await list(`select id from hub.${kind} where ${owner} = ${mine} limit 20`, [care]);
  }
  for (const { email, role } of DEMO_PEOPLE) {
    const [member] = await hub.sql<{ id: string; user_id: string; organization_id: string; name: string }>(
      'select m.id, m.user_id, m.organization_id, u.name from hub.membership m join hub.user_account u on u.id = m.user_id where u.email = $1',
      [email],
    );
    if (!member) throw new Error(`${email} is not in the demo`);
    const user = { id: member.user_id, email, name: member.name };
    const organization = { id: member.organization_id, kind: 'CARE' as const, name: '' };
    tokens.set(role, await session(hub, { id: member.id, user, organization, roles: [role] }));
  }
}, 120_000);
afterAll(() => hub.stop());

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown; extensions: { code: string } }[];
}

async function send(call: object, token: string | undefined): Promise<Answer> {
  const response = await fetch(`${await hub.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(call),
  });
  return (await response.json()) as Answer;
}

const EXPECTED = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT', 'RATE_LIMITED']);

/** Queries for one role: of root fields that it may use, and now and then of any. */
function queriesFor(role: Role | 'NOBODY', nth: number, count: number): RandomQuery[] {
  const schema = hub.app.schema();
  const allowed = permissionsOf(role === 'NOBODY' ? [] : [role]);
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  const closed = roots.filter((field) => !permissionsAsked(field.extensions)?.some((one) => allowed.has(one)));
  const without = closed.map((field) => field.name);
  const any = Math.ceil(count / 10);
  return [
    ...randomQueries(schema, SEED + nth, count - any, { ids, idsOf, without }),
    ...randomQueries(schema, SEED - nth, any, { ids, idsOf }),
  ];
}

describe('random valid queries over the whole API', () => {
  it('are valid', () => {
    const schema = hub.app.schema();
    for (const { query } of randomQueries(schema, SEED, QUERIES, { ids, idsOf })) {
      const errors = validate(schema, parse(query), [...specifiedRules, ...limitRules]);
      expect(errors.map((error) => error.message)).toEqual([]);
    }
  });

  it('are answered or refused in words of the API, never by a fault of ours', { timeout: 240_000 }, async () => {
    const faults: unknown[] = [];
    let [asked, answered] = [0, 0];
    for (const [nth, [role, token]] of [...tokens].entries()) {
      for (const call of queriesFor(role, nth + 1, Math.ceil(QUERIES / tokens.size))) {
        const { data, errors = [] } = await send(call, token);
        const odd = errors.filter((error) => !EXPECTED.has(error.extensions.code));
        if (odd.length > 0) faults.push({ role, odd, ...call });
        asked += 1;
        if (data) answered += 1;
      }
    }
    expect(faults).toEqual([]);
    expect(asked).toBeGreaterThanOrEqual(QUERIES);
    expect(answered).toBeGreaterThan(asked / 3);
    const pool = await hub.app.database.requestPool();
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
  });
});
