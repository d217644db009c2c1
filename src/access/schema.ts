import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, getMetadataStorage, type BuildSchemaOptions } from 'type-graphql';
import { guardSchema } from './guard.js';

type Resolvers = BuildSchemaOptions['resolvers'];

/**
 * Field resolvers get their parent as it is. type-graphql would copy each plain row of a list into a new entity, once for
 * every field that is resolved: half of the CPU time of an inbox.
 */
function leaveParentsAlone(): void {
  for (const param of getMetadataStorage().params) if (param.kind === 'root') param.getType = undefined;
}

function build(resolvers: Resolvers): GraphQLSchema {
  leaveParentsAlone();
  return buildSchemaSync({
    resolvers,
    validate: { forbidUnknownValues: false, validationError: { target: false, value: false } },
    // Subscriptions bring their own `subscribe`; type-graphql only wants to see one here.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('Give the subscription its own subscribe');
      },
    },
  });
}

/** The schema that is served: every root field guarded, denied unless it says who may. */
export function buildHubSchema(resolvers: Resolvers): GraphQLSchema {
  return guardSchema(build(resolvers));
}

/** The text of schema.graphql: sorted, so that it only changes when the API does. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
