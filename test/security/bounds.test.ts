import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { callerOf, permissionsOf, type HubContext } from '../../src/access/index.js';
import { ROLES_BY_KIND } from '../../src/access/permissions.js';
import { features } from '../../src/features.js';
import { BOUNDS } from '../../src/platform/graphql/check-input.js';
import { schemaOf } from '../../src/serve.js';

/*
 * Whatever comes in has an end: every text and every list of every field of the whole API, tried one by one with one
 * character or entry too many.
 */
const ID = '01900000-0000-7000-8000-000000000001';
const LONGEST = 300_000;

interface Try {
  path: string;
  /** The whole of the argument, with this one place too long. */
  value: unknown;
}

/** Each place of a type that holds text or a list, made too long. */
function tries(type: GraphQLInputType, path: string, seen: readonly string[] = []): Try[] {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const long = Array.from({ length: LONGEST / 100 }, () => null);
    return [
      { path, value: long },
      ...tries(inner.ofType, `${path}.0`, seen).map((one) => ({ ...one, value: [one.value] })),
    ];
  }
  if (isInputObjectType(inner)) {
    if (seen.includes(inner.name)) return [];
    return Object.values(inner.getFields()).flatMap((field) =>
      tries(field.type, `${path}.${field.name}`, [...seen, inner.name]).map((one) => ({
        ...one,
        value: { [field.name]: one.value },
      })),
    );
  }
  const { name } = getNamedType(inner);
  return name === 'String' || name === 'ID' ? [{ path, value: 'x'.repeat(LONGEST) }] : [];
}

const schema = schemaOf(features);
const roles = Object.values(ROLES_BY_KIND).flat();
/** Somebody who may do all there is, by a role or by a link. */
const permissions = new Set([
  ...permissionsOf(roles),
  'help.read' as const,
  'help.contact' as const,
  'help.paper' as const,
  'help.write' as const,
]);
const caller = callerOf({ userId: ID, organizationId: ID, roles, permissions, via: 'SESSION' });

/** What a field says to these arguments; every way in that it has. */
async function answers(field: GraphQLField<unknown, HubContext>, args: Record<string, unknown>): Promise<unknown[]> {
  const ctx = { caller } as unknown as HubContext;
  const ways = [field.resolve, field.subscribe].filter((way) => way !== undefined);
  return Promise.all(
    ways.map(async (way) => {
      try {
        return await (way as (...all: unknown[]) => unknown)(undefined, args, ctx, undefined);
      } catch (error) {
        return error;
      }
    }),
  );
}

const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .filter((type) => !type.name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })))
  .filter(({ field }) => field.args.length > 0);

describe('the whole API', () => {
  it('has many places for text and lists', () => {
    expect(
      fields.flatMap(({ field }) => field.args.flatMap((arg) => tries(arg.type, arg.name))).length,
    ).toBeGreaterThan(200);
  });

  it.each(fields)('refuses text and lists without end: $name', async ({ field }) => {
    for (const arg of field.args) {
      for (const { path, value } of tries(arg.type, arg.name)) {
        for (const answer of await answers(field, { [arg.name]: value })) {
          expect(answer).toBeInstanceOf(GraphQLError);
          const { code, fields: named } = (answer as GraphQLError).extensions as {
            code: string;
            fields: { field: string }[];
          };
          expect([code, named.map((one) => one.field)]).toEqual(['BAD_USER_INPUT', [path]]);
        }
      }
    }
  });

  it('takes text and lists up to its bounds', () => {
    expect(BOUNDS).toEqual({ text: 10_000, list: 100 });
  });
});
