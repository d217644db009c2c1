import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHub } from '../hub.js';
import { keyOf, someone, tinyHub, tinyServer } from './tiny.js';

/*
 * The twelve usual attack checks, GraphQL over HTTP's own audit, and what else may come through the door, against the
 * server as it runs in production.
 */
let hub: TestHub;
let server: Awaited<ReturnType<typeof tinyServer>>;
let development: Awaited<ReturnType<typeof tinyServer>>;

beforeAll(async () => {
  hub = await tinyHub();
  server = await tinyServer(hub);
  development = await tinyServer(hub, { production: false });
});
afterAll(async () => {
  await server.close();
  await development.close();
  await hub.stop();
});

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: unknown;
}

async function send(
  body: unknown,
  headers: Record<string, string> = {},
  url = server.url,
): Promise<{ status: number; text: string; json: Answer }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Answer };
}
const codes = (answer: Answer): string[] => (answer.errors ?? []).map((error) => error.extensions.code);
const times = (n: number, part: (index: number) => string): string =>
  Array.from({ length: n }, (_, index) => part(index)).join(' ');

describe('the twelve attack checks', () => {
  it('1. a flood of aliases is refused, of __typename too', async () => {
    for (const field of ['hello', '__typename']) {
      const { json } = await send({ query: `{ ${times(101, (n) => `a${n}: ${field}`)} }` });
      expect(codes(json)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(json.data).toBeUndefined();
    }
  });

  it('2. an array of operations is refused', async () => {
    const { status, json } = await send(Array.from({ length: 10 }, () => ({ query: '{ hello }' })));
    expect(status).toBe(400);
    expect(json.data).toBeUndefined();
    expect(Array.isArray(json)).toBe(false);
  });

  it('3. a flood of directives is refused', async () => {
    const { json } = await send({ query: `{ hello ${times(10, () => '@include(if: true)')} }` });
    expect(json.data).toBeUndefined();
    expect(codes(json)[0]).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('4. introspection is off', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Memo") { name } }']) {
      const { json } = await send({ query });
      expect(codes(json)).toContain('GRAPHQL_VALIDATION_FAILED');
      expect(json.data).toBeUndefined();
    }
  });

  it('5. a misspelt field suggests nothing', async () => {
    const { text } = await send({ query: '{ helo }' });
    expect(text).not.toContain('hello');
    expect(text).not.toMatch(/did you mean/i);
  });

  it('6. there is no GraphQL page, and no sandbox', async () => {
    for (const path of ['/graphql', '/sandbox', '/graphiql', '/playground']) {
      const response = await fetch(server.url + path, { headers: { accept: 'text/html' } });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toMatch(/graphiql|playground|sandbox|<html/i);
    }
  });

  it('7. a query by GET from a plain page is refused', async () => {
    const response = await fetch(`${server.url}/graphql?query={hello}`);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('hello you');
  });

  it('8. a mutation by GET is refused, whatever the headers', async () => {
    const query = encodeURIComponent('mutation { writeMemo(input: { body: "x" }) { memo { id } } }');
    const response = await fetch(`${server.url}/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': 'yes', authorization: `Bearer ${keyOf(someone('CARE_MANAGER'))}` },
    });
    expect(response.status).toBe(405);
    expect(await hub.sql('select from hub.memo')).toEqual([]);
  });

  it('9. a form and plain text are refused', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: type.includes('plain') ? '{"query":"{ hello }"}' : 'query={hello}',
      });
      expect([400, 415]).toContain(response.status);
      expect(await response.text()).not.toContain('hello you');
    }
  });

  it('10. no answer carries a trace', async () => {
    const { json } = await send({ query: '{ hello }' });
    expect(json).toEqual({ data: { hello: 'hello you' } });
  });

  it('11. circular introspection is refused', async () => {
    const circle = (n: number): string => (n === 0 ? 'name' : `fields { type { ${circle(n - 1)} } }`);
    const query = `{ __schema { types { ${circle(9)} } } }`;
    expect((await send({ query })).json.data).toBeUndefined();
  });

  it('12. an exception tells no details, in either mode', async () => {
    for (const { url } of [server, development]) {
      const { text, json } = await send({ query: '{ broken }' }, {}, url);
      expect(codes(json)).toEqual(['INTERNAL']);
      expect(text).not.toMatch(/no_such_type|stack|node_modules|\.ts|hub_login|127\.0\.0\.1/);
    }
  });
});

describe('what comes before GraphQL', () => {
  it('malformed, empty and poisoned JSON is answered as JSON, in either mode', async () => {
    for (const { url } of [server, development]) {
      for (const body of ['{"query": ', '', '{"__proto__": {"x": 1}}', 'null', '7', '"text"']) {
        const { status, text } = await send(body, {}, url);
        expect(status).toBe(400);
        expect(text).not.toMatch(/<html|stack|node_modules/);
      }
    }
  });

  it('a body that is too large is refused', async () => {
    const { status, json } = await send({ query: '{ hello }', variables: { a: 'x'.repeat(300_000) } });
    expect(status).toBe(413);
    expect(codes(json)).toEqual(['PAYLOAD_TOO_LARGE']);
  });

  it('a request from another site is refused, and one of our own page is not', async () => {
    const query = '{ hello }';
    expect((await send({ query }, { origin: 'https://evil.example.org' })).status).toBe(403);
    expect((await send({ query }, { origin: 'null' })).status).toBe(403);
    expect((await send({ query }, { origin: server.url })).status).toBe(200);
  });

  it('too many requests are refused until the minute is over', async () => {
    const strict = await tinyServer(hub, { requestsPerMinute: 3 });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      statuses.push((await send({ query: '{ hello }' }, { 'x-forwarded-for': `10.0.0.${n}` }, strict.url)).status);
    }
    await strict.close();
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it('only GET and POST are known, and every answer carries the security headers', async () => {
    expect((await fetch(`${server.url}/graphql`, { method: 'DELETE' })).status).toBe(404);
    const { headers } = await fetch(`${server.url}/healthz`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('what an operation may cost', () => {
  const key = { authorization: `Bearer ${keyOf(someone('CARE_MANAGER'))}` };

  it('too many tokens, too deep and too large a page are refused before anything runs', async () => {
    const tokens = await send({ query: `{ ${times(2100, () => 'hello')} }` });
    expect(codes(tokens.json)).toEqual(['GRAPHQL_PARSE_FAILED']);
    const many = times(14, (n) => `m${n}: memos(first: $n) { ${'edges { node { id body echo } }'} }`);
    const query = `query ($n: Int = 100) { ${times(14, (n) => `m${n}: memos(first: $n) { edges { node { ${times(40, () => 'id')} } } }`)} }`;
    const costly = await send({ query }, key);
    expect(codes(costly.json)).toEqual(['BAD_USER_INPUT']);
    expect(costly.json.errors?.[0]?.message).toContain('cost');
    expect(costly.status).toBe(200);
    const affordable = await send({ query: `query ($n: Int) { ${many} }`, variables: { n: 5 } }, key);
    expect(affordable.json.errors).toBeUndefined();
  });
});

describe('graphql-js', () => {
  it('leaves a late rejection behind, and the process lives on', async () => {
    const { json } = await send({ query: '{ traps { slow nothing } }' });
    expect(codes(json)).toContain('INTERNAL');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await send({ query: '{ hello }' })).json.data).toEqual({ hello: 'hello you' });
  });
});

describe('GraphQL over HTTP', () => {
  it('passes all that MUST and SHOULD be of the audit', async () => {
    // With introspection on: two of the checks ask for __type.
    const audits = await auditServer({ url: `${development.url}/graphql`, fetchFn: fetch });
    const failed = audits.filter((audit) => audit.status !== 'ok' && !audit.name.startsWith('MAY'));
    expect(failed.map((audit) => `${audit.name}: ${'reason' in audit ? audit.reason : ''}`)).toEqual([]);
    const named = (word: string): number => audits.filter((audit) => audit.name.startsWith(word)).length;
    expect([named('MUST'), named('SHOULD')]).toEqual([13, 23]);
  });
});

describe('trusted documents', () => {
  const id = 'a'.repeat(64);
  const documents = new Map([[id, 'query Greet { hello(name: "friend") }']]);
  const cookie = { cookie: `hub_session=${keyOf(someone('CARE_MANAGER'))}` };

  it('are all that a browser session may run in production', async () => {
    const strict = await tinyServer(hub, { documents });
    const text = await send({ query: '{ hello }' }, cookie, strict.url);
    expect([text.status, ...codes(text.json)]).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST']);
    const unknown = await send({ documentId: `sha256:${'b'.repeat(64)}`, query: '{ hello }' }, cookie, strict.url);
    expect(codes(unknown.json)).toEqual(['PERSISTED_QUERY_NOT_IN_LIST']);
    for (const call of [
      { documentId: `sha256:${id}` },
      { extensions: { persistedQuery: { sha256Hash: id } } },
      { documentId: id, query: '{ fails }' },
    ]) {
      expect((await send(call, cookie, strict.url)).json.data).toEqual({ hello: 'hello friend' });
    }
    const software = await send(
      { query: '{ hello }' },
      { authorization: `Bearer ${keyOf(someone('CARE_MANAGER'))}` },
      strict.url,
    );
    expect(software.json.data).toEqual({ hello: 'hello you' });
    await strict.close();
  });
});
