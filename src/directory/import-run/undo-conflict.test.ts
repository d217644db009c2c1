import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDesk } from '../../../test/import-desk.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

const source = 'Differing county';
const names: readonly (readonly [string, string])[] = [
  ['id', 'row.id'],
  ['name', 'service.name'],
  ['about', 'service.description'],
  ['agency', 'organization.name'],
  ['site', 'organization.website'],
  ['age', 'service.minimum_age'],
  ['fees', 'service.fees_description'],
  ['assured', 'service.assured_date'],
  ['phone', 'phone.number'],
  ['hours', 'schedule.description'],
  ['language', 'language.name'],
  ['area', 'service_area.name'],
  ['street', 'address.address_1'],
  ['city', 'address.city'],
  ['state', 'address.state_province'],
  ['zip', 'address.postal_code'],
  ['lat', 'location.latitude'],
  ['lon', 'location.longitude'],
];
const columns = names.map(([column, target]) => ({ column, target }));
const header = names.map(([column]) => column).join(',');
const first =
  '1,One,Words,Elm,https://one.example.org,18,$5,2026-01-01,410-555-0101,Mon 9am-5pm,Spanish,"Howard County, MD",1 Elm St,Columbia,MD,21044,39.21,-76.86';
const second =
  '1,One,Other words,Elm,https://two.example.org,21,Free,2026-02-02,410-555-0102 / 410-555-0103,Tue 9am-5pm,French,"Baltimore City, MD",2 Oak St,Columbia,MD,21045,39.19,-76.83';

async function bring(row: string): Promise<void> {
  const { id } = await desk.send(`${header}\n${row}\n`, { name: 'list.csv' });
  await desk.confirmed((await desk.tried(id, source, columns)).id);
}

/** All that the fields below hold, row by row. */
async function standing(): Promise<unknown> {
  const rows = (table: string, where: string) =>
    desk.hub.sql(
      `select to_jsonb(x) - 'last_modified' - 'updated_at' - 'version' - 'verified_at' as row from hub.${table} x where ${where} order by x.id`,
    );
  const of = `service_id in (select v.id from hub.service v join hub.import_source s on s.id = v.source_id where s.name = '${source}')`;
  const at = `in (select location_id from hub.service_at_location where ${of})`;
  return {
    service: await rows('service', of.replace('service_id', 'x.id')),
    organization: await rows(
      'organization',
      `x.id in (select organization_id from hub.service where ${of.replace('service_id', 'id')})`,
    ),
    phones: await rows('phone', of),
    schedules: await rows('schedule', of),
    languages: await rows('language', `${of} or x.phone_id in (select id from hub.phone where ${of})`),
    areas: await rows('service_area', of),
    addresses: await rows('address', `x.location_id ${at}`),
    places: await rows('location', `x.id ${at}`),
  };
}

const conflicts = '{ importConflicts(first: 50) { edges { node { id entity field ours theirs } } } }';
const open = async (): Promise<{ id: string; entity: string; field: string }[]> =>
  (await desk.actor.gql(conflicts)).importConflicts.edges.map(({ node }: { node: object }) => node);
const settle = async (id: string, decision: string) => {
  const document =
    'mutation ($input: SettleImportConflictInput!) { settleImportConflict(input: $input) { userErrors { code } } }';
  expect((await desk.actor.gql(document, { input: { id, decision } })).settleImportConflict.userErrors).toEqual([]);
};
const undo = async (id: string) =>
  (
    await desk.actor.gql(
      'mutation ($input: UndoImportConflictInput!) { undoImportConflict(input: $input) { undone userErrors { code } } }',
      { input: { id } },
    )
  ).undoImportConflict;

const FIELDS = [
  'service description',
  'service minimum_age',
  'service fees_description',
  'service is_free',
  'service assured_date',
  'service categories',
  'service phones',
  'service schedules',
  'service languages',
  'service service_areas',
  'service address',
  'organization website',
];

describe('what was decided about a difference', () => {
  it('is taken back for every kind of field: texts, numbers, days, lists, addresses', async () => {
    await bring(first);
    const [service] = await desk.services(source);
    const [row] = await desk.hub.sql<{ organization_id: string }>(
      'select organization_id from hub.service where id = $1',
      [service?.id],
    );
    await desk.hub.sql(`update hub.service set categories = '{housing-instability}', is_free = false where id = $1`, [
      service?.id,
    ]);
    await desk.hub.sql(
      `insert into hub.language (id, phone_id, name, code) select gen_random_uuid(), id, 'German', 'de' from hub.phone where service_id = $1`,
      [service?.id],
    );
    for (const name of FIELDS) {
      const [entity, field] = name.split(' ');
      await desk.hub.sql(
        `insert into hub.field_owner (entity, entity_id, field, owner) values ($1, $2, $3, 'CURATOR')`,
        [entity, entity === 'service' ? service?.id : row?.organization_id, field],
      );
    }
    await bring(second);
    const found = await open();
    const told = found.map(({ entity, field }) => `${entity} ${field}`);
    expect(told.toSorted()).toEqual(FIELDS.filter((name) => name !== 'service categories').toSorted());

    for (const { id, entity, field } of found) {
      const before = await standing();
      await settle(id, 'TAKE_THEIRS');
      expect([field, await standing()]).not.toEqual([field, before]);
      expect(await undo(id)).toEqual({ undone: true, userErrors: [] });
      expect([entity, field, await standing()]).toEqual([entity, field, before]);
      expect((await open()).map((one) => one.id)).toContain(id);
    }
    // Ours again: the next import leaves them alone, and asks nothing new.
    const before = await standing();
    await bring(second);
    expect(await standing()).toEqual(before);
    expect(await open()).toHaveLength(found.length);
  });

  it('is taken back by the line of the history too', async () => {
    const [service] = await desk.services(source);
    const history = `query ($id: ID!) { service(id: $id) { version history(first: 1) { edges { node { id field viewerCanUndo } } } } }`;
    const before = await standing();
    for (const { id, entity, field } of await open()) {
      if (entity !== 'service' || field === 'is_free') continue;
      await settle(id, 'TAKE_THEIRS');
      const read = (await desk.actor.gql(history, { id: service?.id })).service;
      const line = read.history.edges[0].node;
      expect(line).toMatchObject({ field, viewerCanUndo: true });
      const { undoChange } = await desk.actor.gql(
        'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { userErrors { code } } }',
        { input: { changeId: line.id, expectedVersion: read.version } },
      );
      expect([field, undoChange.userErrors]).toEqual([field, []]);
    }
    const fields = (state: unknown) =>
      JSON.stringify(state, (key, value: unknown) =>
        ['id', 'next_verification_on', 'time_zone'].includes(key) ? undefined : value,
      );
    expect(fields(await standing())).toEqual(fields(before));
  });

  it('is not taken back once somebody has changed the field again, nor twice', async () => {
    await bring(first);
    await bring(second);
    const text = (await open()).find(({ field }) => field === 'description');
    const id = text?.id ?? '';
    await settle(id, 'TAKE_THEIRS');
    await desk.hub.sql(`update hub.service set description = 'Newer' where name = 'One'`);
    expect(await undo(id)).toEqual({ undone: null, userErrors: [{ code: 'CHANGED_SINCE' }] });
    await desk.hub.sql(`update hub.service set description = 'Other words' where name = 'One'`);
    expect(await undo(id)).toMatchObject({ undone: true });
    expect(await undo(id)).toEqual({ undone: null, userErrors: [{ code: 'CANNOT_UNDO' }] });
  });
});
