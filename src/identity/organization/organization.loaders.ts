import { sql } from 'kysely';
import { byId, type HubContext } from '../../access/index.js';
import type { Organization } from './organization.entity.js';

/** One organization, batched over the operation. Organizations are public: nobody is refused one. A plain row, to be read only. */
export const organizationById: (ctx: HubContext, id: string) => Promise<Organization | null> = byId(
  async (ctx, ids) => {
    const { rows } = await sql<Organization>`
      select id, kind, listed, name, alternate_name as "alternateName", description, email, website, time_zone as "timeZone",
        claimed_at as "claimedAt", retired_at as "retiredAt"
      from hub.organization where id = any (${[...ids]}::uuid[])`.execute((await ctx.db.em()).getKysely<unknown>());
    return rows;
  },
);
