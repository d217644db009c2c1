import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaDir, schemaProblems, unlessSchemas } from '../../../../test/hsds-schemas.js';
import { insert, organization } from '../../../../test/factories.js';
import { testHub, type TestHub } from '../../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../../test/listings.js';
import { newId } from '../../../platform/id.js';
import { serialize } from './serialize.js';
import type { Ask } from './rows.js';

let hub: TestHub;
let whole: ListingRow;
let statements = 0;

const ask: Ask = async (text, values) => {
  statements += 1;
  return hub.sql(text, values);
};
type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- parsed JSON is looked into at will
const parse = (texts: readonly string[]): Json[] => texts.map((text) => JSON.parse(text) as Json);

async function wholeListing(): Promise<ListingRow> {
  const row = await listing(hub, {
    site: true,
    columns: { url: 'https://example.org/a b?x=ü', minimum_age: 18, assured_date: '2026-05-01' },
  });
  await addEverything(hub, row);
  const { organizationId } = row;
  const contact = newId();
  await insert(hub, 'contact', { id: contact, organization_id: organizationId, name: 'Desk' });
  const phone = { id: newId(), contact_id: contact, number: '410-555-0110', extension: '012', description: 'Office' };
  await insert(hub, 'phone', phone);
  await insert(hub, 'language', { id: newId(), phone_id: phone.id, code: 'es' });
  await insert(hub, 'program', { id: newId(), organization_id: organizationId, name: 'Programme' });
  await insert(hub, 'organization_identifier', {
    id: newId(),
    organization_id: organizationId,
    identifier_type: 'EIN',
    identifier: '00-0000000',
  });
  await insert(hub, 'url', { id: newId(), organization_id: organizationId, url: 'https://example.org' });
  await insert(hub, 'metadata', {
    id: newId(),
    resource_id: row.id,
    resource_type: 'service',
    last_action_date: '2026-05-01',
    last_action_type: 'update',
    field_name: 'name',
    previous_value: '',
    replacement_value: row.name,
    updated_by: 'County',
  });
  return row;
}

beforeAll(async () => {
  hub = await testHub();
  whole = await wholeListing();
});
afterAll(() => hub.stop());

