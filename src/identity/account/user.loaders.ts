import { byId, type HubContext } from '../../access/index.js';
import { User } from './user.entity.js';

/** A person with an account, batched; null for whom the caller shares no organization with. */
export const userById: (ctx: HubContext, id: string) => Promise<User | null> = byId(async (ctx, ids) =>
  (await ctx.db.em()).find(User, { id: { $in: [...ids] } }),
);
