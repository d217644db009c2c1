import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import { badInput, type FieldProblem } from './errors.js';

/**
 * What any text and any list may be at most, so that nothing that comes in is without a bound. A field whose text or list
 * may be longer says so: `@Extensions({ bound: 50_000 })`; one that must be shorter checks it where its meaning is known.
 */
export const BOUNDS = { text: 10_000, list: 100 } as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Values = Readonly<Record<string, unknown>>;

/** Plain values by name, as the arguments of a field are; a date is none. */
export function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function boundOf(extensions: Values | null | undefined, usual: number): number {
  const own = extensions?.['bound'];
  return typeof own === 'number' ? own : usual;
}

function problemsOf(type: GraphQLInputType, value: unknown, path: string, own?: Values | null): FieldProblem[] {
  const inner = getNullableType(type);
  if (value === null || value === undefined) return [];
  if (isListType(inner)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    const most = boundOf(own, BOUNDS.list);
    if (items.length > most) return [{ field: path, message: `at most ${most} entries are expected` }];
    return items.flatMap((item, index) => problemsOf(inner.ofType, item, `${path}.${index}`));
  }
  if (isInputObjectType(inner)) {
    if (!isRecord(value)) return [];
    return Object.values(inner.getFields()).flatMap((field) =>
      problemsOf(field.type, value[field.name], `${path}.${field.name}`, field.extensions),
    );
  }
  if (typeof value !== 'string') return [];
  if (getNamedType(inner).name === 'ID' && !UUID.test(value)) {
    return [{ field: path, message: 'an id of this API is expected' }];
  }
  const most = boundOf(own, BOUNDS.text);
  if (value.length > most) return [{ field: path, message: `at most ${most} characters are expected` }];
  return value.includes('\0') ? [{ field: path, message: 'text without NUL characters is expected' }] : [];
}

/**
 * Ids that are no ids, text that PostgreSQL cannot hold, and whatever is longer than anybody needs: found before a
 * transaction is spoiled by them. Throws BAD_USER_INPUT naming each field.
 */
export function checkInput(definitions: readonly GraphQLArgument[], args: Values): void {
  const problems = definitions.flatMap((definition) =>
    problemsOf(definition.type, args[definition.name], definition.name, definition.extensions),
  );
  if (problems.length > 0) throw badInput(problems);
}
