import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  agencyAdmin,
  agencyStaff,
  careManager,
  curator,
  visitor,
  type Actor,
  type Visitor,
} from '../../../test/actors.js';
import { insert } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing, type ListingRow } from '../../../test/listings.js';
import { newId } from '../../platform/id.js';
import { camel, recordKinds, recordNames, type RecordName } from './record-kinds.js';

let hub: TestHub;
let keeper: Actor;
let staff: Actor;
let row: ListingRow;

const SAVE = `mutation ($input: SaveRecordInput!) { saveRecord(input: $input) { record { __typename } userErrors { code field } } }`;
const DELETE = `mutation ($input: DeleteRecordInput!) { deleteRecord(input: $input) { deleted userErrors { code } } }`;

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
async function save(who: Visitor, input: object, fields = ''): Promise<any> {
  const document = fields
    ? `mutation ($input: SaveRecordInput!) { saveRecord(input: $input) { record { __typename ${fields} } userErrors { code field } } }`
    : SAVE;
  return (await who.gql(document, { input })).saveRecord;
}
const remove = async (who: Visitor, entity: string, id: string) =>
  (await who.gql(DELETE, { input: { entity, id } })).deleteRecord;

/** What a new row of each table may be, beside what it hangs on. */
const samples: Readonly<Record<RecordName, object>> = {
  organization_identifier: { identifierType: 'EIN', identifier: '00-0000000', identifierScheme: 'US-EIN' },
  program: { name: 'Winter help' },
  contact: { name: 'Front desk', email: 'desk@example.org' },
  phone: { number: '(410) 555-0123', type: 'voice', extension: '12' },
  schedule: { freq: 'WEEKLY', byday: 'MO,WE', opensAt: '09:00', closesAt: '17:00', validFrom: '2026-01-01' },
  service_area: { name: 'Maryland', extent: '{}', extentType: 'geojson' },
  cost_option: { option: 'Adults', amount: 12.5, currency: 'usd', validFrom: '2026-01-01' },
  required_document: { document: 'Proof of address', uri: 'https://example.org/paper' },
  funding: { source: 'County' },
  language: { code: 'es' },
  accessibility: { description: 'Ramp' },
  service_capacity: { available: 3, maximum: 10, updated: '2026-06-15T12:00:00Z' },
  url: { url: 'https://example.org/more', label: 'More' },
  service: { alternateName: 'HP' },
  organization: { website: 'https://example.org', yearIncorporated: 1998 },
  location: { name: 'Annex', locationType: 'physical', latitude: 39.2, longitude: -76.8 },
  service_at_location: { description: 'Upstairs' },
  address: { address1: '12 Main St', city: 'Columbia', stateProvince: 'Maryland', postalCode: '21044' },
  attribute: { linkType: 'service_type' },
  taxonomy: { name: 'County terms', version: '2' },
  taxonomy_term: { name: 'Food', code: 'F' },
  unit: { name: 'Bed' },
  meta_table_description: { name: 'services', language: 'en' },
};

async function links(entity: RecordName): Promise<object> {
  if (entity === 'service_at_location') {
    const locationId = newId();
    await insert(hub, 'location', { id: locationId, organization_id: row.organizationId });
    return { serviceId: row.id, locationId };
  }
  if (entity === 'attribute') {
    const term = newId();
    await insert(hub, 'taxonomy_term', { id: term, name: 'Term' });
    return { linkId: row.id, linkEntity: 'service', taxonomyTermId: term };
  }
  if (entity === 'service_capacity') {
    const unitId = newId();
    await insert(hub, 'unit', { id: unitId, name: 'Bed' });
    return { serviceId: row.id, unitId };
  }
  const owners = recordKinds.get(entity)?.owners ?? [];
  const all: Record<string, string | null> = {
    service_id: row.id,
    organization_id: row.organizationId,
    location_id: row.locationId,
  };
  const owner = owners.includes('service_id') ? 'service_id' : owners[0];
  return owner === undefined ? {} : { [camel(owner)]: all[owner] };
}

