import { besideOf, byId, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import type { Organization } from './organization.entity.js';

/** What is read of an organization `o`, by the names of its fields. */
export const ORGANIZATION_COLUMNS = `o.id, o.kind, o.listed, o.name, o.alternate_name as "alternateName", o.description, o.email, o.website,
  o.time_zone as "timeZone", o.claimed_at as "claimedAt", o.retired_at as "retiredAt"`;

const statement = `select ${ORGANIZATION_COLUMNS} from hub.organization o where o.id = any ($1::uuid[])`;

/** One organization, batched over the operation. Organizations are public: nobody is refused one. A plain row, to be read only. */
export const organizationById: (ctx: HubContext, id: string) => Promise<Organization | null> = byId((ctx, ids) =>
  ctx.db.gather<Organization>(statement, [keys(ids)]),
);

/** What lists say of an organization, for a statement that brings it along. */
export const organizationBeside = besideOf<Pick<Organization, 'id' | 'name'>>('organization', {
  id: 'id',
  name: 'name',
});
const ON_A_LINE = new Set(['__typename', 'id', 'name']);
export const isOrganizationLine = (shown: ReadonlySet<string>): boolean =>
  [...shown].every((field) => ON_A_LINE.has(field));

/** {@link organizationById}, at once where it came along with what it is shown beside. */
export function shownOrganization(
  ctx: HubContext,
  id: string,
  shown: ReadonlySet<string>,
): Organization | Promise<Organization | null> | null {
  const known = isOrganizationLine(shown) ? organizationBeside.known(ctx, id) : undefined;
  return known ? (known as Organization) : organizationById(ctx, id);
}
