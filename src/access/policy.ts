import type { EntityClass, FilterQuery, LockMode } from '@mikro-orm/postgresql';
import { fail } from '../platform/graphql/errors.js';
import type { Caller } from './caller.js';
import type { HubContext } from './context.js';

/** Nobody (`false`), everybody (`true`), or those rows that the filter admits. */
export type Answer<T> = boolean | FilterQuery<T>;
/** A constant answer holds for anonymous callers too; a function is only asked about a caller that is known. */
export type Rule<T> = boolean | ((caller: Caller) => Answer<T>);
/** `read` decides what exists for a caller; every other action is asked only about rows that may be read. */
export type Policy<T> = { read: Rule<T> } & Record<string, Rule<T>>;

/** Every row of the app has one. */
interface Row {
  id: string;
}

const registry = new Map<object, unknown>();
const NOTHING: unknown = { id: { $in: [] } };

/** Says who may do what to which rows of an entity: once per entity, in its `.policy.ts`. */
export function definePolicy<T extends Row>(Entity: EntityClass<T>, policy: Policy<T>): void {
  if (registry.has(Entity)) throw new Error(`${Entity.name} has a policy already`);
  registry.set(Entity, policy);
}

function answer<T extends Row>(caller: Caller | null, Entity: EntityClass<T>, action: string): Answer<T> {
  const policy = registry.get(Entity) as Policy<T> | undefined;
  const rule = policy && Object.hasOwn(policy, action) ? policy[action] : undefined;
  if (rule === undefined) return false;
  if (typeof rule === 'boolean') return rule;
  return caller ? rule(caller) : false;
}

/** The rows of an entity that the caller may `action`, as a filter to put into every list and every write. */
export function where<T extends Row>(
  ctx: Pick<HubContext, 'caller'>,
  Entity: EntityClass<T>,
  action = 'read',
): FilterQuery<T> {
  const allowed = answer(ctx.caller, Entity, action);
  if (allowed === true) return {} as FilterQuery<T>;
  return allowed === false ? (NOTHING as FilterQuery<T>) : allowed;
}

function both<T extends Row>(id: string, ...filters: FilterQuery<T>[]): FilterQuery<T> {
  return { $and: [{ id }, ...filters] } as FilterQuery<T>;
}

/**
 * The one row with this id, if the caller may `action` it. Throws NOT_FOUND for what the caller may not read, and
 * FORBIDDEN for what may only be read. `lock` keeps the row from others until the transaction ends.
 */
export async function load<T extends Row>(
  ctx: HubContext,
  Entity: EntityClass<T>,
  id: string,
  action = 'read',
  options: { lock?: LockMode; what?: string } = {},
): Promise<T> {
  const what = options.what ?? Entity.name;
  const readable = where(ctx, Entity);
  const filters = action === 'read' ? [readable] : [readable, where(ctx, Entity, action)];
  const em = await ctx.db.em();
  const lock = options.lock === undefined ? {} : { lockMode: options.lock };
  const row = await em.findOne(Entity, both(id, ...filters), lock);
  if (row) return row;
  const seen = action !== 'read' && (await em.count(Entity, both(id, readable))) > 0;
  return seen ? fail.forbidden() : fail.notFound(what);
}

/**
 * After a change: the row must still be one the caller may `action`, so that nobody moves a row out of reach or into
 * another's hands. Flushes first, and throws FORBIDDEN (which rolls back). Row-level security checks the same again.
 */
export async function assertStillMine<T extends Row>(ctx: HubContext, row: T, action = 'read'): Promise<void> {
  const Entity = row.constructor as EntityClass<T>;
  const em = await ctx.db.em();
  await em.flush();
  const kept = await em.count(Entity, both(row.id, where(ctx, Entity, action)));
  if (kept === 0) fail.forbidden();
}
