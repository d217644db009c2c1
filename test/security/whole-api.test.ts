import { parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/index.js';
import { DEMO_PEOPLE } from '../../src/demo/accounts.js';
import { fillWhenEmpty } from '../../src/demo/index.js';
import { limitRules } from '../../src/platform/graphql/limits.js';
import { session } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { randomQueries } from './random-queries.js';

/*
 * Valid queries at random over the whole API, as everyone who has an account in the demo and as nobody, with ids that
 * exist: whatever is asked, it is answered or refused in the API's own words.
 */
const QUERIES = 300;
const SEED = Number(process.env['HUB_TEST_SEED'] ?? 22);

let hub: TestHub;
let ids: string[];
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

const EXPECTED = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT']);

describe('random valid queries over the whole API', () => {
  it('are valid', () => {
    const schema = hub.app.schema();
    for (const { query } of randomQueries(schema, SEED, QUERIES, { ids })) {
      expect(validate(schema, parse(query), [...specifiedRules, ...limitRules]).map((error) => error.message)).toEqual(
        [],
      );
    }
  });

  it('are answered or refused in words of the API, never by a fault of ours', { timeout: 180_000 }, async () => {
    const everyone = [...tokens];
    const queries = randomQueries(hub.app.schema(), SEED, QUERIES, { ids });
    const faults: unknown[] = [];
    let answered = 0;
    for (const [index, call] of queries.entries()) {
      const [role, token] = everyone[index % everyone.length] ?? ['NOBODY', undefined];
      const { data, errors = [] } = await send(call, token);
      const odd = errors.filter((error) => !EXPECTED.has(error.extensions.code));
      if (odd.length > 0) faults.push({ role, odd, ...call });
      if (data) answered += 1;
    }
    expect(faults).toEqual([]);
    expect(answered).toBeGreaterThan(QUERIES / 10);
    const pool = await hub.app.database.requestPool();
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
  });
});
