import { sql } from 'kysely';
import { byId } from '../../access/index.js';
import type { HubContext } from '../../access/index.js';
import type { Phone } from '../detail/contact.entities.js';
import { publicNumber } from '../detail/open-rows.js';
import { inOrder } from '../detail/phone-order.js';
import { languages, phones, schedules } from '../detail/tables.js';
import { partsOf, tableOf } from '../parts.js';
import { Accessibility, Address, Location, ServiceAtLocation } from './place.entities.js';

/** Places of survivors' shelters are left out everywhere: of the service itself and of all else that is there. */
const shownLocation = sql`not hub.is_withheld(t.id)`;
const shownSite = sql`not hub.is_withheld(t.location_id)`;

export const locations = tableOf<Location>('location', [
  'id',
  'organizationId',
  'locationType',
  'url',
  'name',
  'alternateName',
  'description',
  'transportation',
  'latitude',
  'longitude',
  'externalIdentifier',
  'externalIdentifierType',
]);
export const sites = tableOf<ServiceAtLocation>('service_at_location', [
  'id',
  'serviceId',
  'locationId',
  'description',
]);
export const addresses = tableOf<Address>(
  'address',
  [
    'id',
    'locationId',
    'attention',
    'address1',
    'address2',
    'city',
    'region',
    'stateProvince',
    'postalCode',
    'country',
    'addressType',
  ],
  { columns: { address1: 't.address_1', address2: 't.address_2' } },
);
export const accessibilities = tableOf<Accessibility & { ownerId: string }>(
  'accessibility',
  ['id', 'ownerId', 'description', 'details', 'url'],
  { columns: { ownerId: 't.location_id' } },
);

export const locationById = byId<Location>(locations.by('id', shownLocation));
/** A service at a location, by id; null for one that must stay secret. */
export const siteById = byId<ServiceAtLocation>(sites.by('id', shownSite));
export const sitesOfService = partsOf(sites, 'serviceId', shownSite);
export const locationsOfOrganization = partsOf(locations, 'organizationId', shownLocation);

export const addressesOfLocation = partsOf(addresses, 'locationId');
export const accessibilityOfLocation = partsOf(accessibilities, 'ownerId');
const ofLocation = partsOf(phones, 'locationId', publicNumber);
const ofSite = partsOf(phones, 'serviceAtLocationId', publicNumber);
export const phonesOfLocation = async (ctx: HubContext, id: string): Promise<readonly Phone[]> =>
  inOrder(await ofLocation(ctx, id));
export const schedulesOfLocation = partsOf(schedules, 'locationId');
export const languagesOfLocation = partsOf(languages, 'locationId');
export const phonesOfSite = async (ctx: HubContext, id: string): Promise<readonly Phone[]> =>
  inOrder(await ofSite(ctx, id));
export const schedulesOfSite = partsOf(schedules, 'serviceAtLocationId');