beforeAll(async () => {
  hub = await testHub();
  keeper = await curator(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  staff = await agencyStaff(hub);
  row = await listing(hub, { organizationId: staff.organization.id, site: true });
});

describe('a row of HSDS', () => {
  it.each(recordNames)(
    '%s is added or found, changed, read back and taken out by a curator, with its history',
    async (entity) => {
      const kind = recordKinds.get(entity);
      const own = { service: row.id, organization: row.organizationId }[entity as string];
      const input = own
        ? { id: own, [camel(entity)]: samples[entity] }
        : { [camel(entity)]: { ...samples[entity], ...(await links(entity)) } };
      const { record, userErrors } = await save(keeper, input);
      expect([entity, userErrors]).toEqual([entity, []]);
      expect(record['__typename']).toBeTruthy();
      const [stored] = await hub.sql<{ id: string }>(
        own
          ? `select id from hub.${entity} where id = '${own}'`
          : `select id from hub.${entity} order by id desc limit 1`,
      );
      const id = stored?.id ?? '';
      const column = kind?.columns.find(({ kind: form }) => form === 'text' || form === 'line')?.name ?? 'description';
      const text = column === 'number' ? '410-555-0199' : 'Changed';
      const changed = await save(keeper, { id, [camel(entity)]: { [camel(column)]: text } });
      expect([entity, column, changed.userErrors]).toEqual([entity, column, []]);
      const history = await hub.sql<{ field: string; action: string; words: string }>(
        `select field_name as field, last_action_type as action, replacement_value as words from hub.metadata where resource_id = $1 and resource_type = $2 order by at, id`,
        [id, entity],
      );
      expect(history.at(-1)).toMatchObject({ field: column, action: 'update' });
      if (own) return;
      expect(await remove(keeper, entity.toUpperCase(), id)).toEqual({ deleted: true, userErrors: [] });
      expect(await hub.sql(`select from hub.${entity} where id = $1`, [id])).toEqual([]);
      expect(await keeper.codes(DELETE, { input: { entity: entity.toUpperCase(), id } })).toEqual(['NOT_FOUND']);
    },
  );

  it('of a listing changes the listing: its version, time and history, what an import may touch, and the search', async () => {
    hub.clock.advance({ minutes: 1 });
    const { record } = await save(
      staff,
      { phone: { number: '410-555-0123', serviceId: row.id } },
      '... on Phone { id number callable }',
    );
    expect(record).toMatchObject({ __typename: 'Phone', callable: '+14105550123' });
    const { service } = await staff.gql(
      `query($id: ID!) { service(id: $id) { version phones { number metadata { fieldName replacementValue } } history { edges { node { field replacement } } } } }`,
      { id: row.id },
    );
    expect(service).toMatchObject({
      version: 2,
      phones: [
        {
          number: '410-555-0123',
          metadata: expect.arrayContaining([{ fieldName: 'number', replacementValue: '410-555-0123' }]),
        },
      ],
      history: { edges: [{ node: { field: 'phones', replacement: '410-555-0123' } }] },
    });
    const owners = await hub.sql<{ field: string }>('select field from hub.field_owner where entity_id = $1', [row.id]);
    expect(owners).toEqual([{ field: 'phones' }]);
    await hub.runJobs();
    expect(await hub.sql('select from hub.search_document where service_id = $1', [row.id])).toHaveLength(1);
    hub.clock.advance({ minutes: 1 });
    const stale = { id: record.id, expectedVersion: 1, phone: { description: 'Office' } };
    expect(await staff.codes(SAVE, { input: stale })).toEqual(['CONFLICT']);
    expect((await save(staff, { ...stale, expectedVersion: 2 })).userErrors).toEqual([]);
  });

  it('of a place, an organization or a shared term marks every listing that shows it', async () => {
    const other = await listing(hub, { organizationId: row.organizationId });
    await insert(hub, 'service_at_location', { id: newId(), service_id: other.id, location_id: row.locationId });
    const versions = async () =>
      (
        await hub.sql<{ version: number }>('select version from hub.service where id = any ($1) order by id', [
          [row.id, other.id],
        ])
      ).map(({ version }) => version);
    await save(staff, { accessibility: { description: 'Ramp', locationId: row.locationId } });
    expect(await versions()).toEqual([2, 2]);
    await save(staff, { contact: { name: 'Director', organizationId: row.organizationId } });
    expect(await versions()).toEqual([3, 3]);
  });

  it('that was sent twice with one key is added once', async () => {
    const input = { idempotencyKey: newId(), funding: { source: 'County', serviceId: row.id } };
    await save(staff, input);
    await save(staff, input);
    expect(await hub.sql('select from hub.funding where service_id = $1', [row.id])).toHaveLength(1);
  });
});

describe('what was written is taken back', () => {
  const UNDO = `mutation ($input: UndoRecordInput!) { undoRecord(input: $input) { record { __typename } userErrors { code } } }`;
  const undo = async (who: Visitor, entity: string, id: string) =>
    (await who.gql(UNDO, { input: { entity: entity.toUpperCase(), id } })).undoRecord;
  const rowsOf = (entity: string, id: string) => hub.sql(`select * from hub.${entity} where id = $1`, [id]);
  /** Adds a row and returns its id. */
  async function added(entity: RecordName): Promise<string> {
    const values = { ...samples[entity], ...(await links(entity)) };
    expect((await save(keeper, { [camel(entity)]: values })).userErrors).toEqual([]);
    const [stored] = await hub.sql<{ id: string }>(`select id from hub.${entity} order by id desc limit 1`);
    hub.clock.advance({ minutes: 1 });
    return stored?.id ?? '';
  }

  it.each(recordNames.filter((entity) => !recordKinds.get(entity)?.changeOnly))(
    '%s: a change, a removal and an addition, each of them and its taking back, to the last cell',
    async (entity) => {
      const id = await added(entity);
      const first = await rowsOf(entity, id);
      const column = recordKinds.get(entity)?.columns.find(({ kind }) => kind === 'text' || kind === 'line')?.name;
      const text = column === 'number' ? '410-555-0199' : 'Changed';
      await save(keeper, { id, [camel(entity)]: { [camel(column ?? 'description')]: text } });
      const second = await rowsOf(entity, id);
      expect(second).not.toEqual(first);
      for (const expected of [first, second, first]) {
        expect((await undo(keeper, entity, id)).userErrors).toEqual([]);
        expect(await rowsOf(entity, id)).toEqual(expected);
      }
      hub.clock.advance({ minutes: 1 });
      await remove(keeper, entity.toUpperCase(), id);
      for (const expected of [first, [], first]) {
        expect((await undo(keeper, entity, id)).userErrors).toEqual([]);
        expect(await rowsOf(entity, id)).toEqual(expected);
      }
    },
  );

  it('with all that hung on it, and never on what is gone', async () => {
    const { record: contact } = await save(
      keeper,
      { contact: { name: 'Desk', serviceId: row.id } },
      '... on Contact { id }',
    );
    const { record: phone } = await save(keeper, { phone: { number: '410-555-0123', contactId: contact.id } }, '... on Phone { id }'); // prettier-ignore
    await save(keeper, { language: { code: 'es', phoneId: phone.id } });
    const all = async () => [
      await rowsOf('contact', contact.id),
      await rowsOf('phone', phone.id),
      await hub.sql('select * from hub.language where phone_id = $1', [phone.id]),
    ];
    const before = await all();
    hub.clock.advance({ minutes: 1 });
    await remove(keeper, 'CONTACT', contact.id);
    expect(await all()).toEqual([[], [], []]);
    expect((await undo(keeper, 'phone', phone.id)).userErrors).toEqual([{ code: 'UNKNOWN_RECORD' }]);
    expect((await undo(keeper, 'contact', contact.id)).userErrors).toEqual([]);
    expect(await all()).toEqual(before);
  });

  it('from the history of its listing too, by those who keep it, and only what was written last', async () => {
    const asked = `query ($id: ID!) { service(id: $id) { version alternateName costOptions { amount }
      history(first: 20) { edges { node { id field viewerCanUndo undone } } } } }`;
    const look = async (who: Visitor) => (await who.gql(asked, { id: row.id })).service;
    const take = (who: Visitor, changeId: string, expectedVersion: number) =>
      who.gql(`mutation ($input: UndoChangeInput!) { undoChange(input: $input) { userErrors { code } } }`, {
        input: { changeId, expectedVersion },
      });
    const option = '... on CostOption { id }';
    const { record } = await save(staff, { costOption: { option: 'Adults', amount: 5, serviceId: row.id } }, option);
    hub.clock.advance({ minutes: 1 });
    await save(staff, { id: record.id, costOption: { amount: 7 } });
    hub.clock.advance({ minutes: 1 });
    await save(staff, { id: row.id, service: { alternateName: 'Pantry' } });
    hub.clock.advance({ minutes: 1 });
    let { version, history } = await look(staff);
    const lines = history.edges.map(({ node }: { node: { id: string; field: string } }) => node);
    expect(lines.map((line: { field: string; viewerCanUndo: boolean }) => [line.field, line.viewerCanUndo])).toEqual([
      ['alternate_name', true],
      ['cost_options', true],
      ['cost_options', true],
    ]);
    const [name, changed, first] = lines;
    expect((await take(staff, first.id, version)).undoChange.userErrors).toEqual([{ code: 'CHANGED_SINCE' }]);
    expect(await (await agencyAdmin(hub)).codes(UNDO, { input: { entity: 'COST_OPTION', id: record.id } })).toEqual([
      'FORBIDDEN',
    ]);
    expect((await take(staff, changed.id, version)).undoChange.userErrors).toEqual([]);
    ({ version, history } = await look(staff));
    expect((await take(staff, name.id, version)).undoChange.userErrors).toEqual([]);
    const now = await look(staff);
    expect(now).toMatchObject({ alternateName: null, costOptions: [{ amount: 5 }] });
    expect(now.history.edges.filter(({ node }: { node: { undone: boolean } }) => node.undone)).toHaveLength(2);
  });
});

describe('who may', () => {
  const phone = () => ({ phone: { number: '410-555-0123', serviceId: row.id } });

  it('an agency writes its own listings, nobody else’s, and not where they are or what they are filed under', async () => {
    expect((await save(staff, phone())).userErrors).toEqual([]);
    const stranger = await agencyAdmin(hub);
    expect(await stranger.codes(SAVE, { input: phone() })).toEqual(['FORBIDDEN']);
    const [kept] = await hub.sql<{ id: string }>('select id from hub.phone where service_id = $1', [row.id]);
    expect(await stranger.codes(DELETE, { input: { entity: 'PHONE', id: kept?.id } })).toEqual(['FORBIDDEN']);
    expect(await stranger.codes(SAVE, { input: { id: kept?.id, phone: { number: '410-555-0100' } } })).toEqual([
      'FORBIDDEN',
    ]);
    for (const entity of recordNames.filter((name) => recordKinds.get(name)?.keeper === 'CURATORS')) {
      const input = { [camel(entity)]: { ...samples[entity], ...(await links(entity)) } };
      expect([entity, await staff.codes(SAVE, { input })]).toEqual([entity, ['FORBIDDEN']]);
    }
  });

  it('others write nothing', async () => {
    const manager = await careManager(hub);
    expect(await manager.codes(SAVE, { input: phone() })).toEqual(['FORBIDDEN']);
    expect(await (await visitor(hub)).codes(SAVE, { input: phone() })).toEqual(['UNAUTHENTICATED']);
  });

  it('nobody moves a row to another listing', async () => {
    const other = await listing(hub);
    await save(staff, phone());
    const [kept] = await hub.sql<{ id: string }>('select id from hub.phone where service_id = $1', [row.id]);
    expect(await staff.codes(SAVE, { input: { id: kept?.id, phone: { serviceId: other.id } } })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('what cannot be', () => {
  it.each([
    [{ phone: { number: 'none', serviceId: 'S' } }, 'BAD_PHONE', 'number'],
    [{ phone: { serviceId: 'S' } }, 'REQUIRED', 'number'],
    [{ url: { url: 'example', serviceId: 'S' } }, 'BAD_URL', 'url'],
    [{ contact: { email: 'nobody', serviceId: 'S' } }, 'BAD_EMAIL', 'email'],
    [{ schedule: { byday: 'MONDAY', serviceId: 'S' } }, 'BAD_VALUE', 'byday'],
    [{ schedule: { opensAt: '25:00', serviceId: 'S' } }, 'BAD_VALUE', 'opensAt'],
    [{ schedule: { interval: 0, serviceId: 'S' } }, 'BAD_NUMBER', 'interval'],
    [{ costOption: { amount: -1, serviceId: 'S' } }, 'BAD_NUMBER', 'amount'],
    [{ language: { code: 'klingonisch', serviceId: 'S' } }, 'BAD_LANGUAGE', 'code'],
    [
      { serviceCapacity: { available: 1, updated: '2026-06-15T12:00:00Z', unitId: newId(), serviceId: 'S' } },
      'UNKNOWN_RECORD',
      'unitId',
    ],
    [{ location: { latitude: 91 } }, 'BAD_NUMBER', 'latitude'],
    [
      { address: { address1: 'x', city: 'y', stateProvince: 'Atlantis', postalCode: '21044', locationId: 'L' } },
      'BAD_STATE',
      'stateProvince',
    ],
    [{ taxonomyTerm: { name: 'x', taxonomyId: newId() } }, 'UNKNOWN_RECORD', 'taxonomyId'],
  ])('%j is refused with its field', async (input, code, field) => {
    const filled = JSON.parse(
      JSON.stringify(input).replace('"S"', `"${row.id}"`).replace('"L"', `"${row.locationId}"`),
    );
    const { record, userErrors } = await save(keeper, filled);
    expect([record, userErrors]).toEqual([null, [{ code, field }]]);
  });

  it('is told as a wrong question: no row, two rows, no owner, two owners, a new listing', async () => {
    const wrong = [
      {},
      { funding: { source: 'x', serviceId: row.id }, url: { url: 'https://example.org', serviceId: row.id } },
      { funding: { source: 'x' } },
      { funding: { source: 'x', serviceId: row.id, organizationId: row.organizationId } },
      { service: { alternateName: 'x' } },
      { attribute: { linkId: row.id, linkEntity: 'patient', taxonomyTermId: newId() } },
    ];
    for (const input of wrong) {
      expect([input, await keeper.codes(SAVE, { input })]).toEqual([input, ['BAD_USER_INPUT']]);
    }
  });

  it('takes out nothing that others refer to, and lets no term stand above itself', async () => {
    const [above, below] = [newId(), newId()];
    await insert(hub, 'taxonomy_term', { id: above, name: 'Above' });
    await insert(hub, 'taxonomy_term', { id: below, name: 'Below', parent_id: above });
    expect((await remove(keeper, 'TAXONOMY_TERM', above)).userErrors).toEqual([{ code: 'IN_USE' }]);
    expect((await save(keeper, { id: above, taxonomyTerm: { parentId: below } })).userErrors).toEqual([
      { code: 'BAD_VALUE', field: 'parentId' },
    ]);
    expect((await remove(keeper, 'LOCATION', row.locationId ?? '')).userErrors).toEqual([{ code: 'IN_USE' }]);
  });
});

it('where something is stands in no words of the history', async () => {
  await save(keeper, { address: { ...samples.address, locationId: row.locationId } });
  const words = await hub.sql<{ words: string }>(
    `select previous_value || replacement_value as words from hub.metadata where resource_type = 'address'`,
  );
  expect(words.length).toBeGreaterThan(0);
  expect(words.map(({ words: said }) => said).join('')).toBe('');
});
