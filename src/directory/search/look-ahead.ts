import type { GraphQLResolveInfo } from 'graphql';
import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fieldsAt } from '../../platform/graphql/selection.js';
import type { SearchHit } from '../../platform/search/port.js';
import { addressesOfLocation, locationById, siteById } from '../place/place.loaders.js';
import {
  languagesOfService,
  phonesOfService,
  placeSchedulesOfService,
  schedulesOfService,
  termsOfService,
} from '../service/service.loaders.js';
import { verifierOf } from '../service/state.js';

type Hit = Pick<SearchHit, 'serviceId' | 'organizationId' | 'siteId' | 'locationId'>;
type Read = (ctx: HubContext, hit: Hit) => readonly Promise<unknown>[];

const ownPhones: Read = (ctx, { serviceId }) => [phonesOfService(ctx, serviceId)];
const hours: Read = (ctx, { serviceId }) => [
  schedulesOfService(ctx, serviceId),
  placeSchedulesOfService(ctx, serviceId),
];
const place: Read = (ctx, { siteId, locationId }) =>
  siteId !== null && locationId !== null ? [siteById(ctx, siteId), locationById(ctx, locationId)] : [];

/** What fields of a listing read beside its own row, as far as it hangs on the listing or is its agency. */
const OF_SERVICE: Partial<Record<string, Read>> = {
  organization: (ctx, { organizationId }) => [organizationById(ctx, organizationId)],
  phones: ownPhones,
  numbersToCall: ownPhones,
  languages: (ctx, { serviceId }) => [languagesOfService(ctx, serviceId)],
  terms: (ctx, { serviceId }) => [termsOfService(ctx, serviceId)],
  freshness: (ctx, { serviceId }) => [verifierOf(ctx, serviceId)],
  openState: hours,
  weekHours: hours,
};
const OF_RESULT: Partial<Record<string, Read>> = { site: place, latitude: place, longitude: place };
const OF_LOCATION: Partial<Record<string, Read>> = {
  addresses: (ctx, { locationId }) => (locationId === null ? [] : [addressesOfLocation(ctx, locationId)]),
};

/**
 * Asks for what a page of results will show as soon as it is known which they are, so that all of it is one statement.
 * It only fills the operation's loaders: what has changed since a listing was indexed is read again by who shows it.
 */
export function lookAhead(ctx: HubContext, hits: readonly Hit[], info: GraphQLResolveInfo): void {
  const below = (path: string, known: Partial<Record<string, Read>>): Read[] =>
    [...fieldsAt(info, 'edges', 'node', ...path.split('.').filter(Boolean))].flatMap((field) => known[field] ?? []);
  const reads = new Set([
    ...below('', OF_RESULT),
    ...below('service', OF_SERVICE),
    ...below('site.location', OF_LOCATION),
  ]);
  const asked = hits.flatMap((hit) => [...reads].flatMap((read) => read(ctx, hit)));
  // Whoever shows it hears of a failure from the same loader.
  for (const one of asked) one.catch(() => undefined);
}
