import type { Role } from '../../access/permissions.js';
import { newId } from '../../platform/id.js';
import type { Language } from '../../platform/words.js';
import { hashToken, newToken } from '../token.js';
import type { Db } from '../transaction.js';

/** A working day; after it one signs in again. */
const absoluteMs = 12 * 60 * 60_000;
/** Minutes without a request after which a session is over. */
const idleSeconds = 15 * 60;
/** A half-open session waits this long for the code of the authenticator app. */
const codeMs = 10 * 60_000;

/** One membership as a session sees it. */
interface SessionMembership {
  id: string;
  organizationId: string;
  roles: Role[];
}

/** What a live session token stands for. */
export interface Session {
  id: string;
  userId: string;
  /** The organization the person works in at the moment. */
  membershipId: string | null;
  /** `TOTP`: the password was right, the code of the app is still to come. `SETUP`: the app itself is, by policy. */
  stage: 'OPEN' | 'TOTP' | 'SETUP';
  mfa: boolean;
  /** The language of the person's settings. */
  locale: Language;
  /** Those that have not ended, oldest first. */
  memberships: SessionMembership[];
}

/**
 * Look-up, idle and absolute expiry, and sliding at most once a minute, in one round trip. The time is a parameter
 * throughout, and `greatest` keeps a slow request from moving the last sign of life back.
 */
const lookUpSql = `
with found as (
  select s.token_hash, s.id, s.user_id, s.membership_id, s.stage, s.mfa, s.seen_at, u.locale
    from hub.session s join hub.user_account u on u.id = s.user_id and u.disabled_at is null
   where s.token_hash = $1 and s.expires_at > $2 and s.seen_at + s.idle > $2
), slid as (
  update hub.session s set seen_at = greatest(s.seen_at, $2) from found f
   where $3 and s.token_hash = f.token_hash and f.stage = 'OPEN' and f.seen_at <= $2::timestamptz - interval '1 minute'
)
select f.id, f.user_id as "userId", f.membership_id as "membershipId", f.stage, f.mfa, f.locale,
       coalesce((select json_agg(json_build_object('id', m.id, 'organizationId', m.organization_id, 'roles', m.roles)
                                 order by m.created_at, m.id)
                   from hub.membership m join hub.organization o on o.id = m.organization_id and o.retired_at is null
                  where m.user_id = f.user_id and m.ended_at is null), '[]') as memberships
  from found f`;

/** The session of a token, if it lives. It is a sign of life unless `touch` is false. */
export async function findSession(db: Db, token: string, now: Date, touch = true): Promise<Session | null> {
  const { rows } = await db.query<Session>({
    name: 'session',
    text: lookUpSql,
    values: [hashToken(token), now, touch],
  });
  return rows[0] ?? null;
}

export interface NewSession {
  userId: string;
  membershipId: string | null;
  stage: Session['stage'];
  mfa: boolean;
  ip: string;
  userAgent: string | null;
}

/** Opens a session and returns its token, the only copy there is. Never under a token that the browser brought along. */
export async function openSession(db: Db, session: NewSession, now: Date): Promise<{ id: string; token: string }> {
  const token = newToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + (session.stage === 'OPEN' ? absoluteMs : codeMs));
  await db.query(
    `insert into hub.session (token_hash, id, user_id, membership_id, mfa, stage, created_at, seen_at, idle, expires_at, ip, user_agent)
     values ($1, $2, $3, $4, $5, $6, $7, $7, make_interval(secs => $8), $9, $10, $11)`,
    [
      hashToken(token),
      id,
      session.userId,
      session.membershipId,
      session.mfa,
      session.stage,
      now,
      idleSeconds,
      expiresAt,
      session.ip,
      session.userAgent?.slice(0, 200) ?? null,
    ],
  );
  return { id, token };
}

/** Ends the session of a token. */
export async function endSession(db: Db, token: string): Promise<void> {
  await db.query('delete from hub.session where token_hash = $1', [hashToken(token)]);
}

/** Ends all sessions of a person, or all but one. */
export async function endSessionsOf(db: Db, userId: string, exceptId: string | null = null): Promise<void> {
  await db.query('delete from hub.session where user_id = $1 and id is distinct from $2', [userId, exceptId]);
}