describe('a service as HSDS JSON', () => {
  it('holds all that hangs on it, each in its place', async () => {
    const [service] = parse(await serialize(ask, 'service', [whole.id], { metadata: 'roots' }));
    expect(service).toMatchObject({
      id: whole.id,
      status: 'active',
      minimum_age: 18,
      assured_date: '2026-05-01',
      url: 'https://example.org/a%20b?x=%C3%BC',
      organization: {
        id: whole.organizationId,
        description: '',
        contacts: [{ phones: [{ description: 'Office · ext. 012', languages: [{ code: 'es' }] }] }],
        programs: [{ name: 'Programme' }],
        organization_identifiers: [{ identifier_type: 'EIN' }],
        additional_websites: [{ url: 'https://example.org' }],
        locations: [{ id: whole.locationId }],
      },
      service_at_locations: [
        { location: { addresses: [{ postal_code: '21044' }], accessibility: [{}] }, phones: [{}] },
      ],
      phones: [{ number: '410-555-0101' }],
      schedules: [{ byday: 'MO,TU,WE,TH,FR', opens_at: '09:00' }],
      capacities: [{ available: 3, unit: { name: 'Bed' } }],
      cost_options: [{ amount: 12.5, currency: 'USD' }],
      attributes: [{ link_entity: 'service', taxonomy_term: { name: 'Food Pantry', description: '' } }],
      metadata: [{ field_name: 'name' }],
    });
    expect(JSON.stringify(service)).not.toContain('null');
    expect(service?.['last_modified']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('as an item of a list holds its organization and no list', async () => {
    const [service] = parse(await serialize(ask, 'service', [whole.id], { form: 'list' }));
    expect(service?.['organization'].id).toBe(whole.organizationId);
    expect(Object.values(service ?? {}).filter(Array.isArray)).toEqual([]);
  });

  it('comes in the order of the ids, and without those that are not offered', async () => {
    const [closed, open] = [await listing(hub, { status: 'defunct' }), await listing(hub)];
    const ids = [open.id, closed.id, newId(), whole.id];
    expect(parse(await serialize(ask, 'service', ids)).map(({ id }) => id)).toEqual([open.id, whole.id]);
    expect(await serialize(ask, 'service', ids, { onlyOpen: false })).toHaveLength(3);
  });

  it('takes as many statements for many as for one', async () => {
    const others: ListingRow[] = [];
    for (let n = 0; n < 5; n += 1) others.push(await listing(hub, { site: true }));
    for (const other of others) await addEverything(hub, other);
    statements = 0;
    await serialize(ask, 'service', [whole.id]);
    const one = statements;
    statements = 0;
    await serialize(ask, 'service', [whole.id, ...others.map(({ id }) => id)]);
    expect(statements).toBe(one);
    expect(one).toBeLessThanOrEqual(30);
  });
});

describe('organizations and sites', () => {
  it('an organization names its services, or holds them whole', async () => {
    const ids = [whole.organizationId];
    const [named] = parse(await serialize(ask, 'organization', ids));
    expect(named?.['services']).toEqual([
      expect.objectContaining({ id: whole.id, name: whole.name, status: 'active' }),
    ]);
    expect(named?.['services'][0].phones).toBeUndefined();
    const [full] = parse(await serialize(ask, 'organization', ids, { wholeServices: true }));
    expect(full?.['services'][0]).toMatchObject({ phones: [{}], service_at_locations: [{ location: {} }] });
  });

  it('a site holds its place and its service', async () => {
    const ids = [whole.siteId ?? ''];
    const [full] = parse(await serialize(ask, 'service_at_location', ids));
    expect(full).toMatchObject({ location: { addresses: [{}] }, service: { organization: { programs: [{}] } } });
    const [item] = parse(await serialize(ask, 'service_at_location', ids, { form: 'list' }));
    expect(item).toMatchObject({ location: { latitude: 39.2037 }, service: { organization: {} } });
    expect(item?.['location'].addresses).toBeUndefined();
  });
});

describe('a shelter', () => {
  it('is written without place, site, numbers of the place, or people, whatever row they hang on', async () => {
    const { id: organizationId } = await organization(hub);
    const shelter = await listing(hub, { organizationId, categories: ['intimate-partner-violence'], site: true });
    const beside = await listing(hub, { organizationId });
    const [otherSite, contact] = [newId(), newId()];
    await insert(hub, 'service_at_location', { id: otherSite, service_id: beside.id, location_id: shelter.locationId });
    const hidden = { number: '410-555-0199' };
    await insert(hub, 'contact', {
      id: contact,
      organization_id: organizationId,
      service_id: shelter.id,
      name: 'Secret',
    });
    await insert(hub, 'contact', { id: newId(), organization_id: organizationId, location_id: shelter.locationId, name: 'Secret' }); // prettier-ignore
    await insert(hub, 'phone', { id: newId(), service_id: beside.id, location_id: shelter.locationId, ...hidden });
    await insert(hub, 'phone', {
      id: newId(),
      service_id: shelter.id,
      service_at_location_id: shelter.siteId,
      ...hidden,
    });
    await insert(hub, 'phone', { id: newId(), organization_id: organizationId, contact_id: contact, ...hidden });
    await insert(hub, 'phone', { id: newId(), service_id: shelter.id, number: '410-555-0198' });
    await insert(hub, 'metadata', { id: newId(), resource_id: shelter.id, resource_type: 'service', last_action_date: '2026-01-01', last_action_type: 'update', field_name: 'description', previous_value: '10 Main St', replacement_value: '', updated_by: 'x' }); // prettier-ignore
    const secret = /10 Main St|39\.20|410-555-0199|Secret|21044/;
    const texts = [
      ...(await serialize(ask, 'service', [shelter.id, beside.id], { metadata: 'all' })),
      ...(await serialize(ask, 'organization', [organizationId], { wholeServices: true, metadata: 'all' })),
      ...(await serialize(ask, 'service_at_location', [shelter.siteId ?? '', otherSite])),
      ...(await serialize(ask, 'service_at_location', [shelter.siteId ?? '', otherSite], { form: 'list' })),
    ];
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).not.toMatch(secret);
      expect(text).not.toContain(shelter.locationId ?? '?');
    }
    expect(texts[0]).toContain('410-555-0198');
  });
});

describe.skipIf(!schemaDir)(`by the published schemas${unlessSchemas}`, () => {
  it.each([
    ['service', 'full', 'compiled/service.json'],
    ['service', 'list', 'compiled/service_list.json'],
    ['organization', 'full', 'compiled/organization.json'],
    ['organization', 'list', 'compiled/organization_list.json'],
    ['service_at_location', 'full', 'compiled/service_at_location.json'],
    ['service_at_location', 'list', 'compiled/service_at_location_list.json'],
  ] as const)('a %s (%s) is valid', async (root, form, schema) => {
    const ids = { service: whole.id, organization: whole.organizationId, service_at_location: whole.siteId ?? '' };
    for (const wholeServices of [false, true]) {
      const [value] = parse(await serialize(ask, root, [ids[root]], { form, wholeServices, metadata: 'all' }));
      expect(schemaProblems(schema, value)).toEqual([]);
    }
  });
});
