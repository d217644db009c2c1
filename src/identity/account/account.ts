import type { Role } from '../../access/permissions.js';
import type { Language } from '../../platform/words.js';
import type { Db } from '../transaction.js';

/** A person as sign-in sees them, with the organization they would begin in: the first they joined. */
export interface Account {
  id: string;
  email: string;
  name: string;
  locale: Language;
  passwordHash: string | null;
  totpSecret: Buffer | null;
  totpConfirmedAt: Date | null;
  /** The time step of the last code that was taken, of any app so far. */
  totpLastStep: string;
  disabled: boolean;
  /** null for someone who belongs to no organization at the moment. */
  membershipId: string | null;
  organizationId: string | null;
  roles: Role[] | null;
  /** What they do in all their organizations together; null for nobody's member. */
  everyRole: Role[] | null;
}

const columns = `
select u.id, u.email::text, u.name, u.locale, u.password_hash as "passwordHash", u.totp_secret as "totpSecret",
       u.totp_confirmed_at as "totpConfirmedAt", u.totp_last_step as "totpLastStep",
       u.disabled_at is not null as disabled, m.id as "membershipId", m.organization_id as "organizationId", m.roles,
       (select array_agg(distinct role) from hub.membership e join hub.organization o on o.id = e.organization_id and o.retired_at is null
          cross join unnest(e.roles) role where e.user_id = u.id and e.ended_at is null) as "everyRole"
  from hub.user_account u
  left join lateral (
    select m.id, m.organization_id, m.roles
      from hub.membership m join hub.organization o on o.id = m.organization_id and o.retired_at is null
     where m.user_id = u.id and m.ended_at is null order by m.created_at, m.id limit 1) m on true`;

/** The account of an e-mail address, in any case of its letters. */
export async function accountByEmail(db: Db, email: string): Promise<Account | null> {
  const { rows } = await db.query<Account>(`${columns} where u.email = $1::citext`, [email]);
  return rows[0] ?? null;
}

export async function accountById(db: Db, id: string): Promise<Account | null> {
  const { rows } = await db.query<Account>(`${columns} where u.id = $1`, [id]);
  return rows[0] ?? null;
}
