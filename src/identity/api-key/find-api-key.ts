import type { Role } from '../../access/permissions.js';
import { withinReach } from '../member/grants.js';
import { hashToken } from '../token.js';
import type { Db } from '../transaction.js';

export const apiKeyPrefix = 'hub_';

/** What a live API key stands for. */
export interface LiveApiKey {
  id: string;
  organizationId: string;
  /** The roles of the key that its maker could still hand out. */
  roles: Role[];
}

interface Row extends LiveApiKey {
  makerRoles: Role[];
}

const lookUpSql = `
with found as (
  select k.id, k.organization_id, k.roles, k.last_used_at, m.roles as maker_roles
    from hub.api_key k
    join hub.organization o on o.id = k.organization_id and o.retired_at is null
    join hub.user_account u on u.id = k.created_by and u.disabled_at is null
    join hub.membership m on m.user_id = k.created_by and m.organization_id = k.organization_id and m.ended_at is null
   where k.token_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)
), used as (
  update hub.api_key k set last_used_at = $2 from found f
   where $3 and k.id = f.id and (f.last_used_at is null or f.last_used_at <= $2::timestamptz - interval '1 minute')
)
select id, organization_id as "organizationId", roles, maker_roles as "makerRoles" from found`;

/**
 * The API key behind a token, if it is neither revoked nor expired and its maker still belongs to the organization.
 * Notes at most once a minute that it was used, if `touch` says that this is a use.
 */
export async function findApiKey(db: Db, token: string, now: Date, touch = true): Promise<LiveApiKey | null> {
  const { rows } = await db.query<Row>({ name: 'api-key', text: lookUpSql, values: [hashToken(token), now, touch] });
  const [row] = rows;
  if (!row) return null;
  const roles = row.roles.filter((role) => withinReach([role], row.makerRoles));
  return { id: row.id, organizationId: row.organizationId, roles };
}
