import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '../../platform/id.js';
import type { HubContext } from '../../access/index.js';
import { Organization, OrganizationKind } from '../../identity/index.js';
import { once } from '../../platform/graphql/idempotency.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { dayIn, isoDate } from '../calendar-day.js';
import { listingRisk, nextVerificationOn } from '../freshness.js';
import { checkCategories } from '../known-category.js';
import { Address, Location, ServiceAtLocation } from '../place/place.entities.js';
import { Service } from '../service/service.entity.js';
import { stateCode, timeZoneOf } from '../states.js';
import { recordChanges } from './change-listing.js';
import { sensitivityFor } from './sensitivity-for.js';
import { emailOf, requiredText, textOf, urlOf } from './check-input.js';
import type { AddServiceInput } from './curation.inputs.js';
import { addAreas, addHours, addLanguages, addPhone } from './write-parts.js';
import { given } from '../given.js';

interface Site {
  address1: string;
  city: string;
  stateProvince: string;
  postalCode: string;
}

function siteOf(input: AddServiceInput): Site | null {
  const given = [input.address1, input.city, input.stateProvince, input.postalCode].filter((part) => part?.trim());
  if (given.length === 0) return null;
  const postalCode = requiredText(input.postalCode, 'postalCode', 10);
  if (!/^\d{5}(-\d{4})?$/.test(postalCode)) refuse('BAD_ZIP', 'A ZIP code has five digits.', 'postalCode');
  const state = stateCode(requiredText(input.stateProvince, 'stateProvince', 50));
  return {
    address1: requiredText(input.address1, 'address1', 500),
    city: requiredText(input.city, 'city', 200),
    stateProvince: state ?? refuse('BAD_STATE', 'This is no state of the United States.', 'stateProvince'),
    postalCode,
  };
}

async function organizationFor(
  em: EntityManager,
  input: AddServiceInput,
  site: Site | null,
  now: Date,
): Promise<Organization> {
  const { organizationId, organizationName } = input;
  if (given(organizationId)) {
    const known = isId(organizationId) ? await em.findOne(Organization, { id: organizationId, retiredAt: null }) : null;
    return known ?? refuse('UNKNOWN_ORGANIZATION', 'There is no such agency.', 'organizationId');
  }
  if (!organizationName?.trim()) {
    return refuse('ORGANIZATION_REQUIRED', 'Say which agency offers it, or name a new one.', 'organizationName');
  }
  const organization = Object.assign(new Organization(), {
    id: newId(),
    kind: OrganizationKind.AGENCY,
    listed: true,
    name: requiredText(organizationName, 'organizationName', 500),
    description: '',
    timeZone: (site && timeZoneOf(site.stateProvince)) ?? 'America/New_York',
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await em.persist(organization).flush();
  return organization;
}

async function addSite(em: EntityManager, service: Service, site: Site): Promise<void> {
  const locationId = newId();
  em.create(Location, { id: locationId, organizationId: service.organizationId, locationType: 'physical' });
  await em.flush();
  em.create(Address, { id: newId(), locationId, ...site, country: 'US', addressType: 'physical' });
  em.create(ServiceAtLocation, { id: newId(), serviceId: service.id, locationId });
}

async function add(ctx: HubContext, input: AddServiceInput): Promise<string> {
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const categories = checkCategories(input.categories, 'input.categories');
  if (categories.length === 0) refuse('REQUIRED', 'Say which need it meets.', 'categories');
  const site = siteOf(input);
  const organization = await organizationFor(em, input, site, now);
  const today = isoDate(dayIn(organization.timeZone, now));
  const takesReferrals = input.takesReferrals ?? false;
  const sensitivity = sensitivityFor(categories);
  const service = em.create(Service, {
    id: newId(),
    organizationId: organization.id,
    name: requiredText(input.name, 'name', 500),
    description: textOf(input.description, 'description'),
    url: urlOf(input.url, 'url'),
    email: emailOf(input.email, 'email'),
    status: 'active',
    applicationProcess: textOf(input.applicationProcess, 'applicationProcess'),
    eligibilityDescription: textOf(input.eligibilityDescription, 'eligibilityDescription'),
    feesDescription: textOf(input.feesDescription, 'feesDescription'),
    isFree: input.isFree ?? null,
    takesReferrals,
    referralEmail: emailOf(input.referralEmail, 'referralEmail'),
    categories,
    eligibilityRules: [],
    sensitivity,
    // Who writes a listing down has just learned it.
    assuredDate: today,
    verifiedByUserId: ctx.caller?.userId ?? null,
    verifiedAt: now,
    nextVerificationOn: nextVerificationOn(today, listingRisk({ categories, sensitivity, takesReferrals })),
    lastModified: now,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  // Rows are made in the order in which they refer to each other.
  await em.flush();
  if (site) await addSite(em, service, site);
  if (input.phone?.trim()) addPhone(em, service.id, input.phone, 'phone');
  addHours(em, service.id, input.hours ?? [], 'input.hours');
  addAreas(em, service.id, input.serviceAreas ?? []);
  addLanguages(em, service.id, input.languages ?? [], 'languages');
  await recordChanges(ctx, service, 'create', [
    { field: 'name', previous: '', replacement: service.name },
    { field: 'assured_date', previous: '', replacement: today },
  ]);
  return service.id;
}

/** Adds a listing; returns its id. A repeated request with the same key adds nothing. */
export function addService(ctx: HubContext, input: AddServiceInput): Promise<string> {
  return once(ctx, input.idempotencyKey, 'addService', input, () => add(ctx, input));
}
