import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type BuildSchemaOptions } from 'type-graphql';
import { callFieldsDirectly, leaveFieldsAlone } from '../platform/graphql/lean-resolvers.js';
import { validateArgument } from '../platform/graphql/validation.js';
import { guardSchema } from './guard.js';

type Resolvers = BuildSchemaOptions['resolvers'];

function build(resolvers: Resolvers): GraphQLSchema {
  leaveFieldsAlone();
  const schema = buildSchemaSync({
    resolvers,
    validateFn: validateArgument,
    // Subscriptions bring their own `subscribe`; type-graphql only wants to see one here.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('Give the subscription its own subscribe');
      },
    },
  });
  callFieldsDirectly(schema, resolvers);
  return schema;
}

/** The schema that is served: every root field guarded, denied unless it says who may. */
export function buildHubSchema(resolvers: Resolvers): GraphQLSchema {
  return guardSchema(build(resolvers));
}

/** The text of schema.graphql: sorted, so that it only changes when the API does. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
