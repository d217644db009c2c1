import { byId, type HubContext } from '../../access/index.js';
import { Organization } from './organization.entity.js';

/** One organization, batched over the operation. Organizations are public: nobody is refused one. */
export const organizationById: (ctx: HubContext, id: string) => Promise<Organization | null> = byId(async (ctx, ids) =>
  (await ctx.db.em()).find(Organization, { id: { $in: [...ids] } }),
);
