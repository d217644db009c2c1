import { gql } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager } from '../../../test/actors.js';
import { importDesk } from '../../../test/import-desk.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

const preview = gql`
  query ($filter: RetireFilter!) {
    retirePreview(filter: $filter) {
      sources
      kinds {
        entity
        count
      }
      total
      keptByAgency
      services
    }
  }
`;
const list = gql`
  query ($filter: RetireFilter) {
    retireProposals(filter: $filter, first: 100) {
      edges {
        node {
          id
          name
          entity
          keptByAgency
        }
      }
    }
  }
`;
const batches = '{ retireBatches { id decision count } }';
const step = 'batch done left next userErrors { code }';
const settle = `mutation ($input: SettleRetireProposalsInput!) { settleRetireProposals(input: $input) { ${step} } }`;
const undo = `mutation ($input: UndoRetireBatchInput!) { undoRetireBatch(input: $input) { ${step} } }`;

interface Step {
  batch: string | null;
  done: number;
  left: number;
  next: string | null;
  userErrors: { code: string }[];
}

/** Goes on as the page does, until all is done. */
async function through(ask: (before: Step | undefined) => Promise<Step>) {
  let [last, done, left, calls]: [Step | undefined, number, number, number] = [undefined, 0, 0, 0];
  do {
    last = await ask(last);
    expect(last.userErrors).toEqual([]);
    done += last.done;
    left += last.left;
    calls += 1;
  } while (last.next);
  return { batch: last.batch, done, left, calls };
}
const settleAll = (filter: object, decision: string, expected: number) =>
  through(async (before) => {
    const input = { filter, decision, expected, batchId: before?.batch, after: before?.next };
    return (await desk.actor.gql(settle, { input })).settleRetireProposals;
  });
const undoAll = (batchId: string | null) =>
  through(async (before) => (await desk.actor.gql(undo, { input: { batchId, after: before?.next } })).undoRetireBatch);
const seen = async (filter: object) => (await desk.actor.gql(preview, { filter })).retirePreview;

const source = 'Gone county';
const columns = [
  { column: 'id', target: 'row.id' },
  { column: 'name', target: 'service.name' },
  { column: 'agency', target: 'organization.name' },
  { column: 'street', target: 'address.address_1' },
  { column: 'city', target: 'address.city' },
  { column: 'state', target: 'address.state_province' },
  { column: 'zip', target: 'address.postal_code' },
];
const ROWS = 60;
const table = (rows: number) =>
  `id,name,agency,street,city,state,zip\n${Array.from({ length: rows }, (_, n) => `${n},Service ${n},Agency ${n},${n} Elm St,Towson,MD,21204\n`).join('')}`;

async function bring(text: string): Promise<void> {
  const { id } = await desk.send(text, { name: 'list.csv' });
  await desk.confirmed((await desk.tried(id, source, columns)).id);
}

/** All that can be gone, as it stands. */
const standing = async () => ({
  services: await desk.hub.sql(
    `select v.id, v.status from hub.service v join hub.import_source s on s.id = v.source_id where s.name = $1 order by v.id`,
    [source],
  ),
  agencies: await desk.hub.sql(
    `select o.id, o.retired_at from hub.organization o join hub.import_source s on s.id = o.source_id where s.name = $1 order by o.id`,
    [source],
  ),
  places: await desk.hub.sql(
    `select l.id, l.name, a.id as address, a.address_1, x.id as site from hub.location l join hub.import_source s on s.id = l.source_id
     left join hub.address a on a.location_id = l.id left join hub.service_at_location x on x.location_id = l.id where s.name = $1 order by l.id`,
    [source],
  ),
});

describe('what a source no longer has, decided together', () => {
  it('is seen before, done step by step, and comes back whole; what its agency keeps is left for a person', async () => {
    await bring(table(ROWS));
    await bring(table(1));
    const before = await standing();
    const gone = ROWS - 1;
    expect(await seen({})).toEqual({
      sources: [source],
      kinds: ['service_at_location', 'service', 'location', 'organization'].map((entity) => ({ entity, count: gone })),
      total: 4 * gone,
      keptByAgency: 0,
      services: gone,
    });
    await desk.hub.sql(`update hub.organization set claimed_at = now() where name = 'Agency 7'`);
    const [all, some] = [await seen({}), await seen({ entity: 'service', text: 'service 1' })];
    expect(all).toMatchObject({ total: 4 * gone - 2, keptByAgency: 2 });
    expect(some).toMatchObject({ total: 10 + 1, kinds: [{ entity: 'service', count: 11 }] });
    expect((await seen({ source: 'Nobody' })).total).toBe(0);
    const listed = (await desk.actor.gql(list, { filter: { entity: 'service', text: 'Service 7' } })).retireProposals;
    expect(listed.edges).toMatchObject([{ node: { name: 'Service 7', keptByAgency: true } }]);

    const more = { filter: {}, decision: 'RETIRE', expected: all.total - 1 };
    expect((await desk.actor.gql(settle, { input: more })).settleRetireProposals.userErrors).toEqual([
      { code: 'CHANGED_SINCE' },
    ]);
    expect(await standing()).toEqual(before);

    const kept = await settleAll({ entity: 'service', text: 'service 1' }, 'KEEP', some.total);
    expect(kept).toMatchObject({ done: 11, left: 0, calls: 1 });
    const retired = await settleAll({}, 'RETIRE', all.total - 11);
    // The place of the service that stays, and of the one whose agency keeps it, went with its link: it was gone itself.
    expect(retired).toMatchObject({ done: all.total - 11, left: 0 });
    expect(retired.calls).toBeGreaterThan(2);
    const after = await standing();
    expect(after.services.filter(({ status }) => status === 'defunct')).toHaveLength(gone - 1 - 11);
    expect(after.agencies.filter(({ retired_at: at }) => at !== null)).toHaveLength(gone - 1);
    expect(after.places).toHaveLength(1);
    expect((await desk.actor.gql(batches)).retireBatches).toMatchObject([
      { id: retired.batch, decision: 'RETIRE', count: all.total - 11 },
      { id: kept.batch, decision: 'KEEP', count: 11 },
    ]);

    expect(await undoAll(retired.batch)).toMatchObject({ done: all.total - 11, left: 0 });
    expect(await undoAll(kept.batch)).toMatchObject({ done: 11 });
    expect(await standing()).toEqual(before);
    expect(await seen({})).toEqual(all);
    expect((await desk.actor.gql(batches)).retireBatches).toEqual([]);
  });

  it('leaves what others still need, which waits on', async () => {
    const places = await seen({ entity: 'location' });
    const answer = await settleAll({ entity: 'location' }, 'RETIRE', places.total);
    expect(answer).toMatchObject({ done: 0, left: places.total });
    expect(await seen({ entity: 'location' })).toEqual(places);
  });

  it('is not for those who do not keep the directory', async () => {
    const other = await careManager(desk.hub);
    for (const query of [batches, '{ retirePreview(filter: {}) { total } }']) {
      await expect(other.gql(query)).rejects.toThrow();
    }
    const input = { filter: {}, decision: 'KEEP', expected: 1000 };
    await expect(other.gql(settle, { input })).rejects.toThrow();
  });
});
