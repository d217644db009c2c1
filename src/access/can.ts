import { Extensions } from 'type-graphql';
import type { Caller } from './caller.js';
import { fail } from '../platform/graphql/errors.js';
import type { Permission } from './permissions.js';

/** Where the schema keeps a field's permissions. */
const KEY = 'permissions';

/**
 * Says who may use a field: everyone who has one of these permissions. Every root field carries it (the schema does not
 * build otherwise); on another field it guards that field alone. `@Can('public')` opens it to everyone.
 */
export function Can(...anyOf: [Permission, ...Permission[]]): MethodDecorator & PropertyDecorator {
  return Extensions({ [KEY]: anyOf });
}

/** Where the schema keeps that a mutation brings its own transaction. */
const APART = 'apart';

/**
 * A mutation outside the caller's transaction. For sign-in alone, which runs as a role of its own: a failed attempt is
 * counted although it is refused, and nobody holds a connection while a password is checked.
 */
export function Apart(): MethodDecorator & PropertyDecorator {
  return Extensions({ [APART]: true });
}

/** Whether a mutation carries {@link Apart}. */
export function isApart(extensions: Readonly<Record<string, unknown>>): boolean {
  return extensions[APART] === true;
}

/** The permissions a schema field asks for, or undefined when it says nothing. */
export function permissionsAsked(extensions: Readonly<Record<string, unknown>>): readonly Permission[] | undefined {
  return extensions[KEY] as readonly Permission[] | undefined;
}

/** Throws UNAUTHENTICATED without a caller and FORBIDDEN without one of the permissions. */
export function demand(caller: Caller | null, anyOf: readonly Permission[]): void {
  // By the link of a patient's page nothing else is done, not even what everybody may.
  if (anyOf.includes('public') && !caller?.reader) return;
  if (!caller) return fail.unauthenticated();
  if (!anyOf.some((permission) => caller.permissions.has(permission))) fail.forbidden();
}

/** The sentence that ends the field's description in the schema. */
export function permissionNote(anyOf: readonly Permission[]): string {
  if (anyOf.includes('public')) return 'Open to everyone.';
  return `Needs permission ${anyOf.map((permission) => `\`${permission}\``).join(' or ')}.`;
}
