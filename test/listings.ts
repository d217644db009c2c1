import { newId } from '../src/platform/id.js';
import { insert, next, organization, type Ground } from './factories.js';

export interface ListingRow {
  id: string;
  organizationId: string;
  siteId: string | null;
  locationId: string | null;
  name: string;
}

interface Given {
  organizationId?: string;
  name?: string;
  categories?: string[];
  sensitivity?: string;
  status?: string;
  /** A site at this address; a place in Columbia, MD when `true`, none when left out. */
  site?: boolean | { address1?: string; city?: string; zip?: string; latitude?: number; longitude?: number };
  hours?: { byday: string; opens: string; closes: string }[];
  covers?: string[];
  languages?: string[];
  /** Columns of the service itself. */
  columns?: Record<string, unknown>;
}

/** A listing as the owner of the schema writes it, past the API; the search does not know it until it is told. */
export async function listing(hub: Ground, given: Given = {}): Promise<ListingRow> {
  const organizationId = given.organizationId ?? (await organization(hub)).id;
  const { name = `Service ${next()}`, categories = ['food-insecurity'] } = given;
  const now = hub.clock.now();
  const id = newId();
  await insert(hub, 'service', {
    id,
    organization_id: organizationId,
    name,
    description: `${name} helps people.`,
    categories,
    sensitivity: given.sensitivity ?? 'NONE',
    status: given.status ?? 'active',
    last_modified: now,
    created_at: now,
    updated_at: now,
    ...given.columns,
  });
  for (const { byday, opens, closes } of given.hours ?? []) {
    await insert(hub, 'schedule', {
      id: newId(),
      service_id: id,
      freq: 'WEEKLY',
      byday,
      opens_at: opens,
      closes_at: closes,
    });
  }
  if (given.covers) {
    await insert(hub, 'service_area', { id: newId(), service_id: id, name: 'Area', covers: given.covers });
  }
  for (const code of given.languages ?? []) {
    await insert(hub, 'language', { id: newId(), service_id: id, code, name: code });
  }
  const site = given.site ? await addSite(hub, id, organizationId, given.site === true ? {} : given.site) : null;
  return { id, organizationId, name, siteId: site?.siteId ?? null, locationId: site?.locationId ?? null };
}

async function addSite(
  hub: Ground,
  serviceId: string,
  organizationId: string,
  at: Exclude<Given['site'], boolean | undefined>,
) {
  const [locationId, siteId] = [newId(), newId()];
  const { latitude = 39.2037, longitude = -76.861, address1 = '10 Main St', city = 'Columbia', zip = '21044' } = at;
  await insert(hub, 'location', {
    id: locationId,
    organization_id: organizationId,
    name: `Place ${next()}`,
    latitude,
    longitude,
  });
  await insert(hub, 'address', {
    id: newId(),
    location_id: locationId,
    address_1: address1,
    city,
    state_province: 'MD',
    postal_code: zip,
  });
  await insert(hub, 'service_at_location', { id: siteId, service_id: serviceId, location_id: locationId });
  return { locationId, siteId };
}

/** A row in each of the tables that hang on a listing with a site. */
export async function addEverything(hub: Ground, row: ListingRow): Promise<void> {
  const service = { id: newId(), service_id: row.id };
  const place = { id: newId(), location_id: row.locationId };
  const more = (columns: Record<string, unknown>) => ({ ...columns, id: newId() });
  await insert(hub, 'phone', more({ ...service, number: '410-555-0101', e164: '+14105550101' }));
  await insert(hub, 'phone', more({ ...place, number: '410-555-0102' }));
  await insert(hub, 'phone', more({ service_at_location_id: row.siteId, number: '410-555-0103' }));
  await insert(
    hub,
    'schedule',
    more({ ...service, freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00' }),
  );
  await insert(hub, 'schedule', more({ ...place, freq: 'WEEKLY', byday: 'SA', opens_at: '09:00', closes_at: '12:00' }));
  await insert(hub, 'service_area', more({ ...service, name: 'Howard County', covers: ['county:MD/Howard'] }));
  await insert(hub, 'language', more({ ...service, name: 'Spanish', code: 'es' }));
  await insert(hub, 'language', more({ ...place, name: 'English', code: 'en' }));
  await insert(hub, 'cost_option', more({ ...service, option: 'Adults', amount: 12.5, currency: 'USD' }));
  await insert(hub, 'required_document', more({ ...service, document: 'Proof of address' }));
  await insert(hub, 'contact', more({ ...service, name: 'Front desk' }));
  await insert(hub, 'url', more({ ...service, url: 'https://example.org/more' }));
  await insert(hub, 'funding', more({ ...service, source: 'County' }));
  await insert(hub, 'accessibility', more({ ...place, description: 'Ramp' }));
  const unit = newId();
  await insert(hub, 'unit', { id: unit, name: 'Bed' });
  await insert(hub, 'service_capacity', more({ ...service, unit_id: unit, available: 3, updated: hub.clock.now() }));
  const term = newId();
  await insert(hub, 'taxonomy_term', { id: term, name: 'Food Pantry', code: 'X-1' });
  await insert(hub, 'attribute', more({ link_id: row.id, link_entity: 'service', taxonomy_term_id: term }));
}
