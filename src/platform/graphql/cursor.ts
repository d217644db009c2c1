import { createHash } from 'node:crypto';
import { fail } from './errors.js';

/** What PostgreSQL calls the column's type; it decides the cast of a cursor's value and which text is accepted. */
export type KeyType = 'text' | 'uuid' | 'int' | 'bigint' | 'float8' | 'numeric' | 'timestamptz' | 'date' | 'boolean';

const number = /^-?\d{1,40}(\.\d{1,40})?(e[+-]?\d{1,3})?$/;
const ACCEPTED: Record<KeyType, RegExp> = {
  // oxlint-disable-next-line no-control-regex -- PostgreSQL text holds everything but NUL
  text: /^[^\u0000]*$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  int: /^-?\d{1,9}$|^-?1\d{9}$|^-?20\d{8}$/,
  bigint: /^-?\d{1,18}$/,
  float8: number,
  numeric: number,
  timestamptz: /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01]) [0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?[+-][01]\d(:[0-5]\d)?$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/,
  boolean: /^(true|false|t|f)$/,
};

/** A short name of an order, so that a cursor of one list is refused by another. */
export function fingerprint(order: string): string {
  return createHash('sha256').update(order).digest('base64url').slice(0, 6);
}

/** An opaque position in a list: base64url of the order's fingerprint and the row's key as text. */
export function encodeCursor(order: string, key: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

function parsed(cursor: string): unknown {
  if (cursor.length > 4000 || !/^[\w-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The key a cursor stands for. Anything that did not come from this list is BAD_USER_INPUT. */
export function decodeCursor(
  cursor: string,
  order: string,
  types: readonly KeyType[],
  field: string,
): (string | null)[] {
  const found = parsed(cursor);
  const expected = 'a cursor that this list returned is expected';
  if (!Array.isArray(found) || found.length !== types.length + 1 || found[0] !== order) {
    return fail.badInput(field, expected);
  }
  return types.map((type, index) => {
    const value: unknown = found[index + 1];
    if (value === null) return null;
    if (typeof value !== 'string' || !ACCEPTED[type].test(value)) return fail.badInput(field, expected);
    return value;
  });
}
