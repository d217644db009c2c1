import { connectionOf, type Connection, type PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import type { HubContext } from '../../access/index.js';
import { ApiKey } from '../api-key/api-key.entity.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import type { Role } from './role.js';

interface Tables {
  'hub.membership': {
    id: string;
    user_id: string;
    organization_id: string;
    roles: Role[];
    created_at: string;
    ended_at: string | null;
  };
  'hub.user_account': { id: string; name: string };
  'hub.invitation': {
    id: string;
    organization_id: string;
    email: string;
    roles: Role[];
    created_at: string;
    expires_at: string;
    accepted_at: string | null;
    revoked_at: string | null;
  };
  'hub.api_key': {
    id: string;
    organization_id: string;
    name: string;
    hint: string;
    roles: Role[];
    created_at: string;
    expires_at: string | null;
    last_used_at: string | null;
    revoked_at: string | null;
  };
}

export type MemberRow = Pick<Membership, 'id' | 'userId' | 'roles' | 'createdAt' | 'endedAt'>;
export type InvitationRow = Omit<Invitation, 'organizationId' | 'tokenHash' | 'invitedBy'>;
export type ApiKeyRow = Omit<ApiKey, 'organizationId' | 'tokenHash' | 'createdBy'>;

export const MembershipConnection = connectionOf<MemberRow>(Membership, 'Membership');
export const InvitationConnection = connectionOf<InvitationRow>(Invitation, 'Invitation');
export const ApiKeyConnection = connectionOf<ApiKeyRow>(ApiKey, 'ApiKey');

const newestFirst = [{ by: 'id', type: 'uuid', direction: 'desc' }] as const;

async function tables(ctx: HubContext) {
  return (await ctx.db.em()).getKysely<Tables>();
}

const ownId = (ctx: HubContext): string | null => ctx.caller?.organizationId ?? null;

/** Present and former members of the caller's organization, by name. */
export async function memberPage(ctx: HubContext, page: PageArgs): Promise<Connection<MemberRow>> {
  const query = (await tables(ctx))
    .selectFrom('hub.membership as m')
    .innerJoin('hub.user_account as u', 'u.id', 'm.user_id')
    .select(['m.id', 'm.user_id', 'm.roles', 'm.created_at', 'm.ended_at'])
    .where('m.organization_id', '=', ownId(ctx));
  const order = [
    { by: 'u.name', type: 'text' },
    { by: 'm.id', type: 'uuid' },
  ] as const;
  return keysetPage(query, order, page, ({ id, user_id, roles, created_at, ended_at }) => ({
    id,
    userId: user_id,
    roles,
    createdAt: toDate(created_at),
    endedAt: toDateOrNull(ended_at),
  }));
}

/** All invitations of the caller's organization, the latest first. */
export async function invitationPage(ctx: HubContext, page: PageArgs): Promise<Connection<InvitationRow>> {
  const query = (await tables(ctx))
    .selectFrom('hub.invitation')
    .select(['id', 'email', 'roles', 'created_at', 'expires_at', 'accepted_at', 'revoked_at'])
    .where('organization_id', '=', ownId(ctx));
  return keysetPage(query, newestFirst, page, ({ id, email, roles, ...at }) => ({
    id,
    email,
    roles,
    createdAt: toDate(at.created_at),
    expiresAt: toDate(at.expires_at),
    acceptedAt: toDateOrNull(at.accepted_at),
    revokedAt: toDateOrNull(at.revoked_at),
  }));
}

/** All API keys of the caller's organization, the latest first. */
export async function apiKeyPage(ctx: HubContext, page: PageArgs): Promise<Connection<ApiKeyRow>> {
  const query = (await tables(ctx))
    .selectFrom('hub.api_key')
    .select(['id', 'name', 'hint', 'roles', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'])
    .where('organization_id', '=', ownId(ctx));
  return keysetPage(query, newestFirst, page, ({ id, name, hint, roles, ...at }) => ({
    id,
    name,
    hint,
    roles,
    createdAt: toDate(at.created_at),
    expiresAt: toDateOrNull(at.expires_at),
    lastUsedAt: toDateOrNull(at.last_used_at),
    revokedAt: toDateOrNull(at.revoked_at),
  }));
}
