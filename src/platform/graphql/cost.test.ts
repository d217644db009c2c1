import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationCost } from './cost.js';

const schema = buildSchema(`
  type PageInfo { hasNextPage: Boolean! }
  type Thing { id: ID! parts: [Thing!]! things(first: Int, last: Int): ThingConnection! }
  type ThingEdge { node: Thing! }
  type ThingConnection { edges: [ThingEdge!]! pageInfo: PageInfo! }
  type Query { thing: Thing things(first: Int, last: Int, text: String): ThingConnection! latest(limit: Int = 7): ThingConnection! }
`);
const LINE = '{ edges { node { id } } }';
/** Edges, a node and its id. */
const EACH = 1 + 1 + 0.1;

const cost = (query: string, variables?: Record<string, unknown>): number =>
  operationCost(schema, parse(query), undefined, variables);

describe('what an operation costs', () => {
  it('grows with the size that is asked for, wherever it stands', () => {
    expect(cost(`{ things(first: 5) ${LINE} }`)).toBeCloseTo(1 + 5 * EACH);
    expect(cost(`{ things(last: 6) ${LINE} }`)).toBeCloseTo(1 + 6 * EACH);
    expect(cost(`{ things ${LINE} }`)).toBeCloseTo(1 + 20 * EACH);
    expect(cost(`{ things(first: null, last: 3) ${LINE} }`)).toBeCloseTo(1 + 3 * EACH);
    expect(cost(`{ things(first: 9999) ${LINE} }`)).toBeCloseTo(1 + 100 * EACH);
    expect(cost(`{ latest ${LINE} }`)).toBeCloseTo(1 + 7 * EACH);
    expect(cost('{ thing { parts { id } } }')).toBeCloseTo(1 + 1 + 5 * 0.1);
  });

  it('is another for each call where variables say the size', () => {
    const document = parse(`query ($n: Int, $text: String) { things(first: $n, text: $text) ${LINE} }`);
    const of = (variables: Record<string, unknown>): number => operationCost(schema, document, undefined, variables);
    expect(of({ n: 5 })).toBeCloseTo(1 + 5 * EACH);
    expect(of({ n: 50 })).toBeCloseTo(1 + 50 * EACH);
    expect(of({ n: null })).toBeCloseTo(1 + 20 * EACH);
    expect(of({})).toBeCloseTo(1 + 20 * EACH);
    expect(of({ n: -4, text: 'x' })).toBeCloseTo(1 + EACH);
    // Execution says what is wrong with it.
    expect(of({ n: 'many' })).toBe(0);
    const defaults = `query ($n: Int = 4) { things(first: $n) ${LINE} latest(limit: $n) ${LINE} }`;
    expect(cost(defaults)).toBeCloseTo(2 + 8 * EACH);
  });

  it('multiplies lists in lists', () => {
    const nested = `query ($n: Int) { things(first: 10) { edges { node { things(last: $n) ${LINE} } } } }`;
    expect(cost(nested, { n: 3 })).toBeCloseTo(1 + 10 * (1 + 1 + 1 + 3 * EACH));
  });

  it('of fragments that stand in each other again and again is reckoned once each', () => {
    const doubling = (leaf: string): string =>
      Array.from({ length: 40 }, (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`).join(' ') +
      ` fragment f40 on Query { ${leaf} }`;
    expect(cost(`{ ...f0 } ${doubling('thing { id }')}`)).toBeCloseTo(2 ** 40 * 1.1, -3);
    const sized = `query ($n: Int) { ...f0 } ${doubling('things(first: $n) { pageInfo { hasNextPage } }')}`;
    expect(cost(sized, { n: 10 })).toBeCloseTo(2 ** 40 * (1 + 10 * 1.1), -3);
  });
});
