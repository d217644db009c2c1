import { gql } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager } from '../../../test/actors.js';
import { importDesk } from '../../../test/import-desk.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

const source = 'Differing county';
const columns = [
  { column: 'id', target: 'row.id' },
  { column: 'name', target: 'service.name' },
  { column: 'agency', target: 'organization.name' },
  { column: 'about', target: 'service.description' },
  { column: 'fees', target: 'service.fees_description' },
  { column: 'phone', target: 'phone.number' },
];
const ROWS = 130;
const table = (about: string, fees: string, phone: number) =>
  `id,name,agency,about,fees,phone\n${Array.from({ length: ROWS }, (_, n) => `${n},Service ${n},Agency ${n},${about} ${n},${fees},410-555-${phone + n}\n`).join('')}`;

async function bring(text: string): Promise<void> {
  const { id } = await desk.send(text, { name: 'list.csv' });
  await desk.confirmed((await desk.tried(id, source, columns)).id);
}
const preview = gql`
  query ($filter: ConflictFilter!) {
    conflictPreview(filter: $filter) {
      sources
      fields {
        field
        count
      }
      total
      setByAgency
      entries
    }
  }
`;
const seen = async (filter: object) => (await desk.actor.gql(preview, { filter })).conflictPreview;
const step = 'batch done left next userErrors { code }';
const settle = `mutation ($input: SettleImportConflictsInput!) { answer: settleImportConflicts(input: $input) { ${step} } }`;
const undo = `mutation ($input: UndoConflictBatchInput!) { answer: undoConflictBatch(input: $input) { ${step} } }`;
const batches = '{ conflictBatches { id decision count } }';

/** Goes on as the page does, until all is done. */
async function through(mutation: string, input: object) {
  let [last, done, left, calls]: [Record<string, any>, number, number, number] = [{}, 0, 0, 0]; // oxlint-disable-line typescript/no-explicit-any -- tests read what they asked for
  do {
    const on = last['next'] ? { batchId: last['batch'], after: last['next'] } : {};
    last = (await desk.actor.gql(mutation, { input: { ...input, ...on } })).answer;
    expect(last['userErrors']).toEqual([]);
    done += last['done'];
    left += last['left'];
    calls += 1;
  } while (last['next']);
  return { batch: last['batch'], done, left, calls };
}

/** What stands in the fields, who keeps them, and what waits. */
const standing = async () => ({
  services: await desk.hub.sql(
    `select v.name, v.description, v.fees_description, (select string_agg(p.number, ',' order by p.number) from hub.phone p where p.service_id = v.id) as phones
     from hub.service v join hub.import_source s on s.id = v.source_id where s.name = $1 order by v.name`,
    [source],
  ),
  owners: await desk.hub.sql(
    'select entity_id, field, owner, source_value from hub.field_owner order by entity_id, field',
  ),
  waiting: await desk.hub.sql('select id from hub.import_conflict where decision is null order by id'),
});

describe('differences, decided together', () => {
  it('are seen before, decided step by step for either side, and come back as they were', async () => {
    await bring(table('Words', 'Free', 1000));
    await desk.hub.sql(
      `insert into hub.field_owner (entity, entity_id, field, owner, set_at, source_value)
       select 'service', v.id, f.field, case when v.name = 'Service 7' then 'AGENCY' else 'CURATOR' end, now(), 'x'
       from hub.service v join hub.import_source s on s.id = v.source_id and s.name = $1
       cross join (values ('description'), ('fees_description'), ('phones')) f (field)`,
      [source],
    );
    await bring(table('Other words', '$5', 2000));
    const before = await standing();
    const gone = ROWS - 1;
    const all = await seen({});
    expect(all).toEqual({
      sources: [source],
      fields: ['description', 'fees_description', 'phones'].map((field) => ({ field, count: gone })),
      total: 3 * gone,
      setByAgency: 3,
      entries: gone,
    });
    expect(await seen({ field: 'phones', text: 'service 12' })).toMatchObject({ total: 11, entries: 11 });
    expect(await seen({ source: 'Nobody' })).toMatchObject({ total: 0, entries: 0, setByAgency: 0 });

    const stale = { filter: {}, decision: 'TAKE_THEIRS', expected: all.total - 1 };
    expect((await desk.actor.gql(settle, { input: stale })).answer.userErrors).toEqual([{ code: 'CHANGED_SINCE' }]);
    expect(await standing()).toEqual(before);

    const kept = await through(settle, { filter: { field: 'phones' }, decision: 'KEEP_OURS', expected: gone });
    expect(kept).toMatchObject({ done: gone, left: 0, calls: 2 });
    expect((await standing()).services).toEqual(before.services);
    const taken = await through(settle, { filter: {}, decision: 'TAKE_THEIRS', expected: 2 * gone });
    expect(taken).toMatchObject({ done: 2 * gone, left: 0 });
    const after = await standing();
    expect(after.services.filter(({ fees_description: fees }) => fees === '$5')).toHaveLength(gone);
    expect(after.services.find(({ name }) => name === 'Service 7')).toMatchObject({ description: 'Words 7' });
    expect(after.waiting).toHaveLength(3);
    expect((await desk.actor.gql(batches)).conflictBatches).toEqual([
      { id: taken.batch, decision: 'TAKE_THEIRS', count: 2 * gone },
      { id: kept.batch, decision: 'KEEP_OURS', count: gone },
    ]);

    // One was corrected again since: that stays, and the rest comes back.
    await desk.hub.sql(`update hub.service set fees_description = 'Newer' where name = 'Service 3'`);
    expect(await through(undo, { batchId: taken.batch })).toMatchObject({ done: 2 * gone - 1, left: 1 });
    await desk.hub.sql(`update hub.service set fees_description = '$5' where name = 'Service 3'`);
    expect(await through(undo, { batchId: taken.batch })).toMatchObject({ done: 1, left: 0 });
    expect(await through(undo, { batchId: kept.batch })).toMatchObject({ done: gone });
    expect(await standing()).toEqual(before);
    expect((await desk.actor.gql(batches)).conflictBatches).toEqual([]);
    expect(await through(undo, { batchId: kept.batch })).toMatchObject({ done: 0, left: 0 });
  });

  it('are for those who keep the directory alone', async () => {
    for (const other of [await careManager(desk.hub), await agencyStaff(desk.hub)]) {
      for (const query of [batches, '{ conflictPreview(filter: {}) { total } }']) {
        expect(await other.codes(query)).toEqual(['FORBIDDEN']);
      }
      const input = { filter: {}, decision: 'KEEP_OURS', expected: 1000 };
      expect(await other.codes(settle, { input })).toEqual(['FORBIDDEN']);
      expect(await other.codes(undo, { input: { batchId: '01900000-0000-7000-8000-000000000001' } })).toEqual([
        'FORBIDDEN',
      ]);
    }
  });
});
