import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../log.js';
import type { Language } from '../words.js';
import { executorFor } from './compiled.js';
import { execution } from './execution.js';
import { formatError } from './format-error.js';
import { limitPlugins, limitRules, parseOptions } from './limits.js';
import { operationPlugin, type OperationHooks } from './operation-plugin.js';

/** What the server needs of an operation's context. */
export interface GraphContext {
  log: Logger;
  request: { id: string };
  /** What the answer is written in. */
  language: Language;
}

export interface ApolloOptions<C extends GraphContext> extends OperationHooks<C> {
  schema: GraphQLSchema;
  production: boolean;
}

/** The GraphQL server, hardened: no batching, no mutation over GET, CSRF prevention, bounded operations, masked errors. */
export async function createApollo<C extends GraphContext>(options: ApolloOptions<C>): Promise<ApolloServer<C>> {
  const { schema } = options;
  const { plugin, executor } = execution<C>(executorFor<C>(schema));
  const apollo = new ApolloServer<C>({
    // Nothing else of a gateway is behind it: see execution.
    gateway: {
      onSchemaLoadOrUpdate(tell) {
        tell({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        executor: async ({ document, operation, request: { operationName, variables }, context }) =>
          executor({ document, operation, operationName, variables, context: context as C }),
      }),
      stop: async () => undefined,
    },
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
      plugin,
      operationPlugin(options),
    ],
  });
  await apollo.start();
  return apollo;
}
