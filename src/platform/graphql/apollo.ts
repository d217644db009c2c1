import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from '../log.js';
import { formatError, isOurs } from './format-error.js';
import { limitPlugins, limitRules, parseOptions } from './limits.js';

/** What the server needs of an operation's context. */
export interface GraphContext {
  log: Logger;
  request: { id: string };
}

export interface ApolloOptions<C extends GraphContext> {
  schema: GraphQLSchema;
  production: boolean;
  /** Runs when the answer is made and before it leaves: writes the audit, ends the transaction. Throwing fails it all. */
  settle(ctx: C): Promise<void>;
}

const internal = (requestId: string): GraphQLFormattedError => ({
  message: 'Something went wrong on our side.',
  extensions: { code: 'INTERNAL', requestId },
});

/** Errors that a client which accepts plain JSON gets with status 200 (GraphQL over HTTP, `application/json`). */
const REQUEST_ERRORS = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

function plainJsonStatus<C extends GraphContext>({ request, response }: GraphQLRequestContext<C>): void {
  if (response.http.status !== 400 || response.body?.kind !== 'single') return;
  const accept = request.http?.headers.get('accept') ?? '';
  const errors = response.body.singleResult.errors ?? [];
  if (accept.includes('application/graphql-response+json')) return;
  if (errors.some((error) => REQUEST_ERRORS.has(error.extensions?.['code']))) response.http.status = 200;
}

/** Settles each operation, logs what went wrong on our side, and puts the request's id into those errors alone. */
export function operationPlugin<C extends GraphContext>(settle: (ctx: C) => Promise<void>): ApolloServerPlugin<C> {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors, contextValue, operationName }) {
        for (const error of errors.filter((one) => !isOurs(one))) {
          contextValue.log.error({ err: unwrapResolverError(error), operationName }, 'a field failed');
        }
      },
      async willSendResponse(rc) {
        const { contextValue, response, operationName } = rc;
        try {
          await settle(contextValue);
        } catch (error) {
          contextValue.log.error({ err: error, operationName }, 'the answer was withheld');
          response.body = { kind: 'single', singleResult: { errors: [internal(contextValue.request.id)] } };
          response.http.status = 500;
          return;
        }
        if (response.body?.kind === 'single') {
          for (const error of response.body.singleResult.errors ?? []) {
            if (error.extensions?.['code'] === 'INTERNAL') error.extensions['requestId'] = contextValue.request.id;
          }
        }
        plainJsonStatus(rc as GraphQLRequestContext<C>);
      },
    }),
  };
}

/** The GraphQL server, hardened: no batching, no mutation over GET, CSRF prevention, bounded operations, masked errors. */
export async function createApollo<C extends GraphContext>(options: ApolloOptions<C>): Promise<ApolloServer<C>> {
  const apollo = new ApolloServer<C>({
    schema: options.schema,
    introspection: !options.production,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: options.production,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError,
    parseOptions,
    validationRules: limitRules,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ...(limitPlugins as ApolloServerPlugin<C>[]),
      operationPlugin(options.settle),
    ],
  });
  await apollo.start();
  return apollo;
}
