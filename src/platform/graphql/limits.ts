import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { operationCost } from './cost.js';
import { failure } from './errors.js';

/**
 * What one operation may be. The web client's own need at most 300 tokens, depth 8 and cost 2185 (a test checks them); the
 * cost leaves room for software that asks the same with pages of 100.
 */
export const LIMITS = { tokens: 1000, depth: 10, aliases: 15, directives: 4, cost: 5000 } as const;

const armor = new ApolloArmor({
  maxDepth: { n: LIMITS.depth, ignoreIntrospection: true },
  // An empty allow list: by default any number of `__typename` aliases would pass.
  maxAliases: { n: LIMITS.aliases, allowList: [] },
  maxDirectives: { n: LIMITS.directives },
  blockFieldSuggestion: { enabled: true },
  // armor's token limit throws out of Apollo, and its cost limit knows no list sizes: ours stand beside it.
  maxTokens: { enabled: false },
  costLimit: { enabled: false },
}).protect();

/** Parser and validation limits, the same over HTTP and over sockets. */
export const parseOptions = { maxTokens: LIMITS.tokens };
export const limitRules: ValidationRule[] = [...armor.validationRules];

/** Refuses what would cost too much, before anything runs. */
export function demandAffordable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | undefined,
): void {
  const cost = operationCost(schema, document, operationName, variables);
  if (cost <= LIMITS.cost) return;
  const message = `This operation could return too much (cost ${Math.ceil(cost)} of at most ${LIMITS.cost}). Ask for smaller pages or fewer nested lists.`;
  throw failure('BAD_USER_INPUT', message, { http: { status: 400 } });
}

/** The limits as Apollo plugins. */
export const limitPlugins: ApolloServerPlugin[] = [
  ...(armor.plugins as ApolloServerPlugin[]),
  {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operationName, request }) =>
        demandAffordable(schema, document, operationName, request.variables),
    }),
  },
];
