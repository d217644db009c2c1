import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Organization } from '../organization/organization.entity.js';

/** The organization the caller works in. */
export async function ownOrganization(ctx: HubContext): Promise<Organization> {
  const organization = ctx.caller && (await (await ctx.db.em()).findOne(Organization, ctx.caller.organizationId));
  return organization ?? fail.unauthenticated();
}
