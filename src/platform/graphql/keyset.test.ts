import * as fc from 'fast-check';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/database.js';
import { newId } from '../id.js';
import type { Connection, PageArgs } from './connection.js';
import { keysetPage, type OrderBy } from './keyset.js';

interface Row {
  id: string;
  name: string;
  due: string | null;
  score: number | null;
}

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Kysely<{ item: Row }>;

beforeAll(async () => {
  clone = await cloneDatabase();
  const pool = new Pool({ connectionString: clone.url, max: 2 });
  pool.on('error', () => undefined);
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  await sql`create table item (id uuid primary key, name text not null, due timestamptz, score double precision)`.execute(
    db,
  );
});
afterAll(async () => {
  await db.destroy();
  await clone.drop();
});

const id: OrderBy = { by: 'id', type: 'uuid' };
const ORDERS: Record<string, OrderBy[]> = {
  'by name': [{ by: 'name', type: 'text' }, id],
  'by name, newest first': [
    { by: 'name', type: 'text', direction: 'desc' },
    { ...id, direction: 'desc' },
  ],
  'by time, none last': [{ by: 'due', type: 'timestamptz', nulls: 'last' }, id],
  'by time, none first': [
    { by: 'due', type: 'timestamptz', nulls: 'first' },
    { by: 'name', type: 'text', direction: 'desc' },
    id,
  ],
  'by falling score, none last': [{ by: 'score', type: 'float8', direction: 'desc', nulls: 'last' }, id],
  'by falling score, none first, and time': [
    { by: 'score', type: 'float8', direction: 'desc', nulls: 'first' },
    { by: 'due', type: 'timestamptz', nulls: 'last' },
    { ...id, direction: 'desc' },
  ],
  'by an expression': [{ by: sql`coalesce(score, 0)`, name: 'score or 0', type: 'float8' }, id],
};

const page = (order: OrderBy[], args: PageArgs): Promise<Connection<Row>> =>
  keysetPage(db.selectFrom('item').selectAll(), order, args, ({ id, name, due, score }: Row) => ({
    id,
    name,
    due,
    score,
  }));

/** Few different values, so that ties and nulls are the rule; microseconds, which a JavaScript Date would lose. */
const row = fc.record({
  name: fc.constantFrom('', 'a', 'A', 'ä', 'b', "o'c", 'z'),
  due: fc.constantFrom(null, '2026-11-22 10:00:00.000001Z', '2026-11-22 10:00:00.000002Z', '2026-11-23 09:00:00Z'),
  score: fc.constantFrom(null, 0, 0.1, 1e21, -3.5),
});
type NewRow = Omit<Row, 'id'>;

async function fill(rows: readonly NewRow[]): Promise<string[]> {
  const made = rows.map((one) => ({ id: newId(), ...one }));
  if (made.length > 0) await db.insertInto('item').values(made).execute();
  return made.map((one) => one.id);
}

async function walk(
  order: OrderBy[],
  size: number,
  backward: boolean,
  between: () => Promise<void>,
): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let turn = 0; turn < 200; turn += 1) {
    const args: PageArgs = backward ? { last: size, before: cursor } : { first: size, after: cursor };
    const { edges, pageInfo } = await page(order, args);
    const ids = edges.map((edge) => edge.node.id);
    seen.push(...(backward ? ids.toReversed() : ids));
    expect(ids.length).toBeLessThanOrEqual(size);
    const more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    if (!more) return seen;
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
    await between();
  }
  throw new Error('paging does not end');
}

describe.each(Object.entries(ORDERS))('paging %s', (_, order) => {
  it('meets each row once, forward and backward, whatever the page size, ties and nulls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 25 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (rows, size, backward) => {
          await db.deleteFrom('item').execute();
          const ids = await fill(rows);
          const whole = (await page(order, { first: 100 })).edges.map((edge) => edge.node.id);
          expect(whole.toSorted()).toEqual(ids.toSorted());
          const seen = await walk(order, size, backward, async () => undefined);
          expect(seen).toEqual(backward ? whole.toReversed() : whole);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('meets each row that was there from the start once while others are inserted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 3, maxLength: 20 }),
        fc.array(row, { maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (rows, later, size) => {
          await db.deleteFrom('item').execute();
          const ids = await fill(rows);
          const waiting = [...later];
          const seen = await walk(order, size, false, async () => {
            const next = waiting.shift();
            if (next) await fill([next]);
          });
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((one) => ids.includes(one)).toSorted()).toEqual(ids.toSorted());
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a cursor', () => {
  const byName = ORDERS['by name'] ?? [];

  it('of another order, a made-up one and none at all are refused', async () => {
    await db.deleteFrom('item').execute();
    await fill([
      { name: 'a', due: null, score: 1 },
      { name: 'b', due: null, score: 1 },
    ]);
    const cursor = (await page(byName, { first: 1 })).pageInfo.endCursor;
    const byTime = ORDERS['by time, none last'] ?? [];
    await expect(page(byTime, { after: cursor })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (text) => {
        await expect(page(byName, { before: text })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
      }),
      { numRuns: 50 },
    );
  });

  it('whose inside was tampered with is refused before the database sees it', async () => {
    const cursor = (await page(byName, { first: 1 })).pageInfo.endCursor ?? '';
    const [print] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
    for (const key of [
      [print],
      [print, 'a'],
      [print, 'a', 'x'],
      [print, 7, newId()],
      [print, 'a\u0000', newId()],
      [print, 'a', {}],
    ]) {
      const forged = Buffer.from(JSON.stringify(key)).toString('base64url');
      await expect(page(byName, { after: forged })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });
});
