import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from './hub.js';

interface Column {
  name: string;
  nullable: boolean;
  type: string;
}

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

/** What a column of an entity is in PostgreSQL's own words. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  'text[]': ['text[]'],
  'date[]': ['date[]'],
  'uuid[]': ['uuid[]'],
  int: ['integer'],
  timestamptz: ['timestamp with time zone'],
  'timestamptz(6)': ['timestamp with time zone'],
  boolean: ['boolean'],
  'double precision': ['double precision'],
  float: ['double precision', 'numeric'],
  real: ['double precision', 'numeric'],
  bigint: ['bigint'],
  numeric: ['numeric'],
  jsonb: ['jsonb'],
  date: ['date'],
  uuid: ['uuid'],
  text: ['text', 'citext'],
  'varchar(255)': ['text', 'citext'],
};

describe('entities', () => {
  it('match the tables that the migrations made', async () => {
    const rows = await hub.sql<Column & { table: string }>(
      `select c.relname as table, a.attname as name, not a.attnotnull as nullable, format_type(a.atttypid, null) as type
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'hub' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
    );
    const tables = Map.groupBy(rows, (row) => row.table);
    const wrong: string[] = [];
    for (const meta of hub.orm.getMetadata().getAll().values()) {
      const columns = new Map((tables.get(meta.tableName) ?? []).map((column) => [column.name, column]));
      for (const property of meta.props.filter((one) => one.persist !== false && one.fieldNames)) {
        const [field = ''] = property.fieldNames;
        const column = columns.get(field);
        const place = `${meta.className}.${property.name}`;
        if (!column) {
          wrong.push(`${place}: ${meta.tableName}.${field} is missing`);
          continue;
        }
        if (Boolean(property.nullable) !== column.nullable) wrong.push(`${place}: nullable differs`);
        const [type = ''] = property.columnTypes;
        if (!(SAME[type] ?? [type]).includes(column.type)) wrong.push(`${place}: ${type} is ${column.type}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(hub.orm.getMetadata().getAll().size).toBeGreaterThan(4);
  });
});
