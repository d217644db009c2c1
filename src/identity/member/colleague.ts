import { Field, ID, ObjectType } from 'type-graphql';
import { byId, type HubContext } from '../../access/index.js';
import { Role } from './role.js';

@ObjectType({ description: 'A member of the caller’s own organization, as colleagues see one another.' })
export class Colleague {
  @Field(() => ID, { description: 'The id of the user.' })
  id!: string;

  @Field(() => String, { description: 'The name they go by.' })
  name!: string;

  @Field(() => [Role], { description: 'What they do in the organization; empty for a former member.' })
  roles!: Role[];
}

interface Tables {
  'hub.membership': { user_id: string; organization_id: string; roles: Role[]; ended_at: string | null };
  'hub.user_account': { id: string; name: string };
}

async function members(ctx: HubContext) {
  const db = (await ctx.db.em()).getKysely<Tables>();
  return db
    .selectFrom('hub.membership as m')
    .innerJoin('hub.user_account as u', 'u.id', 'm.user_id')
    .where('m.organization_id', '=', ctx.caller?.organizationId ?? null);
}

/** The people who work in the caller's organization now, by name. */
export async function colleagues(ctx: HubContext, limit: number): Promise<Colleague[]> {
  const query = await members(ctx);
  return query
    .select(['u.id', 'u.name', 'm.roles'])
    .where('m.ended_at', 'is', null)
    .orderBy('u.name')
    .orderBy('u.id')
    .limit(limit)
    .execute();
}

/** A present or former member of the caller's organization, batched; null for everyone else. */
export const colleagueById: (ctx: HubContext, id: string) => Promise<Colleague | null> = byId(async (ctx, ids) => {
  const query = await members(ctx);
  const rows = await query.select(['u.id', 'u.name', 'm.roles', 'm.ended_at']).where('u.id', 'in', ids).execute();
  return rows.map(({ id, name, roles, ended_at }) => ({ id, name, roles: ended_at === null ? roles : [] }));
});
