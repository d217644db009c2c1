import type { EntityManager } from '@mikro-orm/postgresql';
import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';

/** Sends one statement and returns its rows. */
type Send = <Row>(text: string) => Promise<Row[]>;

/** A connection of the owner, with a transaction open. */
export type Owner = ClientBase | EntityManager;

function sender(owner: Owner): Send {
  if ('execute' in owner) return (text) => owner.execute(text);
  return async <Row>(text: string) => (await owner.query(text)).rows as Row[];
}

/** An index, a key or a foreign key: how to take it away, and how PostgreSQL itself says it is made. */
interface Part {
  kind: 'index' | 'key' | 'foreign key';
  table: string;
  name: string;
  drop: string;
  make: string;
  comment: string | null;
}

const named = (tables: readonly string[]): string => tables.map((table) => `hub.${escapeIdentifier(table)}`).join(', ');

/** Memory for sorting an index or checking a foreign key, in each of up to two processes. */
const MEMORY = '512MB';

/**
 * Runs `work`, which writes a lot into some tables, while these have neither indexes nor keys, and makes all of them
 * again before it returns: a foreign key looked up for each row was half of the time, an index kept in order most of
 * the rest. Everything happens in the transaction that the client has open: a failure anywhere leaves the tables, their
 * rows and their indexes as they were. Nobody else reads or writes the tables meanwhile.
 *
 * `work` is told whether the tables are empty; then they were truncated, and COPY may write its rows FREEZE, so that
 * no vacuum has to come by for them. `keeps` names indexes and keys that `work` cannot do without.
 */
export async function bulkLoad<T>(
  owner: Owner,
  tables: readonly string[],
  work: (empty: boolean) => Promise<T>,
  { keeps = [] }: { keeps?: readonly string[] } = {},
): Promise<T> {
  const send = sender(owner);
  await send(`lock table ${named(tables)} in access exclusive mode`);
  const parts = (await partsOf(send, tables)).filter((part) => !keeps.includes(part.name));
  for (const kind of ['foreign key', 'key', 'index'] as const) {
    for (const part of parts.filter((one) => one.kind === kind)) await send(part.drop);
  }
  const empty = await areEmpty(send, tables);
  if (empty) await send(`truncate ${named(tables)}`);
  const done = await work(empty);
  await send(`set local maintenance_work_mem = '${MEMORY}'`);
  for (const kind of ['index', 'key', 'foreign key'] as const) {
    for (const { make, comment } of parts.filter((one) => one.kind === kind)) {
      await send(make);
      if (comment !== null) await send(comment);
    }
  }
  return done;
}

async function areEmpty(send: Send, tables: readonly string[]): Promise<boolean> {
  const any = tables.map((table) => `exists (select from ${named([table])})`).join(' or ');
  const [row] = await send<{ full: boolean }>(`select ${any} as full`);
  return row?.full === false;
}

/** Foreign keys from and to the tables, their keys, and the indexes that are no key's. */
async function partsOf(send: Send, tables: readonly string[]): Promise<Part[]> {
  const rows = await send<Omit<Part, 'drop' | 'comment'> & { note: string | null }>(
    `with t as (select oid from pg_class where relnamespace = 'hub'::regnamespace and relname in (${tables.map(escapeLiteral).join(', ')}))
     select case c.contype when 'f' then 'foreign key' else 'key' end as kind, c.conrelid::regclass::text as table, c.conname as name,
       pg_get_constraintdef(c.oid) as make, obj_description(c.oid, 'pg_constraint') as note
     from pg_constraint c where c.conparentid = 0
       and (c.contype = 'f' and (c.conrelid in (select oid from t) or c.confrelid in (select oid from t))
         or c.contype in ('p', 'u') and c.conrelid in (select oid from t))
     union all
     select 'index', i.indrelid::regclass::text, r.relname, pg_get_indexdef(i.indexrelid), obj_description(r.oid, 'pg_class')
     from pg_index i join pg_class r on r.oid = i.indexrelid where i.indrelid in (select oid from t)
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
     order by 2, 3`,
  );
  return rows.map(({ kind, table, name, make, note }) => {
    const id = escapeIdentifier(name);
    const index = kind === 'index';
    const what = index ? `index hub.${id}` : `constraint ${id} on ${table}`;
    return {
      kind,
      table,
      name,
      drop: index ? `drop index hub.${id}` : `alter table ${table} drop constraint ${id}`,
      make: index ? make : `alter table ${table} add constraint ${id} ${make}`,
      comment: note === null ? null : `comment on ${what} is ${escapeLiteral(note)}`,
    };
  });
}
