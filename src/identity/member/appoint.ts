import { isEmail } from 'class-validator';
import type { Client } from 'pg';
import { ROLES_BY_KIND, type Role } from '../../access/permissions.js';
import type { Config } from '../../platform/config.js';
import { newId } from '../../platform/id.js';
import { StartError } from '../../platform/start-error.js';
import { tokenLink } from '../letters/link.js';
import type { OrganizationKind } from '../organization/organization.entity.js';
import { hashToken, newToken } from '../token.js';
import { isAdministrator } from './grants.js';

/** Minutes to choose a password by the link that is printed. */
const linkMinutes = 60;

/** Who is to manage the members of which organization. */
export interface Appointment {
  email: string;
  name: string;
  /** Its name; made when there is none of this kind. */
  organization: string;
  kind: `${OrganizationKind}`;
}

export interface Appointed {
  roles: Role[];
  /** Whether the organization is new. */
  founded: boolean;
  /** Where to choose a password, within the hour; null for somebody who has one. */
  link: string | null;
}

/**
 * Makes somebody the administrator of an organization, as the owner of the database: the way in for the first person of
 * a hub, and of each organization that joins it. Everybody else comes by invitation. Doing it twice changes nothing but
 * the link. Throws {@link StartError} with a plain line.
 */
export async function appointAdministrator(
  owner: Client,
  config: Config,
  given: Appointment,
  now: Date,
): Promise<Appointed> {
  const [email, name, organization] = [given.email.trim(), given.name.trim(), given.organization.trim()];
  if (!isEmail(email)) throw new StartError('--email is not an e-mail address.');
  if (name === '' || name.length > 200) throw new StartError('--name is missing, or longer than 200 letters.');
  if (organization === '' || organization.length > 500) throw new StartError('--organization is missing or too long.');
  const roles = ROLES_BY_KIND[given.kind].filter((role) => isAdministrator([role]));
  await owner.query('begin');
  try {
    const { id: organizationId, founded } = await organizationOf(owner, { name: organization, kind: given.kind }, now);
    const { id: userId, hasPassword } = await accountOf(owner, { email, name }, now);
    await owner.query(
      `insert into hub.membership as m (id, user_id, organization_id, roles, created_at) values ($1, $2, $3, $4, $5)
       on conflict (user_id, organization_id) do update set ended_at = null,
         roles = case when m.ended_at is null then array(select unnest(m.roles) union select unnest(excluded.roles)) else excluded.roles end`,
      [newId(), userId, organizationId, roles, now],
    );
    await owner.query(
      `insert into hub.audit (id, org_id, actor_id, via, roles, action, outcome, entity, entity_id)
       values ($1, $2, null, 'TASK', $3, 'member.appoint', 'ALLOWED', 'User', $4)`,
      [newId(), organizationId, roles, userId],
    );
    const link = hasPassword ? null : await linkFor(owner, config, userId, now);
    await owner.query('commit');
    return { roles, founded, link };
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function organizationOf(
  owner: Client,
  { name, kind }: { name: string; kind: string },
  now: Date,
): Promise<{ id: string; founded: boolean }> {
  const { rows } = await owner.query<{ id: string }>(
    'select id from hub.organization where lower(name) = lower($1) and kind = $2 and retired_at is null limit 2',
    [name, kind],
  );
  if (rows.length > 1) throw new StartError('More than one organization has this name: rename one first.');
  if (rows[0]) return { id: rows[0].id, founded: false };
  const id = newId();
  await owner.query(
    'insert into hub.organization (id, kind, name, listed, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)',
    [id, kind, name, kind === 'AGENCY', now],
  );
  return { id, founded: true };
}

async function accountOf(
  owner: Client,
  { email, name }: { email: string; name: string },
  now: Date,
): Promise<{ id: string; hasPassword: boolean }> {
  await owner.query(
    'insert into hub.user_account (id, email, name, created_at, updated_at) values ($1, $2, $3, $4, $4) on conflict (email) do nothing',
    [newId(), email, name, now],
  );
  const { rows } = await owner.query<{ id: string; hasPassword: boolean; disabled: boolean }>(
    `select id, password_hash is not null as "hasPassword", disabled_at is not null as disabled
       from hub.user_account where email = $1::citext`,
    [email],
  );
  const [account] = rows;
  if (!account || account.disabled) throw new StartError('This account is closed.');
  return account;
}

async function linkFor(owner: Client, config: Config, userId: string, now: Date): Promise<string> {
  const token = newToken();
  await owner.query('delete from hub.password_reset where user_id = $1 and used_at is null', [userId]);
  await owner.query(
    'insert into hub.password_reset (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)',
    [hashToken(token), userId, now, new Date(now.getTime() + linkMinutes * 60_000)],
  );
  return tokenLink(config, 'reset-password', token);
}
