import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/database.js';
import { nowhere, unseen } from '../database/compile.js';
import type { Connection } from './connection.js';
import { keptPage, type OrderBy } from './keyset.js';

interface Row {
  org: number;
  id: number;
}

const ORGS = 20;
const EACH = 2000;
const LARGE = 1000;
const order: OrderBy[] = [{ by: 'id', type: 'int', direction: 'desc' }];

describe('a page whose statement is kept', () => {
  let clone: Awaited<ReturnType<typeof cloneDatabase>>;
  let client: Client;
  const texts: string[] = [];

  /** As each connection of the hub does it: a statement by its text under a name. */
  async function query<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    if (!texts.includes(text)) texts.push(text);
    const { rows } = await client.query({ name: `page_${texts.indexOf(text)}`, text, values: [...values] });
    return rows as R[];
  }

  const page = (org: number, first: number, isSeen = true): Promise<Connection<number>> => {
    const list = {
      key: `lines ${isSeen}`,
      query: (place: (name: string) => never) =>
        nowhere
          .selectFrom(sql<Row>`line`.as('line'))
          .select(sql<number>`id`.as('id'))
          .where(sql<boolean>`org = ${isSeen ? place('org') : unseen(place('org'), 'int')}`) as never,
      values: { org },
      order,
      cursors: false,
    };
    return keptPage<Row, number>({ query }, list, { first }, ({ id }) => id);
  };

  const plans = async (): Promise<{ generic: number; custom: number }[]> =>
    (
      await client.query<{ generic: number; custom: number }>(
        `select generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements where name like 'page_%' order by substr(name, 6)::int`,
      )
    ).rows;

  beforeAll(async () => {
    clone = await cloneDatabase();
    client = new Client({ connectionString: clone.url });
    await client.connect();
    await client.query(`create table line (org int not null, id int not null, text text not null);
      insert into line select n % ${ORGS}, n, repeat('x', 200) from generate_series(1, ${ORGS * EACH}) n;
      create index line_of_org on line (org, id); analyze line`);
  });
  afterAll(async () => {
    await client.end();
    await clone.drop();
  });

  it('is planned once for a size that many ask for', async () => {
    for (let org = 0; org < 15; org += 1) {
      const { edges, pageInfo } = await page(org, 20);
      expect([edges.length, pageInfo.hasNextPage]).toEqual([20, true]);
    }
    // PostgreSQL plans five times before it believes in a plan for all.
    expect(await plans()).toEqual([{ generic: 10, custom: 5 }]);
  });

  it('has as many lines as were asked for, whatever the size', async () => {
    const sizes = [1, 2, 5, 19, 20, 21, 25, 50, 99, 100];
    for (const size of sizes) {
      const { edges, pageInfo } = await page(7, size);
      expect(edges.map(({ node }) => node)).toEqual(Array.from({ length: size }, (_, n) => (EACH - 1 - n) * ORGS + 7));
      expect(pageInfo.hasNextPage).toBe(true);
    }
    // The usual ones each, and one for all others.
    expect(texts).toHaveLength(7);
  });

  it('is planned once too for whoever has most of all lines, where the statement does not say whose they are', async () => {
    await client.query(`insert into line select ${LARGE}, n, repeat('x', 200)
      from generate_series(${ORGS * EACH + 1}, ${3 * ORGS * EACH}) n; analyze line`);
    const plansOf = async (isSeen: boolean) => {
      const before = await plans();
      for (let times = 0; times < 15; times += 1) expect((await page(LARGE, 8, isSeen)).edges).toHaveLength(8);
      return (await plans()).slice(before.length);
    };
    expect(await plansOf(true)).toEqual([{ generic: 0, custom: 15 }]);
    expect(await plansOf(false)).toEqual([{ generic: 10, custom: 5 }]);
  });
});
