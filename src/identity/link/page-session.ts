import { callerOf, type Caller } from '../../access/caller.js';
import type { Permission } from '../../access/permissions.js';
import { newId } from '../../platform/id.js';
import { hashToken, newToken } from '../token.js';
import type { Db } from '../transaction.js';

/** How the token of an open page begins; a browser keeps it for as long as the tab lives. */
export const pagePrefix = 'help_';
/** However much it is used: a page that was left open on a shared computer ends. It also ends after 20 quiet minutes. */
const OPEN_MS = 4 * 60 * 60_000;

interface Holder {
  linkId: string;
  organizationId: string;
  patientId: string;
  relatedPersonId: string | null;
  categories: string[] | null;
  sessionId: string;
}

/** What became of a link that was exchanged: open, a question is asked first, the answer was wrong, or it has ended. */
export type OpenedPage = { state: 'OPEN'; token: string; expiresAt: Date } | { state: 'ASKS' | 'WRONG' | 'ENDED' };

/** Exchanges the token of a link for that of an open page. Five wrong answers end the link. */
export async function openPage(db: Db, link: string, birthYear: number | null, now: Date): Promise<OpenedPage> {
  const token = `${pagePrefix}${newToken()}`;
  const expiresAt = new Date(now.getTime() + OPEN_MS);
  const { rows } = await db.query<{ found: { state: OpenedPage['state'] } }>(
    'select hub.open_help($1, $2, $3, $4, $5, $6) as found',
    [hashToken(link), now, birthYear, hashToken(token), newId(), expiresAt],
  );
  const state = rows[0]?.found.state ?? 'ENDED';
  return state === 'OPEN' ? { state, token, expiresAt } : { state };
}

/** Who has a page open; null when it was closed, was quiet for too long, or what it showed was taken back. */
export async function findPageReader(db: Db, token: string, now: Date): Promise<Caller | null> {
  const { rows } = await db.query<{ found: Holder | null }>('select hub.help_caller($1, $2) as found', [
    hashToken(token),
    now,
  ]);
  const found = rows[0]?.found;
  if (!found) return null;
  const { linkId, organizationId, patientId, relatedPersonId, categories, sessionId } = found;
  const permissions = new Set<Permission>(['help.read', 'help.contact', 'help.paper']);
  if (relatedPersonId === null) permissions.add('help.write');
  return callerOf({
    userId: null,
    organizationId,
    roles: [],
    via: 'LINK',
    credentialId: linkId,
    permissions,
    reader: { patientId, relatedPersonId, categories, sessionId },
  });
}

/** Closes a page for good. */
export async function closePage(db: Db, sessionId: string): Promise<void> {
  await db.query('select hub.close_help($1)', [sessionId]);
}
