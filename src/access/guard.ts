import type { EntityManager } from '@mikro-orm/postgresql';
import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { checkInput, isRecord } from '../platform/graphql/check-input.js';
import { Refusal, UserError } from '../platform/graphql/refusal.js';
import { inLanguage } from '../platform/sentences.js';
import { notify } from '../platform/live/live.js';
import { demand, isApart, permissionNote, permissionsAsked } from './can.js';
import type { HubContext } from './context.js';
import { writeAudited } from './write-audited.js';
import type { Permission } from './permissions.js';

type Resolve = GraphQLFieldResolver<unknown, HubContext>;
type Args = Readonly<Record<string, unknown>>;
type RootField = GraphQLField<unknown, HubContext>;

const ROOTS: Record<string, string> = {
  Query: 'What can be read.',
  Mutation: 'What can be done. Each field is one transaction: done whole, or not at all.',
  Subscription: 'What can be followed as it happens, over a WebSocket (graphql-transport-ws).',
};

function guarded(field: RootField, anyOf: readonly Permission[], resolve: Resolve): Resolve {
  return (root, args: Args, ctx, info) => {
    demand(ctx.caller, anyOf);
    checkInput(field.args, args);
    return resolve(root, args, ctx, info);
  };
}

function checked(field: RootField, resolve: Resolve): Resolve {
  return (root, args: Args, ctx, info) => {
    checkInput(field.args, args);
    return resolve(root, args, ctx, info);
  };
}

/** This session reads from the primary for a while. Returns who that is, when there are replicas. */
function readsWhereWritten({ platform, caller }: HubContext): string | undefined {
  const reader = caller?.credentialId ?? caller?.userId;
  if (!platform.replicas || !reader) return undefined;
  platform.replicas.changed(reader);
  return reader;
}

/** Every process learns it with the commit. */
async function tellReplicas(ctx: HubContext, em: EntityManager): Promise<void> {
  const reader = readsWhereWritten(ctx);
  if (reader) await notify(em, 'written', reader, reader);
}

/** Why nothing was done, in the language of whoever asked; empty when it was done. */
function said(userErrors: unknown, { language }: HubContext): UserError[] {
  const list = Array.isArray(userErrors) ? (userErrors as UserError[]) : [];
  return list.map((one) => Object.assign(new UserError(), one, { message: inLanguage(one.message, language) }));
}

/** One mutation field, one transaction: a refusal or an error rolls all of it back, and what was tried is audited. */
function inTransaction(resolve: Resolve, apart: boolean): Resolve {
  return async (root, args: Args, ctx, info) => {
    const before = ctx.audit.waiting;
    ctx.db.readWhereWritten();
    const act = async (): Promise<unknown> => {
      const payload: unknown = await resolve(root, args, ctx, info);
      if (isRecord(payload)) Object.assign(payload, { userErrors: said(payload['userErrors'], ctx) });
      return payload;
    };
    try {
      if (apart) {
        const payload = await act();
        readsWhereWritten(ctx);
        return payload;
      }
      return await writeAudited(ctx, async (em) => {
        const payload = await act();
        await tellReplicas(ctx, em);
        return payload;
      });
    } catch (error) {
      ctx.audit.refused(before);
      if (error instanceof Refusal) return { ...error.answer, userErrors: said([error.toUserError()], ctx) };
      throw error;
    } finally {
      // What was read before is of a moment that is past: the answer, and what stands in the way of one, is read anew.
      ctx.loaders.clear();
      await ctx.db.end();
    }
  };
}

function guardRoot(type: GraphQLObjectType<unknown, HubContext>, schema: GraphQLSchema): void {
  for (const field of Object.values(type.getFields())) {
    const anyOf = permissionsAsked(field.extensions);
    if (!anyOf) throw new Error(`${type.name}.${field.name} says no permission: put @Can('…') above it`);
    const resolve = field.resolve ?? defaultFieldResolver;
    const mutation = type === schema.getMutationType();
    const act = mutation ? inTransaction(resolve, isApart(field.extensions)) : resolve;
    field.resolve = guarded(field, anyOf, act);
    if (field.subscribe) field.subscribe = guarded(field, anyOf, field.subscribe);
  }
}

/**
 * Puts the guard in front of every root field of the schema, and of every other field that carries @Can. Denies by
 * default: a root field without @Can is an error when the schema is built. Descriptions end in the permission.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const root of roots) {
    if (root) guardRoot(root, schema);
    if (root) root.description = ROOTS[root.name] ?? null;
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const anyOf = permissionsAsked(field.extensions);
      if (!anyOf) {
        if (field.args.length > 0) field.resolve = checked(field, field.resolve ?? defaultFieldResolver);
        continue;
      }
      field.description = [field.description, permissionNote(anyOf)].filter(Boolean).join(' ');
      if (!roots.includes(type)) field.resolve = guarded(field, anyOf, field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
}
