import DataLoader from 'dataloader';
import type { HubContext } from './context.js';

/** Reads many keys at once, in the order of the keys; an Error in a place rejects that key alone. */
export type Batch<K, V> = (ctx: HubContext, keys: readonly K[]) => Promise<readonly (V | Error)[]>;

interface LoaderOptions<K> {
  /** For keys that are objects: what makes two of them the same. */
  cacheKeyOf?: (key: K) => string;
}

/** What an operation knows: one DataLoader for each name, made when first asked for. A mutation forgets all of it. */
export class Loaders {
  readonly #made = new Map<unknown, DataLoader<unknown, unknown, unknown>>();
  readonly #rows = new Map<symbol, Map<string, unknown>>();

  get<K, V>(name: unknown, make: () => DataLoader<K, V, unknown>): DataLoader<K, V, unknown> {
    const known = this.#made.get(name) as DataLoader<K, V, unknown> | undefined;
    if (known) return known;
    const loader = make();
    this.#made.set(name, loader as DataLoader<unknown, unknown, unknown>);
    return loader;
  }

  /** The rows of a kind that are known already, by their ids. */
  rows<V>(name: symbol): Map<string, V> {
    const known = this.#rows.get(name) ?? new Map<string, unknown>();
    this.#rows.set(name, known);
    return known as Map<string, V>;
  }

  clear(): void {
    this.#made.clear();
    this.#rows.clear();
  }
}

/**
 * The operation's loader called `name` (a symbol, or the batch function itself when it is a module constant). At most
 * 1000 keys go into one statement.
 */
export function loader<K, V>(
  ctx: HubContext,
  name: symbol | Batch<K, V>,
  batch: Batch<K, V>,
  options: LoaderOptions<K> = {},
): DataLoader<K, V, unknown> {
  return ctx.loaders.get<K, V>(name, () => {
    const { cacheKeyOf } = options;
    const cacheKeyFn = cacheKeyOf && ((key: K): unknown => cacheKeyOf(key));
    return new DataLoader<K, V, unknown>((keys) => batch(ctx, keys), {
      maxBatchSize: 1000,
      ...(cacheKeyFn && { cacheKeyFn }),
    });
  });
}

/** A loader of one row per id: `const serviceById = byId((ctx, ids) => …)`, then `serviceById(ctx, id)`; null when hidden or absent. */
export function byId<V extends { id: string }>(
  rows: (ctx: HubContext, ids: readonly string[]) => Promise<readonly V[]>,
): (ctx: HubContext, id: string) => Promise<V | null> {
  const batch: Batch<string, V | null> = async (ctx, ids) => {
    const found = new Map((await rows(ctx, ids)).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  };
  return (ctx, id) => loader(ctx, batch, batch).load(id);
}

/** A loader of many rows per key, in the order they were read: `const phonesOf = manyBy((ctx, ids) => …, (row) => row.locationId)`. */
export function manyBy<V>(
  rows: (ctx: HubContext, keys: readonly string[]) => Promise<readonly V[]>,
  keyOf: (row: V) => string,
): (ctx: HubContext, key: string) => Promise<readonly V[]> {
  const batch: Batch<string, readonly V[]> = async (ctx, keys) => {
    const groups = new Map<string, V[]>(keys.map((key) => [key, []]));
    for (const row of await rows(ctx, keys)) groups.get(keyOf(row))?.push(row);
    return keys.map((key) => groups.get(key) ?? []);
  };
  return (ctx, key) => loader(ctx, batch, batch).load(key);
}
