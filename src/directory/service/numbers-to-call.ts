import type { HubContext } from '../../access/index.js';
import type { Phone } from '../detail/contact.entities.js';
import { inOrder } from '../detail/phone-order.js';
import { phonesOfLocation, phonesOfSite, sitesOfService } from '../place/place.loaders.js';
import type { Service } from './service.entity.js';
import { phonesOfOrganization, phonesOfService } from './service.loaders.js';

/** Each number once, as it is first said. */
const distinct = (phones: readonly Phone[]): readonly Phone[] => [
  ...new Map(phones.map((phone) => [`${phone.callable ?? phone.number} ${phone.extension ?? ''}`, phone])).values(),
];

/**
 * By which numbers a listing is reached. Many directories write them at the place or at the agency alone: who looks for
 * help must be able to call. Places that must stay secret are none of its sites.
 */
export async function numbersToCall(
  ctx: HubContext,
  { id, organizationId }: Pick<Service, 'id' | 'organizationId'>,
): Promise<readonly Phone[]> {
  const own = await phonesOfService(ctx, id);
  if (own.length > 0) return own;
  const sites = await sitesOfService(ctx, id);
  const there = await Promise.all(
    sites.flatMap((site) => [phonesOfSite(ctx, site.id), phonesOfLocation(ctx, site.locationId)]),
  );
  const local = distinct(inOrder(there.flat()));
  return local.length > 0 ? local : phonesOfOrganization(ctx, organizationId);
}
