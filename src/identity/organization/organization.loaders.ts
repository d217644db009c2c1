import { byId, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import type { Organization } from './organization.entity.js';

const statement = `
  select id, kind, listed, name, alternate_name as "alternateName", description, email, website, time_zone as "timeZone",
    claimed_at as "claimedAt", retired_at as "retiredAt"
  from hub.organization where id = any ($1::uuid[])`;

/** One organization, batched over the operation. Organizations are public: nobody is refused one. A plain row, to be read only. */
export const organizationById: (ctx: HubContext, id: string) => Promise<Organization | null> = byId((ctx, ids) =>
  ctx.db.query<Organization>(statement, [keys(ids)]),
);
