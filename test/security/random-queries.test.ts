import { buildSchema, parse, specifiedRules, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/index.js';
import { buildHubSchema } from '../../src/access/index.js';
import { limitRules } from '../../src/platform/graphql/limits.js';
import { newId } from '../../src/platform/id.js';
import type { TestHub } from '../hub.js';
import { randomQueries } from './random-queries.js';
import { keyOf, MemoResolver, someone, tinyHub, tinyServer } from './tiny.js';

describe('random queries', () => {
  const schema: GraphQLSchema = buildSchema(`
    enum Kind { A B }
    input Filter { kind: Kind! text: String ids: [ID!] inner: Filter }
    type PageInfo { hasNextPage: Boolean! }
    type Thing { id: ID! name: String kind: Kind! others(first: Int, after: String): ThingConnection! parent: Thing things: [Thing!]! }
    type ThingEdge { cursor: String! node: Thing! }
    type ThingConnection { edges: [ThingEdge!]! pageInfo: PageInfo! }
    type Query { thing(id: ID!): Thing things(filter: Filter!, first: Int, last: Int, after: String, before: String): ThingConnection! }
  `);

  it('are valid, within the limits, and the same for the same seed', () => {
    const made = randomQueries(schema, 7, 300);
    expect(made).toHaveLength(300);
    for (const { query } of made) {
      const errors = validate(schema, parse(query), [...specifiedRules, ...limitRules]);
      expect(errors.map((error) => `${error.message} in ${query}`)).toEqual([]);
    }
    expect(randomQueries(schema, 7, 300)).toEqual(made);
    expect(made.filter(({ query }) => query.includes('fragment')).length).toBeGreaterThan(20);
    expect(made.filter(({ query }) => query.includes('@')).length).toBeGreaterThan(20);
  });
});

describe('the tiny schema under random queries', () => {
  let hub: TestHub;
  let server: Awaited<ReturnType<typeof tinyServer>>;
  const caller: Caller = someone('CARE_MANAGER');
  const ids = Array.from({ length: 10 }, () => newId());
  beforeAll(async () => {
    hub = await tinyHub();
    server = await tinyServer(hub);
    for (const id of ids) {
      await hub.sql('insert into hub.memo values ($1, $2, null, $3)', [id, caller.organizationId, 'x']);
    }
  });
  afterAll(async () => {
    await server.close();
    await hub.stop();
  });

  it('answers every one without an INTERNAL error', async () => {
    const schema = buildHubSchema([MemoResolver]);
    let read = 0;
    for (const call of randomQueries(schema, 1, 100, { ids, without: ['broken', 'traps', 'waits'] })) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf(caller)}` },
        body: JSON.stringify(call),
      });
      const text = await response.text();
      expect(text, call.query).not.toContain('INTERNAL');
      if (text.includes('"data":{')) read += 1;
    }
    expect(read).toBeGreaterThan(30);
  });
});
