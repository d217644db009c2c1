import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, organization } from '../../../test/factories.js';
import { hsds, lines } from '../../../test/hsds-client.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing, type ListingRow } from '../../../test/listings.js';
import { rebuildSearch } from '../../directory/index.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';

/*
 * A shelter for survivors of violence, and a legal clinic that meets in the same house. The house stands alone in its
 * ZIP code, so that anything that finds by place would tell where it is.
 */
const STREET = '77 Hidden Lane';
const PHONE = '410-555-0177';
const secrets = [STREET, PHONE, '39.7501', '-77.4201', '21788', 'Thurmont', 'Warden'];

let hub: TestHub;
let shelter: ListingRow;
let clinic: ListingRow;
let clinicSite: string;
let open: ListingRow;

beforeAll(async () => {
  hub = await testHub({ now: '2026-11-23T15:00:00Z' });
  await hub.sql(
    `insert into hub.zip_code values ('21788', 'Thurmont', 'Frederick', 'MD', 39.62, -77.41), ('21044', 'Columbia', 'Howard', 'MD', 39.2141, -76.8788) on conflict do nothing`,
  );
  const { id: organizationId } = await organization(hub, { name: 'Haven' });
  shelter = await listing(hub, {
    organizationId,
    name: 'Safe Haven Shelter',
    categories: ['intimate-partner-violence'],
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    site: { address1: STREET, city: 'Thurmont', zip: '21788', latitude: 39.7501, longitude: -77.4201 },
  });
  clinic = await listing(hub, { name: 'Legal Clinic', categories: ['material-hardship'] });
  clinicSite = newId();
  const { locationId } = shelter;
  await insert(hub, 'service_at_location', { id: clinicSite, service_id: clinic.id, location_id: locationId });
  open = await listing(hub, { name: 'Open Pantry', site: true });
  const at = { id: newId(), location_id: locationId, number: PHONE };
  await insert(hub, 'phone', at);
  await insert(hub, 'phone', { ...at, id: newId(), service_id: clinic.id });
  await insert(hub, 'phone', {
    id: newId(),
    service_id: shelter.id,
    service_at_location_id: shelter.siteId,
    number: PHONE,
  });
  await insert(hub, 'phone', { id: newId(), service_id: shelter.id, number: '410-555-0100' });
  await insert(hub, 'contact', {
    id: newId(),
    service_id: shelter.id,
    organization_id: organizationId,
    name: 'Warden',
  });
  await insert(hub, 'schedule', { id: newId(), location_id: locationId, service_id: clinic.id, description: STREET });
  await insert(hub, 'language', { id: newId(), location_id: locationId, service_id: clinic.id, note: STREET });
  await insert(hub, 'service_area', {
    id: newId(),
    service_at_location_id: shelter.siteId,
    name: 'Thurmont',
    covers: ['zip:21788'],
  });
  await rebuildSearch(asTask(hub.orm));
});
afterAll(() => hub.stop());

const lists = ['services', 'organizations', 'service_at_locations'];

describe('a secret place', () => {
  it('stands in no answer, however it is asked for', async () => {
    const paths = [
      ...lists.flatMap((list) => ['', '?full=true', '?format=ndjson', '?full=true&format=ndjson', '?search=haven', '?search=shelter&full=true'].map((query) => `/${list}${query}`)), // prettier-ignore
      '/services?minimal=true',
      '/services?modified_after=2020-01-01T00:00:00Z&full=true',
      '/organizations?full_service=true',
      `/services/${shelter.id}`,
      `/services/${clinic.id}`,
      `/organizations/${shelter.organizationId}?full_service=true`,
      `/organizations/${clinic.organizationId}?full_service=true`,
      `/service_at_locations/${shelter.siteId}`,
      `/service_at_locations/${clinicSite}`,
      '/service_at_locations?postcode=21788',
      '/service_at_locations?postcode=21788&proximity=50000&full=true',
    ];
    for (const path of paths) {
      const { text } = await hsds(hub, path);
      for (const secret of [...secrets, shelter.locationId ?? '?', shelter.siteId ?? '?', clinicSite]) {
        expect([path, secret, text.includes(secret)]).toEqual([path, secret, false]);
      }
    }
  });

  it('leaves the service itself to be found, with its own number', async () => {
    const { json } = await hsds(hub, `/services/${shelter.id}`);
    expect(json).toMatchObject({ name: 'Safe Haven Shelter', phones: [{ number: '410-555-0100' }] });
    expect(json['service_at_locations']).toBeUndefined();
    expect(json['contacts']).toBeUndefined();
    const { text } = await hsds(hub, '/services?search=shelter');
    expect(text).toContain(shelter.id);
  });

  it('the same door entered a second time by the agency is neither shown nor counted', async () => {
    const office = await listing(hub, {
      organizationId: shelter.organizationId,
      name: 'Haven Office Hours',
      categories: ['material-hardship'],
      site: { address1: STREET, city: 'Thurmont', zip: '21788', latitude: 39.7501, longitude: -77.4201 },
    });
    try {
      const { json } = await hsds(hub, '/service_at_locations?per_page=100');
      const streamed = lines((await hsds(hub, '/service_at_locations?format=ndjson')).text);
      expect(JSON.stringify(json)).not.toContain(STREET);
      expect(json['total_items']).toBe((json['contents'] as unknown[]).length);
      expect(streamed).toHaveLength(json['total_items'] as number);
    } finally {
      await hub.sql('delete from hub.service where id = $1', [office.id]);
    }
  });

  it('changes no count and no order of what is found by place', async () => {
    const asked = [
      '',
      '?postcode=21788',
      '?postcode=21788&proximity=20000',
      '?postcode=21044&proximity=100000',
      '?search=legal%20clinic',
    ];
    const answers = async () =>
      Promise.all(asked.map(async (query) => (await hsds(hub, `/service_at_locations${query}`)).text));
    const before = await answers();
    // Were the house not there at all, nothing would be answered otherwise.
    await hub.sql('update hub.location set latitude = 10, longitude = 10 where id = $1', [shelter.locationId]);
    await hub.sql(`update hub.address set postal_code = '21044' where location_id = $1`, [shelter.locationId]);
    expect(await answers()).toEqual(before);
    await hub.sql('delete from hub.location where id = $1', [shelter.locationId]);
    expect(await answers()).toEqual(before);
    expect(before[0]).toContain(open.siteId);
  });

  it('that becomes one is told no more, and a copy that was kept is not confirmed', async () => {
    const { headers } = await hsds(hub, `/services/${open.id}`);
    const tag = headers.get('etag') ?? '';
    await hub.sql(`update hub.service set sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id = $1`, [open.id]);
    const again = await hsds(hub, `/services/${open.id}`, { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(200);
    expect(again.text).not.toContain('10 Main St');
    expect((await hsds(hub, `/service_at_locations/${open.siteId}`)).status).toBe(404);
    expect(lines((await hsds(hub, '/service_at_locations?format=ndjson')).text)).toEqual([]);
  });
});
