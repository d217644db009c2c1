import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { digestOf, keysIn, shortKeyOf } from './short-key.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

it('a key is the same in the program and in the database', async () => {
  const ids = fc.sample(fc.uuid(), 200);
  const rows = await hub.sql<{ id: string; digest: string }>(
    'select id, hub.short_key(id) as digest from unnest($1::uuid[]) id',
    [ids],
  );
  expect(rows.map(({ id }) => digestOf(shortKeyOf(id)))).toEqual(rows.map(({ digest }) => digest));
});

it('keys stand one after another in an address and are found again; the rest is left out', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 20 }), (ids) => {
      const keys = ids.map(shortKeyOf);
      expect(keysIn(keys.join(''))).toEqual(keys);
      expect(keysIn(`${keys.join('')}abc`)).toEqual(keys);
    }),
  );
  expect(keysIn('<script>alert(1)</script>')).toEqual([]);
  expect(keysIn('a'.repeat(500))).toHaveLength(20);
});
