import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Query, Resolver } from 'type-graphql';
import { memoryCookies } from '../platform/http/request.js';
import { createApollo } from '../platform/graphql/apollo.js';
import { countStatements } from '../platform/database/statements.js';
import { newId } from '../platform/id.js';
import { notify } from '../platform/live/live.js';
import type { TestHub } from '../../test/hub.js';
import { gate, MemoResolver, someone, tinyHub } from '../../test/security/tiny.js';
import type { Caller } from './caller.js';
import { openContext, settle, type HubContext } from './context.js';
import { buildHubSchema, schemaText } from './schema.js';

let hub: TestHub;
let run: (caller: Caller | null, query: string, variables?: Record<string, unknown>) => Promise<Answer>;

interface Answer {
  data?: Record<string, any> | null; // oxlint-disable-line typescript/no-explicit-any -- answers are read as they come
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}
const codes = (answer: Answer): unknown[] => (answer.errors ?? []).map((error) => error.extensions?.['code']);

beforeAll(async () => {
  hub = await tinyHub();
  const apollo = await createApollo<HubContext>({ schema: buildHubSchema([MemoResolver]), production: true, settle });
  run = async (caller, query, variables = {}) => {
    const request = { id: newId(), ip: '127.0.0.1', userAgent: null, acceptLanguage: null, cookies: memoryCookies() };
    const contextValue = openContext(hub.platform, caller, request);
    const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('one answer was expected');
    return body.singleResult as Answer;
  };
});
afterAll(() => hub.stop());

const write = `mutation ($input: WriteMemoInput!) { writeMemo(input: $input) { memo { id body } userErrors { code message field } } }`;
const memosOf = (caller: Caller) =>
  hub.sql<{ id: string; body: string }>('select id, body from hub.memo where owner_id = $1', [caller.organizationId]);
const auditOf = (caller: Caller) =>
  hub.sql<{ action: string; outcome: string; actor_id: string; patient_org_id: string; roles: string[] }>(
    'select * from hub.audit where org_id = $1 order by id',
    [caller.organizationId],
  );

describe('permissions', () => {
  it('stop a schema with a root field that says none', () => {
    @Resolver()
    class Careless {
      @Query(() => String)
      open(): string {
        return '';
      }
    }
    expect(() => buildHubSchema([Careless])).toThrow('Query.open says no permission');
  });

  it('stand in the descriptions', () => {
    const text = schemaText(buildHubSchema([MemoResolver]));
    expect(text).toContain('One memo. Needs permission `patient.read`.');
    expect(text).toContain('Greets. Open to everyone.');
    expect(text).toContain('Only for privacy officers. Needs permission `audit.read`.');
    expect(text).toBe(schemaText(buildHubSchema([MemoResolver])));
  });

  it('ask strangers to sign in and refuse others', async () => {
    expect(codes(await run(null, '{ memos { edges { cursor } } }'))).toEqual(['UNAUTHENTICATED']);
    expect(codes(await run(someone('AGENCY_STAFF'), '{ memos { edges { cursor } } }'))).toEqual(['FORBIDDEN']);
    expect(codes(await run(someone('CARE_MANAGER'), '{ memos { edges { cursor } } }'))).toEqual([]);
    expect((await run(null, '{ hello }')).data).toEqual({ hello: 'hello you' });
  });

  it('refuse a mutation before it opens a transaction', async () => {
    const statements = await countStatements(hub.orm, async () => {
      expect(codes(await run(someone('PLAN_ANALYST'), write, { input: { body: 'x' } }))).toEqual(['FORBIDDEN']);
    });
    expect(statements).toBe(0);
  });

  it('guard a field inside a type alone', async () => {
    const caller = someone('CARE_MANAGER');
    await run(caller, write, { input: { body: 'a' } });
    const answer = await run(caller, '{ memos { edges { node { body secret } } } }');
    expect(answer.data?.['memos'].edges).toEqual([{ node: { body: 'a', secret: null } }]);
    expect(codes(answer)).toEqual(['FORBIDDEN']);
  });
});

