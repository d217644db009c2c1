import type { ClientBase } from 'pg';
import { columnsOf, type EntityName } from '../model.js';
import { linksOf, partLists } from '../serialize/shape.js';
import { hubColumns } from './hub-columns.js';
import { type Extent, selectRows } from './visible.js';

/** A row with every column as text. */
export type TextRow = Record<string, string | null> & { id: string };

const roots: ReadonlySet<EntityName> = new Set<EntityName>(['service']);

/** The lists inside a row but for attributes and history, which are found by another way. */
function lists(entity: EntityName) {
  return partLists(entity).filter((part) => part.column === `${entity}_id` && !roots.has(part.entity));
}

/** The columns by which a row can stand inside another, the closest last. */
export function homes(entity: EntityName): readonly string[] {
  return roots.has(entity) ? [] : linksOf(entity).map(({ column }) => column);
}

/** A row that hangs on several others stands inside the closest of them; the links themselves it always has. */
function atHome(entity: EntityName, column: string): string {
  const closer = homes(entity).slice(homes(entity).indexOf(column) + 1);
  return [`t.${column} = any ($1::uuid[])`, ...closer.map((name) => `t.${name} is null`)].join(' and ');
}

/** Where attributes and lines of history stand: inside the row they are about. */
const about = [
  { entity: 'attribute', name: 'attributes', id: 'link_id', of: 'link_entity' },
  { entity: 'metadata', name: 'metadata', id: 'resource_id', of: 'resource_type' },
] as const;

/** Whether rows of a table can hold attributes, or a history, inside them. */
export function holds(entity: EntityName, name: 'attributes' | 'metadata'): boolean {
  return partLists(entity).some((part) => part.name === name);
}

/** Rows with all that stands inside them, as HSDS nests it. */
export class Nest {
  readonly #client: ClientBase;
  readonly #extent: Extent;
  readonly #under = new Map<string, TextRow[]>();
  readonly #ids = new Map<EntityName, string[]>();
  /** How many rows of each table are in it. */
  readonly counts = new Map<EntityName, number>();

  constructor(client: ClientBase, extent: Extent) {
    this.#client = client;
    this.#extent = extent;
  }

  /** Takes in roots and all that hangs on them. */
  async take(entity: EntityName, rows: readonly TextRow[]): Promise<void> {
    await this.#take(entity, rows);
    for (const { entity: kind, name, id, of } of about) {
      const ids = [...this.#ids].flatMap(([owner, owned]) => (holds(owner, name) ? owned : []));
      const found = await this.#select(kind, `t.${id} = any ($1::uuid[])`, ids);
      const known = new Map([...this.#ids].map(([owner, owned]) => [owner as string, new Set(owned)]));
      const mine = found.filter((row) => known.get(row[of] ?? '')?.has(row[id] ?? ''));
      for (const row of mine) this.#hang(`${String(row[of])}.${name}.${String(row[id])}`, row);
      this.#note(kind, mine);
    }
  }

  async #take(entity: EntityName, rows: readonly TextRow[]): Promise<void> {
    this.#note(entity, rows);
    const ids = rows.map((row) => row.id);
    for (const { name, entity: kind, column } of lists(entity)) {
      const found = await this.#select(kind, atHome(kind, column), ids);
      for (const row of found) this.#hang(`${entity}.${name}.${String(row[column])}`, row);
      if (found.length > 0) await this.#take(kind, found);
    }
  }

  async #select(entity: EntityName, where: string, ids: readonly string[]): Promise<TextRow[]> {
    return ids.length > 0 ? selectText(this.#client, entity, this.#extent, where, [ids]) : [];
  }

  #note(entity: EntityName, rows: readonly TextRow[]): void {
    const ids = this.#ids.get(entity) ?? [];
    for (const { id } of rows) ids.push(id);
    this.#ids.set(entity, ids);
    this.counts.set(entity, (this.counts.get(entity) ?? 0) + rows.length);
  }

  #hang(key: string, row: TextRow): void {
    const list = this.#under.get(key);
    if (list) list.push(row);
    else this.#under.set(key, [row]);
  }

  /** A row as JSON with what stands inside it. */
  print(entity: EntityName, row: TextRow): string {
    const parts = [`"id":"${row.id}"`];
    for (const { name, kind } of columnsOf(entity)) {
      const text = row[name];
      if (text === null || text === undefined) continue;
      parts.push(`"${name}":${isNumber(name, kind, text) ? text : JSON.stringify(text)}`);
    }
    for (const { name } of hubColumns(entity)) {
      // What a backup says beside HSDS may be nothing, which is not the same as not to be said.
      if (row[name] !== undefined) parts.push(`"${name}":${JSON.stringify(row[name])}`);
    }
    for (const part of partLists(entity)) {
      const list = this.#under.get(`${entity}.${part.name}.${row.id}`);
      if (list) parts.push(`"${part.name}":[${list.map((one) => this.print(part.entity, one)).join(',')}]`);
    }
    return `{${parts.join(',')}}`;
  }
}

/** HSDS wants an extension as a number; one that begins with 0 is none. */
function isNumber(name: string, kind: string, text: string): boolean {
  if (name === 'extension') return String(Number(text)) === text && /^\d{1,15}$/.test(text);
  return (kind === 'number' || kind === 'integer') && Number.isFinite(Number(text));
}

export async function selectText(
  client: ClientBase,
  entity: EntityName,
  extent: Extent,
  where: string,
  values: readonly unknown[],
  limit = '',
): Promise<TextRow[]> {
  const more = extent === 'all' ? hubColumns(entity) : [];
  const { rows } = await client.query<TextRow>(`${selectRows(entity, { more, where, asText: true })} ${limit}`, [
    ...values,
  ]);
  return rows;
}
