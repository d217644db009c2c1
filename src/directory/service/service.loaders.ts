import { besideOf, byId, manyBy, type HubContext } from '../../access/index.js';
import { ORGANIZATION_COLUMNS, type Organization } from '../../identity/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate } from '../../platform/database/rows.js';
import {
  contacts,
  costOptions,
  fundings,
  languages,
  phones,
  requiredDocuments,
  schedules,
  serviceAreas,
  serviceCapacities,
  urls,
} from '../detail/tables.js';
import { TaxonomyTerm } from '../detail/offer.entities.js';
import type { Phone } from '../detail/contact.entities.js';
import { inOrder } from '../detail/phone-order.js';
import { openArea, openContact, openLanguage, openPhone, openSchedule } from '../detail/open-rows.js';
import { partsOf, tableOf, toNumber } from '../parts.js';
import type { Service } from './service.entity.js';

const services = tableOf<Service>(
  'service',
  [
    'id',
    'organizationId',
    'programId',
    'name',
    'alternateName',
    'description',
    'url',
    'email',
    'status',
    'interpretationServices',
    'applicationProcess',
    'feesDescription',
    'accreditations',
    'eligibilityDescription',
    'minimumAge',
    'maximumAge',
    'assuredDate',
    'alert',
    'lastModified',
    'categories',
    'eligibilityRules',
    'takesReferrals',
    'timeZone',
    'isFree',
    'capacityStatus',
    'capacityNote',
    'capacityUpdatedAt',
    'sensitivity',
    'verifiedByUserId',
    'nextVerificationOn',
    'mergedInto',
    'complaints',
    'useWeight',
    'version',
  ],
  { convert: { minimumAge: toNumber, maximumAge: toNumber, lastModified: toDate, capacityUpdatedAt: toDate } },
);

/** A listing by id as its row stands, also when it was merged into another. A plain row, to be read only. */
export const listingById: (ctx: HubContext, id: string) => Promise<Service | null> = byId<Service>(services.by('id'));

const agencyStatement = `select ${ORGANIZATION_COLUMNS}, s.id as "serviceId"
  from hub.service s join hub.organization o on o.id = s.organization_id where s.id = any ($1::uuid[])`;

/** The agency that offers a listing, by the id of the listing: for who reads both at once. */
export const agenciesOfService = manyBy<Organization & { serviceId: string }>(
  (ctx, ids) => ctx.db.gather(agencyStatement, [keys(ids)]),
  (row) => row.serviceId,
);

type Line = Pick<Service, 'id' | 'organizationId' | 'name' | 'mergedInto'>;
const lines = tableOf<Line>('service', ['id', 'organizationId', 'name', 'mergedInto']);
const lineById = byId(lines.by('id'));
/** What lists say of a service: none of its long texts, so that a page of twenty costs half. */
const ON_A_LINE = new Set(['__typename', 'id', 'name', 'organization']);

/** The same for a statement that brings it along. */
export const serviceBeside = besideOf<Line>('service', {
  id: 'id',
  organizationId: 'organization_id',
  name: 'name',
  mergedInto: 'merged_into',
});
export const isServiceLine = (shown: ReadonlySet<string>): boolean => [...shown].every((field) => ON_A_LINE.has(field));

/** {@link serviceById}, at once where it came along with what it is shown beside. */
export function shownService(
  ctx: HubContext,
  id: string,
  shown: ReadonlySet<string>,
): Service | Promise<Service | null> | null {
  const known = isServiceLine(shown) ? serviceBeside.known(ctx, id) : undefined;
  return known && !known.mergedInto ? (known as Service) : serviceById(ctx, id, shown);
}

/**
 * A listing by id, batched; listings are public. One that was merged into another is answered by that one, so that
 * links, lists and referrals with the old id go on. A plain row, to be read only; where `shown` says that only the fields
 * of a line are asked for, it holds no more.
 */
export async function serviceById(ctx: HubContext, id: string, shown?: ReadonlySet<string>): Promise<Service | null> {
  const isLine = shown !== undefined && isServiceLine(shown);
  const read = (one: string): Promise<Pick<Service, 'mergedInto'> | null> =>
    (isLine ? lineById : listingById)(ctx, one);
  const listing = await read(id);
  return (listing?.mergedInto ? await read(listing.mergedInto) : listing) as Service | null;
}

