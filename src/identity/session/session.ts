import type { Role } from '../../access/permissions.js';
import type { Repeated } from '../../platform/database/client.js';
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
  /** The last sign of life, ISO 8601. */
  seenAt: string;
  /** Those that have not ended, oldest first. */
  memberships: SessionMembership[];
}

/** How often at most a request moves the last sign of life. */
const slideMs = 60_000;

/**
 * Look-up, idle and absolute expiry, and sliding at most once a minute, in one round trip. The time is a parameter
 * throughout, and `greatest` keeps a slow request from moving the last sign of life back.
 */
const lookUpSql = `
with slid as (
  update hub.session set seen_at = greatest(seen_at, $2)
   where $3 and token_hash = $1 and stage = 'OPEN' and expires_at > $2 and seen_at + idle > $2
     and seen_at <= $2::timestamptz - interval '${slideMs} milliseconds'
)
select hub.enter($1, $2) as session`;

/** The session of a token, if it lives. It is a sign of life unless `touch` is false. */
export async function findSession(db: Db, token: string, now: Date, touch = true): Promise<Session | null> {
  const { rows } = await db.query<{ session: Session | null }>({
    name: 'session',
    text: lookUpSql,
    values: [hashToken(token), now, touch],
  });
  return rows[0]?.session ?? null;
}

/** What a transaction begins with that is to be the caller's own: it says whose session the token is, as JSON. */
export function entering(token: string, now: Date): Repeated {
  return {
    name: 'hub_enter',
    types: ['bytea', 'timestamptz'],
    text: 'select hub.enter($1, $2)::text',
    runs: [[`\\x${hashToken(token).toString('hex')}`, now.toISOString()]],
  };
}

/** Whether a session is due for a sign of life. */
export function isSlidingDue(session: Session, now: Date): boolean {
  return new Date(session.seenAt).getTime() <= now.getTime() - slideMs;
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
