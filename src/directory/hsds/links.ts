import { idOf, IdSet } from './ids.js';
import { type Column, columnsOf, type EntityName, entityNames, isEntity } from './model.js';
import type { Place, RawRow } from './rows.js';

/** A link that leads to no row of the package. */
export interface Broken {
  column: Column;
  target: EntityName;
  key: string;
  /** Whether the row it means was in the package and was left out. */
  rejected: Place | undefined;
  /** The package has no table of that kind at all. */
  absent: boolean;
}

export interface Resolved {
  ids: Record<string, string>;
  broken: Broken[];
  /** Columns with several ids in one cell, and the one that was kept. */
  several: [column: string, kept: string][];
  /** How many links the row has, sound or not. */
  given: number;
}

interface Loss {
  entity: EntityName;
  key: string;
  place: Place | undefined;
  took: Map<EntityName, number>;
}

const rememberedLosses = 20_000; // Beyond that the rows still are reported, only not counted by what they hung on.

/** Keeps the ids of the rows read so far, and which of them were left out, so that links can be followed. */
export class Links {
  readonly #source: string;
  readonly #present: ReadonlySet<EntityName>;
  readonly #ids = new Map<EntityName, IdSet>(entityNames.map((entity) => [entity, new IdSet()]));
  readonly #pairs = new IdSet();
  readonly #losses = new Map<string, Loss>();
  readonly #repeats = new Map<string, Record<string, string>>();

  /** @param present the tables that the package has */
  constructor(source: string, present: ReadonlySet<EntityName>) {
    this.#source = source;
    this.#present = present;
  }

  idOf(entity: EntityName, key: string): string {
    return idOf(this.#source, entity, key);
  }

  has(entity: EntityName, id: string): boolean {
    return this.#ids.get(entity)?.has(id) ?? false;
  }

  /** How many rows of each table came in. */
  counts(): Record<EntityName, number> {
    return Object.fromEntries([...this.#ids].map(([entity, ids]) => [entity, ids.size])) as Record<EntityName, number>;
  }

  /** Takes a row in; false when one with its id is there already. */
  add(entity: EntityName, id: string): boolean {
    return this.#ids.get(entity)?.add(id) ?? false;
  }

  /** Takes the link between a service and a location in; false when it is there already, under whatever id. */
  addPair(id: string, serviceId: string, locationId: string): boolean {
    if (this.#pairs.add(idOf(this.#source, 'service_at_location', `${serviceId} ${locationId}`))) return true;
    this.#repeats.set(id, { service_id: serviceId, location_id: locationId });
    return false;
  }

  /** A row that was left out; what hangs on it will be counted. */
  reject(entity: EntityName, key: string, place: Place): void {
    if (!key || this.#losses.size >= rememberedLosses) return;
    const id = this.idOf(entity, key);
    if (!this.has(entity, id) && !this.#losses.has(id)) this.#losses.set(id, { entity, key, place, took: new Map() });
  }

  /** Turns a row's links into ids. Links to a repeated service_at_location go to its service and location. */
  resolve(row: RawRow): Resolved {
    const found: Resolved = { ids: {}, broken: [], several: [], given: 0 };
    for (const column of columnsOf(row.entity)) {
      if (row.exact && column.kind === 'any') continue; // It may be about what is gone, and stands as it is.
      const target = targetOf(column, row);
      const key = target && row.values[column.name]?.trim();
      if (target && key && !this.#isNone(column, target, key)) this.#follow(row.entity, column, target, key, found);
    }
    return found;
  }

  /** Many programs write 0 for none; others count from 0. */
  #isNone({ required }: Column, target: EntityName, key: string): boolean {
    return key === '0' && !required && !this.has(target, this.idOf(target, key));
  }

  #follow(entity: EntityName, column: Column, target: EntityName, key: string, found: Resolved): void {
    found.given += 1;
    const id = this.idOf(target, key);
    const repeated = target === 'service_at_location' ? this.#repeats.get(id) : undefined;
    if (this.has(target, id)) {
      found.ids[column.name] = id;
    } else if (repeated) {
      for (const [name, of] of Object.entries(repeated)) found.ids[name] ??= of;
    } else {
      const parts = key.includes(',') ? key.split(',').map((part) => part.trim()) : [];
      const first = parts.find((part) => this.has(target, this.idOf(target, part)));
      if (first !== undefined) {
        found.ids[column.name] = this.idOf(target, first);
        found.several.push([column.name, first]);
      } else if (target === entity) {
        found.ids[column.name] = id; // It may still come.
      } else {
        found.broken.push({
          column,
          target,
          key,
          rejected: this.#losses.get(id)?.place,
          absent: !this.#present.has(target),
        });
      }
    }
  }

  /** Counts a row that went because the row it hangs on is not there. */
  lose(entity: EntityName, { target, key }: Broken): void {
    const id = this.idOf(target, key);
    const loss = this.#losses.get(id) ?? { entity: target, key, place: undefined, took: new Map<EntityName, number>() };
    if (!this.#losses.has(id) && this.#losses.size >= rememberedLosses) return;
    this.#losses.set(id, loss);
    loss.took.set(entity, (loss.took.get(entity) ?? 0) + 1);
  }

  /** Rows that were missing or left out and took others with them. */
  *losses(): Generator<Loss> {
    for (const loss of this.#losses.values()) if (loss.took.size > 0) yield loss;
  }
}

function targetOf(column: Column, row: RawRow): EntityName | undefined {
  if (column.kind !== 'any') return isEntity(column.kind) ? column.kind : undefined;
  const named = (row.values.link_entity ?? row.values.resource_type)?.trim().toLowerCase() ?? '';
  return linkedEntity(named);
}

/** The table that an attribute's link_entity names: "service", also "services" or "Service". */
export function linkedEntity(name: string): EntityName | undefined {
  if (isEntity(name)) return name;
  const singular = name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
  return isEntity(singular) ? singular : undefined;
}
