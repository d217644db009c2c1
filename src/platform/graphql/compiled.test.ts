import {
  buildSchema,
  execute,
  getOperationAST,
  isNonNullType,
  parse,
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { randomQueries } from '../../../test/security/random-queries.js';
import { isCompilable } from './compilable.js';
import { executorFor } from './compiled.js';

const TEXT = `
  enum Kind { A B }
  input Filter { kind: Kind! text: String ids: [ID!] inner: Filter }
  type PageInfo { hasNextPage: Boolean! }
  interface Named { id: ID! name: String }
  type Thing implements Named { id: ID! name: String kind: Kind! others(first: Int, after: String): ThingConnection! parent: Thing things: [Thing!]! either: Named }
  type Place implements Named { id: ID! name: String miles: Float }
  type ThingEdge { cursor: String! node: Thing! }
  type ThingConnection { edges: [ThingEdge!]! pageInfo: PageInfo! }
  type Query { thing(id: ID!): Thing things(filter: Filter!, first: Int, last: Int, after: String, before: String): ThingConnection! }
`;

/** The same number for the same text. */
const numberOf = (text: string): number =>
  [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_003, 7);

class Odd extends Error {}

/** A schema whose fields answer at once or later, with something, with nothing, or with an error, by their path alone. */
function whimsical(trouble: boolean): GraphQLSchema {
  const schema = buildSchema(TEXT);
  const named = schema.getType('Named') as unknown as { resolveType: (value: { miles?: number }) => string };
  named.resolveType = (value) => ('miles' in value ? 'Place' : 'Thing');
  const make: Record<string, (id: string, args: unknown) => unknown> = {
    thing: (id, args) => ({ id, name: JSON.stringify(args), kind: 'A' }),
    parent: (id) => ({ id, name: null, kind: 'B' }),
    things: (id) => [1, 2].map((n) => ({ id: `${id}.${n}`, name: 'x', kind: 'A' })),
    either: (id) => (numberOf(id) % 2 ? { id, name: 'p', miles: 1.5 } : { id, name: 't', kind: 'A' }),
    others: (id, args) => connection(id, args),
  };
  const connection = (id: string, args: unknown) => ({
    edges: [1, 2].map((n) => ({ cursor: JSON.stringify(args), node: { id: `${id}-${n}`, name: null, kind: 'B' } })),
    pageInfo: { hasNextPage: false },
  });
  for (const name of ['Query', 'Thing']) {
    const type = schema.getType(name) as GraphQLObjectType;
    for (const [field, definition] of Object.entries(type.getFields())) {
      const own = name === 'Query' && field === 'things' ? connection : make[field];
      if (!own) continue;
      definition.resolve = (parent: { id?: string } | undefined, args: object) => {
        const id = `${parent?.id ?? ''}/${field}${JSON.stringify(args)}`;
        const whim = numberOf(id) % 12;
        const mayMiss = !isNonNullType(definition.type);
        // graphql-js lets go of what is still on its way beside something that failed at once and may not be missing.
        if (trouble && whim === 0 && mayMiss) throw new Odd(`at once ${field}`);
        if (trouble && whim === 1) return Promise.reject(new Odd(`later ${field}`));
        if (trouble && whim === 2) return mayMiss ? null : Promise.resolve(null);
        return whim % 2 || (trouble && !mayMiss) ? Promise.resolve(own(id, args)) : own(id, args);
      };
    }
  }
  return schema;
}

type Call = ReturnType<typeof randomQueries>[number];

async function both(schema: GraphQLSchema, { query, variables }: Call): Promise<[ExecutionResult, ExecutionResult]> {
  const document = parse(query);
  const operation = getOperationAST(document) ?? undefined;
  const compiled = executorFor(schema, { from: 1 });
  const plain = await execute({ schema, document, variableValues: variables });
  return [await compiled({ document, operation, operationName: undefined, variables, context: {} }), plain];
}

const told = ({ errors = [] }: ExecutionResult) =>
  errors
    .map((error) => ({ ...error.toJSON(), cause: error.originalError?.constructor.name }))
    .toSorted((a, b) => String(a.path).localeCompare(String(b.path)));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a compiled query', () => {
  it('answers as graphql-js does, for whatever is asked', async () => {
    const schema = whimsical(false);
    for (const call of randomQueries(schema, 11, 300)) {
      const [compiled, interpreted] = await both(schema, call);
      expect(plain(compiled), call.query).toEqual(plain(interpreted));
    }
  });

  it('answers as graphql-js does where fields fail, are late or are missing', async () => {
    const schema = whimsical(true);
    let failed = 0;
    for (const call of randomQueries(schema, 12, 300)) {
      const [compiled, interpreted] = await both(schema, call);
      expect(plain(compiled.data), call.query).toEqual(plain(interpreted.data));
      const [own, other] = [told(compiled), told(interpreted)];
      expect(own.length > 0, call.query).toBe(other.length > 0);
      // Where something that may not be missing is missing, each says one of the reasons.
      if (own.length === other.length && own.every((one, at) => String(one.path) === String(other[at]?.path))) {
        expect(plain(own), call.query).toEqual(plain(other));
      }
      failed += own.length > 0 ? 1 : 0;
    }
    expect(failed).toBeGreaterThan(50);
  });

  it('says what is wrong with variables in the words of graphql-js', async () => {
    const schema = whimsical(false);
    const query =
      'query ($filter: Filter!, $first: Int) { things(filter: $filter, first: $first) { pageInfo { hasNextPage } } }';
    for (const variables of [
      {},
      { filter: { kind: 'C' } },
      { filter: { kind: 'A', more: 1 } },
      { filter: { kind: 'A' }, first: 'x' },
    ]) {
      const [compiled, interpreted] = await both(schema, { query, variables });
      expect(plain(compiled)).toEqual(plain(interpreted));
      expect(compiled.errors?.length).toBeGreaterThan(0);
    }
  });

  it('ends with an error, and not never, when a row stumbles while it is shown', async () => {
    const schema = whimsical(false);
    const row = {
      get name() {
        throw new Error('was not read');
      },
    };
    const field = schema.getQueryType()?.getFields()['thing'];
    if (!field) throw new Error('No such field');
    field.resolve = async () => row;
    const [compiled] = await both(schema, { query: '{ thing(id: "1") { name } }', variables: {} });
    expect(plain(compiled)).toMatchObject({
      data: { thing: null },
      errors: [{ message: 'was not read', path: ['thing'] }],
    });
  });

  it('is made for what is asked often, and for no more documents than are allowed', async () => {
    const schema = whimsical(false);
    const plain: boolean[] = [];
    const field = schema.getQueryType()?.getFields()['thing'];
    if (!field) throw new Error('No such field');
    field.resolve = () => void plain.push(String(new Error().stack).includes('/execution/execute.js'));
    const run = executorFor(schema, { from: 2, atMost: 1 });
    for (const text of ['{ thing(id: "1") { id } }', '{ thing(id: "2") { id } }']) {
      const document = parse(text);
      const operation = getOperationAST(document) ?? undefined;
      for (let n = 0; n < 3; n += 1) {
        await run({ document, operation, operationName: null, variables: {}, context: {} });
      }
    }
    expect(plain).toEqual([true, false, false, true, true, true]);
  });

  it('is not made for what would be a lot of code for a short text', () => {
    const schema = whimsical(false);
    const isMade = (query: string): boolean => {
      const document = parse(query);
      const operation = getOperationAST(document);
      if (!operation) throw new Error('No operation');
      return isCompilable(schema, document, operation);
    };
    const nested = (inside: string, times: number): string =>
      Array.from({ length: times }).reduce<string>((text) => inside.replace('…', text), 'id');
    const chain = Array.from(
      { length: 9 },
      (_, n) => `fragment F${n} on Thing { id parent { ...F${n + 1} ...F${n + 1} } }`,
    );
    const spreads = `{ thing(id: "1") { ...F0 } } ${chain.join(' ')} fragment F9 on Thing { id }`;
    expect(isMade('{ thing(id: "1") { id either { id ... on Thing { either { id } } } } }')).toBe(true);
    expect(isMade(spreads)).toBe(false);
    expect(isMade(`{ thing(id: "1") { ${nested('either { ... on Thing { … } }', 9)} } }`)).toBe(false);
    expect(isMade('mutation { __typename }')).toBe(false);
    expect(isMade('query ($filter: Filter!) { things(filter: $filter) { __typename } }')).toBe(false);
  });
});