describe('a mutation', () => {
  it('is saved whole, with its audit', async () => {
    const caller = someone('CARE_MANAGER');
    const { data } = await run(caller, write, { input: { body: 'kept' } });
    expect(data?.['writeMemo']).toMatchObject({ memo: { body: 'kept' }, userErrors: [] });
    expect(await memosOf(caller)).toHaveLength(1);
    expect(await auditOf(caller)).toMatchObject([
      {
        action: 'memo.write',
        outcome: 'ALLOWED',
        actor_id: caller.userId,
        roles: ['CARE_MANAGER'],
        patient_org_id: caller.organizationId,
      },
    ]);
  });

  it('that is refused leaves nothing but the refusal in the audit', async () => {
    const caller = someone('CARE_MANAGER');
    const { data, errors } = await run(caller, write, { input: { body: 'x', trouble: 'refuse' } });
    expect(errors).toBeUndefined();
    expect(data?.['writeMemo']).toEqual({
      memo: null,
      userErrors: [{ code: 'NO_PAPER', message: 'There is no paper left.', field: 'body' }],
    });
    expect(await memosOf(caller)).toEqual([]);
    expect(await auditOf(caller)).toMatchObject([{ action: 'memo.write', outcome: 'REFUSED' }]);
  });

  it('that fails is rolled back and says nothing of why', async () => {
    const caller = someone('CARE_MANAGER');
    const answer = await run(caller, write, { input: { body: 'x', trouble: 'throw' } });
    expect(codes(answer)).toEqual(['INTERNAL']);
    expect(JSON.stringify(answer)).not.toContain('secret words');
    expect(answer.errors?.[0]?.extensions?.['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await memosOf(caller)).toEqual([]);
  });

  it('is one transaction per field: the first stays when the second is refused', async () => {
    const caller = someone('CARE_MANAGER');
    const { data } = await run(
      caller,
      `mutation { a: writeMemo(input: { body: "first" }) { memo { body } userErrors { code } }
                  b: writeMemo(input: { body: "second", trouble: "refuse" }) { memo { body } userErrors { code } }
                  c: writeMemo(input: { body: "third" }) { memo { body } userErrors { code } } }`,
    );
    expect(data?.['b']).toEqual({ memo: null, userErrors: [{ code: 'NO_PAPER' }] });
    expect((await memosOf(caller)).map((memo) => memo.body).toSorted()).toEqual(['first', 'third']);
  });

  it('with the same key happens once, and the key cannot be used for another', async () => {
    const caller = someone('CARE_MANAGER');
    const input = { body: 'once', idempotencyKey: 'key-0001' };
    const [first, second] = await Promise.all([run(caller, write, { input }), run(caller, write, { input })]);
    const third = await run(caller, write, { input });
    const ids = [first, second, third].map((answer) => answer.data?.['writeMemo'].memo.id);
    expect(new Set(ids).size).toBe(1);
    expect(await memosOf(caller)).toHaveLength(1);
    const other = await run(caller, write, { input: { ...input, body: 'twice' } });
    expect(other.data?.['writeMemo'].userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' },
    ]);
    const stranger = await run(someone('CARE_MANAGER'), write, { input });
    expect(stranger.data?.['writeMemo'].userErrors).toEqual([]);
  });
});

describe('input', () => {
  it('that breaks a rule names the field and not the value', async () => {
    const answer = await run(someone('CARE_MANAGER'), write, { input: { body: 'Rosa '.repeat(20) } });
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.extensions?.['fields']).toEqual([
      { field: 'body', message: 'must be shorter than or equal to 40 characters' },
    ]);
    expect(JSON.stringify(answer)).not.toContain('Rosa');
  });

  it('of the wrong type names where and what, and not the value', async () => {
    const wrong = await run(someone('CARE_MANAGER'), write, { input: { body: { name: 'Rosa' } } });
    expect(wrong.errors).toMatchObject([
      { message: 'input.body: a value of type String is expected', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    const missing = await run(someone('CARE_MANAGER'), write, { input: { trouble: 'Rosa' } });
    expect(missing.errors?.[0]?.message).toBe('input.body: a value of type String! is required');
    const literal = await run(null, '{ hello(name: 5000112222) }');
    expect(JSON.stringify([wrong, missing, literal])).not.toMatch(/Rosa|5000112222/);
  });

  it('that is no id or no text is refused before the database sees it', async () => {
    const caller = someone('CARE_MANAGER');
    expect(codes(await run(caller, '{ memo(id: "7") { body } }'))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await run(caller, write, { input: { body: 'a\u0000b' } }))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await run(caller, '{ memos(after: "bm9uc2Vuc2U") { edges { cursor } } }'))).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(codes(await run(caller, '{ memos(first: 101) { edges { cursor } } }'))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await run(caller, '{ memos(first: 1, last: 1) { edges { cursor } } }'))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('policies', () => {
  const [mine, partner, stranger] = [someone('CARE_MANAGER'), someone('CARE_MANAGER'), someone('CARE_MANAGER')];
  let id: string;
  beforeEach(async () => {
    id = newId();
    await hub.sql('insert into hub.memo values ($1, $2, $3, $4)', [
      id,
      mine.organizationId,
      partner.organizationId,
      'ours',
    ]);
  });
  const read = '{ memo(id: "ID") { body } }';
  const give = 'mutation ($input: GiveMemoInput!) { giveMemo(input: $input) { memo { id } userErrors { code } } }';

  it('show a row to its owner and its partner, and to nobody else', async () => {
    const query = read.replace('ID', id);
    expect((await run(mine, query)).data).toEqual({ memo: { body: 'ours' } });
    expect((await run(partner, query)).data).toEqual({ memo: { body: 'ours' } });
    expect(codes(await run(stranger, query))).toEqual(['NOT_FOUND']);
    expect(codes(await run(mine, read.replace('ID', newId())))).toEqual(['NOT_FOUND']);
  });

  it('let only the owner change it: FORBIDDEN for who may see it, NOT_FOUND for who may not', async () => {
    const input = { id, ownerId: newId() };
    expect(codes(await run(partner, give, { input }))).toEqual(['FORBIDDEN']);
    expect(codes(await run(stranger, give, { input }))).toEqual(['NOT_FOUND']);
  });

  it('keep an owner from moving a row out of reach', async () => {
    const input = { id, ownerId: stranger.organizationId };
    expect(codes(await run(mine, give, { input }))).toEqual(['FORBIDDEN']);
    expect(await hub.sql('select owner_id from hub.memo where id = $1', [id])).toEqual([
      { owner_id: mine.organizationId },
    ]);
  });

  it('deny an entity and an action without a rule', async () => {
    const { load } = await import('./policy.js');
    const ctx = openContext(hub.platform, mine, {
      id: '',
      ip: '',
      userAgent: null,
      acceptLanguage: null,
      cookies: memoryCookies(),
    });
    const { Memo } = await import('../../test/security/tiny.js');
    await expect(load(ctx, Memo, id, 'destroy')).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await settle(ctx);
  });
});

describe('the audit of a transaction', () => {
  const open = () => {
    const caller = someone('CARE_MANAGER');
    const request = { id: newId(), ip: '127.0.0.1', userAgent: null, acceptLanguage: null, cookies: memoryCookies() };
    return { caller, ctx: openContext(hub.platform, caller, request) };
  };

  it('is written once with all of its lines, beside what it lets others know', async () => {
    const { caller, ctx } = open();
    const actions = Array.from({ length: 20 }, (_, n) => `memo.${n}`);
    await ctx.db.write(async (em) => {
      for (const action of actions) ctx.audit.record({ action, detail: { said: "it's", count: 1, of: ['a"b', '{}'] } });
      await ctx.audit.flush(em);
      await notify(em, 'memo', caller.organizationId, newId());
    });
    await settle(ctx);
    const lines = await auditOf(caller);
    expect(lines.map(({ action, outcome }) => [action, outcome])).toEqual(actions.map((action) => [action, 'ALLOWED']));
    expect(lines.at(-1)).toMatchObject({
      detail: { said: "it's", count: 1, of: ['a"b', '{}'] },
      roles: ['CARE_MANAGER'],
    });
  });

  it('waits again when that fails after it was written, and then says that it was refused', async () => {
    const { caller, ctx } = open();
    const failing = ctx.db.write(async (em) => {
      ctx.audit.record({ action: 'memo.write' });
      await ctx.audit.flush(em);
      expect(ctx.audit.waiting).toBe(0);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    ctx.audit.refused(0);
    await settle(ctx);
    expect((await auditOf(caller)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['memo.write', 'REFUSED'],
    ]);
  });

  it('waits again when the statement that writes it fails', async () => {
    const { caller, ctx } = open();
    const failing = ctx.db.write(async (em) => {
      ctx.audit.record({ action: 'memo.write', entityId: newId() });
      await ctx.audit.flush(em);
      // Longer than PostgreSQL passes on.
      await notify(em, 'memo', 'x'.repeat(9000), newId());
    });
    await expect(failing).rejects.toThrow(/payload/);
    expect(ctx.audit.waiting).toBe(1);
    ctx.audit.refused(0);
    await settle(ctx);
    expect((await auditOf(caller)).map(({ outcome }) => outcome)).toEqual(['REFUSED']);
  });
});

describe('audit', () => {
  it('of a read stands before the answer leaves', async () => {
    const caller = someone('CARE_MANAGER');
    const { data } = await run(caller, write, { input: { body: 'x' } });
    await run(caller, `{ memo(id: "${data?.['writeMemo'].memo.id}") { body } }`);
    expect((await auditOf(caller)).map((row) => row.action)).toEqual(['memo.write', 'memo.read']);
  });

  it('that cannot be written fails the read and the write, with no data', async () => {
    const caller = someone('CARE_MANAGER');
    const { data } = await run(caller, write, { input: { body: 'x' } });
    await hub.owner.query('revoke insert on hub.audit from hub_app');
    await hub.owner.query('revoke insert (id) on hub.audit from hub_app');
    try {
      const read = await run(caller, `{ hello memo(id: "${data?.['writeMemo'].memo.id}") { body } }`);
      expect(read.data).toBeUndefined();
      expect(codes(read)).toEqual(['INTERNAL']);
      const written = await run(caller, write, { input: { body: 'unaudited' } });
      expect(codes(written)).toEqual(['INTERNAL']);
      expect(written.data ?? null).toBeNull();
      expect(await memosOf(caller)).toHaveLength(1);
    } finally {
      await hub.owner.query('grant insert (id) on hub.audit to hub_app');
    }
  });
});

describe('an operation', () => {
  it('reads a page of 20 with one statement per loader', async () => {
    const caller = someone('CARE_MANAGER');
    for (let n = 0; n < 20; n += 1) {
      await hub.sql('insert into hub.memo values ($1, $2, null, $3)', [newId(), caller.organizationId, `memo ${n}`]);
    }
    const statements = await countStatements(hub.orm, async () => {
      const { data } = await run(caller, '{ memos { edges { node { body echo } } } }');
      expect(data?.['memos'].edges).toHaveLength(20);
    });
    expect(statements).toBe(2);
  });

  it('that is answered gives no connection to a resolver that comes too late', async () => {
    let open = (): void => undefined;
    gate.wait = new Promise((resolve) => {
      open = resolve;
    });
    expect(codes(await run(null, '{ waits fails }'))).toEqual(['NOT_FOUND']);
    open();
    await expect.poll(() => gate.log).toEqual(['This operation has been answered already']);
  });

  it('says nothing of the database', async () => {
    const answer = await run(null, '{ broken }');
    expect(codes(answer)).toEqual(['INTERNAL']);
    expect(JSON.stringify(answer)).not.toMatch(/no_such_type|select|hub_login/);
  });
});
