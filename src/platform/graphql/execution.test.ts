import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oldGrowth } from '../../../test/old-space.js';
import { createLog } from '../log.js';
import { createApollo, type GraphContext } from './apollo.js';

const ROWS = 2000;
let executed = 0;

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      rows: {
        type: new GraphQLList(GraphQLString),
        resolve: async () => {
          executed += 1;
          return Array.from({ length: ROWS }, (_, n) => `row ${n}`);
        },
      },
      wrong: {
        type: GraphQLString,
        resolve: async () => {
          executed += 1;
          throw new GraphQLError('This is not to be had.', { extensions: { code: 'FORBIDDEN' } });
        },
      },
    },
  }),
});

function requestOf(query: string): HTTPGraphQLRequest {
  return {
    method: 'POST',
    headers: new HeaderMap([['content-type', 'application/json']]),
    search: '',
    body: { query },
  };
}

describe('the execution of operations', () => {
  let apollo: Awaited<ReturnType<typeof createApollo<GraphContext>>>;
  const settled: GraphContext[] = [];

  async function ask(query: string): Promise<string> {
    const context: GraphContext = { log: createLog('silent'), request: { id: 'x' }, language: 'en' };
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: requestOf(query),
      context: async () => context,
    });
    return answer.body.kind === 'complete' ? answer.body.string : '';
  }

  beforeAll(async () => {
    const settle = async (ctx: GraphContext): Promise<void> => void settled.push(ctx);
    apollo = await createApollo({ schema, production: true, settle });
  });
  afterAll(() => apollo.stop());

  it('leaves nothing of an answered operation among what is old', async () => {
    const growth = await oldGrowth(150, async () => {
      await ask('{ rows }');
      settled.length = 0;
    });
    // Each answer is more than 60 kB.
    expect(growth).toBeLessThan(150 * 15_000);
  });

  it('executes what has errors once, and Apollo Server works them up', async () => {
    executed = 0;
    settled.length = 0;
    const { data, errors } = JSON.parse(await ask('{ wrong rows }')) as { data: object; errors: GraphQLError[] };
    expect(errors).toMatchObject([
      { message: 'This is not to be had.', path: ['wrong'], extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(data).toMatchObject({ wrong: null });
    expect(executed).toBe(2);
    expect(settled).toHaveLength(1);
  });

  it('says what is wrong with an operation that is not there', async () => {
    const context: GraphContext = { log: createLog('silent'), request: { id: 'x' }, language: 'en' };
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { ...requestOf('query A { rows }'), body: { query: 'query A { rows }', operationName: 'B' } },
      context: async () => context,
    });
    expect(answer.body).toMatchObject({ string: expect.stringContaining('OPERATION_RESOLUTION_FAILURE') as string });
  });
});