const ofService = partsOf(phones, 'serviceId', openPhone);
const ofOrganization = partsOf(phones, 'organizationId', openPhone);
/** The number to try first comes first. */
export const phonesOfService = async (ctx: HubContext, id: string): Promise<readonly Phone[]> =>
  inOrder(await ofService(ctx, id));
/** Numbers of the agency itself, not of one of its services or places. */
export const phonesOfOrganization = async (ctx: HubContext, id: string): Promise<readonly Phone[]> =>
  inOrder(await ofOrganization(ctx, id));
export const schedulesOfService = partsOf(schedules, 'serviceId', openSchedule);
export const serviceAreasOfService = partsOf(serviceAreas, 'serviceId', openArea);
export const languagesOfService = partsOf(languages, 'serviceId', openLanguage);
export const contactsOfService = partsOf(contacts, 'ownerId', openContact);
export const urlsOfService = partsOf(urls, 'ownerId');
export const costOptionsOfService = partsOf(costOptions, 'ownerId');
export const requiredDocumentsOfService = partsOf(requiredDocuments, 'ownerId');
export const fundingOfService = partsOf(fundings, 'ownerId');
export const capacitiesOfService = partsOf(serviceCapacities, 'ownerId');

const termsStatement = `
  select distinct a.link_id as "serviceId", t.id, t.code, t.name, coalesce(x.name, t.taxonomy) as taxonomy, t.description, t.language,
    t.term_uri as "termUri", t.parent_id as "parentId", t.taxonomy_id as "taxonomyId"
  from hub.attribute a join hub.taxonomy_term t on t.id = a.taxonomy_term_id left join hub.taxonomy x on x.id = t.taxonomy_id
  where a.link_entity = 'service' and a.link_id = any ($1::uuid[]) order by t.name, t.id`;

/** The terms that a service is filed under, by name. */
export const termsOfService = manyBy<TaxonomyTerm & { serviceId: string }>(
  (ctx, ids) => ctx.db.gather(termsStatement, [keys(ids)]),
  (term) => term.serviceId,
);

const placeSchedulesStatement = `
  select sal.service_id as "serviceId", sal.location_id as "locationId", json_agg(json_build_object('validFrom', h.valid_from,
    'validTo', h.valid_to, 'dtstart', h.dtstart, 'until', h.until, 'count', h.count, 'wkst', h.wkst, 'freq', h.freq,
    'interval', h.interval, 'byday', h.byday, 'byweekno', h.byweekno, 'bymonthday', h.bymonthday, 'byyearday', h.byyearday,
    'opensAt', h.opens_at, 'closesAt', h.closes_at, 'description', h.description, 'notes', h.notes) order by h.id) as schedules
  from hub.service_at_location sal
  join hub.schedule h on h.service_at_location_id = sal.id or (h.location_id = sal.location_id
    and not exists (select from hub.schedule own where own.service_at_location_id = sal.id))
  where sal.service_id = any ($1::uuid[]) and not hub.is_withheld(sal.location_id)
  group by sal.service_id, sal.location_id order by sal.location_id`;

/** Hours of the places of services that have none of their own; those at a place first, else the place's. */
export const placeSchedulesOfService = manyBy<{ serviceId: string; locationId: string; schedules: ScheduleFacts[] }>(
  (ctx, ids) => ctx.db.gather(placeSchedulesStatement, [keys(ids)]),
  (row) => row.serviceId,
);

/** What of a schedule tells opening hours. */
export interface ScheduleFacts {
  validFrom?: string | null;
  validTo?: string | null;
  dtstart?: string | null;
  until?: string | null;
  count?: number | null;
  wkst?: string | null;
  freq?: string | null;
  interval?: number | null;
  byday?: string | null;
  byweekno?: string | null;
  bymonthday?: string | null;
  byyearday?: string | null;
  opensAt?: string | null;
  closesAt?: string | null;
  description?: string | null;
  notes?: string | null;
}
