import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testHub, type TestHub } from './hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

it('says of every table how long its rows are kept, once', async () => {
  const tables = await hub.sql<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition order by 1`,
  );
  const page = await readFile(resolve('docs/retention.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const said = rows.flatMap((row) =>
    [...(row.split(' | ', 1)[0] ?? '').matchAll(/`([\w*]+)`/g)].map(([, name]) => name ?? ''),
  );
  const covers = (pattern: string, name: string): boolean =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
  const missing = tables.filter(({ name }) => said.filter((pattern) => covers(pattern, name)).length !== 1);
  expect(missing.map(({ name }) => name)).toEqual([]);
});
