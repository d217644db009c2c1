import { fail, failure } from '../../platform/graphql/errors.js';
import { byId, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { ApiKey } from '../api-key/api-key.entity.js';
import { organizationById } from '../organization/organization.loaders.js';

const userNameById = byId<{ id: string; name: string }>((ctx, ids) =>
  ctx.db.gather('select id, name from hub.user_account where id = any ($1::uuid[])', [keys(ids)]),
);

/** What is written beside an action for people to read: the caller's name, or the name of the API key. */
export async function callerName(ctx: HubContext): Promise<string> {
  const { caller } = ctx;
  if (!caller) return fail.unauthenticated();
  if (caller.userId) {
    const user = await userNameById(ctx, caller.userId);
    if (user) return user.name;
    throw failure('INTERNAL', 'The caller has no name');
  }
  if (caller.via === 'API_KEY' && caller.credentialId) {
    const key = await (
      await ctx.db.em()
    ).findOne(ApiKey, { id: caller.credentialId, organizationId: caller.organizationId }, { fields: ['name'] });
    if (key) return key.name;
  } else if (caller.via === 'LINK') {
    if (caller.name) return caller.name;
    // Nobody said who it was: the organization whose link it is.
    const own = await organizationById(ctx, caller.organizationId);
    if (own) return own.name;
  }
  throw failure('INTERNAL', 'The caller has no name');
}
