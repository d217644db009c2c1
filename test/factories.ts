import { hashToken, newToken } from '../src/identity/token.js';
import type { OrganizationKind, Role } from '../src/identity/index.js';
import { newId } from '../src/platform/id.js';
import type { TestHub } from './hub.js';

/** What a factory needs of a hub: its database as the owner, and its clock. */
export type Ground = Pick<TestHub, 'sql' | 'clock'>;

let counter = 0;
/** A small number that no other call got, for names that must differ. */
export function next(): number {
  counter += 1;
  return counter;
}

/** Writes one row as the owner of the schema: columns by name, arrays as arrays. Past every fence, for tests only. */
export async function insert(hub: Ground, table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`);
  await hub.sql(`insert into hub.${table} (${names.join(', ')}) values (${places.join(', ')})`, Object.values(row));
}

export interface OrganizationRow {
  id: string;
  kind: `${OrganizationKind}`;
  name: string;
}

/** An organization; an agency unless told otherwise. Agencies are listed, others are not. */
export async function organization(
  hub: Ground,
  given: Partial<OrganizationRow> & { timeZone?: string } = {},
): Promise<OrganizationRow> {
  const { id = newId(), kind = 'AGENCY', name = `Organization ${next()}`, timeZone = 'America/New_York' } = given;
  const now = hub.clock.now();
  await insert(hub, 'organization', {
    id,
    kind,
    name,
    listed: kind === 'AGENCY',
    time_zone: timeZone,
    claimed_at: now,
    created_at: now,
    updated_at: now,
  });
  return { id, kind, name };
}

export interface UserRow {
  id: string;
  email: string;
  name: string;
}

/** A person with an account and no password: enough for everyone who does not sign in by one. */
export async function user(hub: Ground, given: Partial<UserRow> & { passwordHash?: string } = {}): Promise<UserRow> {
  const number = next();
  const { id = newId(), email = `person${number}@example.org`, name = `Person ${number}`, passwordHash = null } = given;
  const now = hub.clock.now();
  await insert(hub, 'user_account', { id, email, name, password_hash: passwordHash, created_at: now, updated_at: now });
  return { id, email, name };
}

export interface MembershipRow {
  id: string;
  user: UserRow;
  organization: OrganizationRow;
  roles: Role[];
}

const firstRole: Record<`${OrganizationKind}`, Role> = {
  CARE: 'CARE_MANAGER',
  AGENCY: 'AGENCY_STAFF',
  PLAN: 'PLAN_ANALYST',
  STEWARD: 'CURATOR',
};

/** A person in an organization; makes both when they are not given. */
export async function membership(
  hub: Ground,
  given: {
    user?: UserRow;
    organization?: OrganizationRow;
    kind?: `${OrganizationKind}`;
    roles?: Role[];
    ended?: boolean;
  } = {},
): Promise<MembershipRow> {
  const where = given.organization ?? (await organization(hub, given.kind ? { kind: given.kind } : {}));
  const who = given.user ?? (await user(hub));
  const roles = given.roles ?? [firstRole[where.kind]];
  const id = newId();
  const now = hub.clock.now();
  await insert(hub, 'membership', {
    id,
    user_id: who.id,
    organization_id: where.id,
    roles,
    created_at: now,
    ended_at: given.ended ? now : null,
  });
  return { id, user: who, organization: where, roles };
}

/** An open session made directly in the database; returns the token that a cookie or a bearer header carries. */
export async function session(hub: Ground, member: MembershipRow, given: { mfa?: boolean } = {}): Promise<string> {
  const token = newToken();
  const now = hub.clock.now();
  await insert(hub, 'session', {
    token_hash: hashToken(token),
    id: newId(),
    user_id: member.user.id,
    membership_id: member.id,
    mfa: given.mfa ?? false,
    created_at: now,
    seen_at: now,
    // A test may move the clock by days: its actors stay signed in.
    idle: '10 years',
    expires_at: new Date(now.getTime() + 3650 * 86_400_000),
  });
  return token;
}
