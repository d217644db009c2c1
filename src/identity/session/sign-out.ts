import type { HubContext } from '../../access/index.js';
import { auditDoor } from '../audit.js';
import { inTransaction } from '../transaction.js';
import { sessionCookie } from './authenticate.js';
import { endSession, endSessionsOf } from './session.js';

/** Ends the session of this request, or all of the person's, and takes the cookie back. Works without one too. */
export async function signOut(ctx: HubContext, everywhere: boolean): Promise<void> {
  const { caller, request, platform } = ctx;
  const token = request.cookies.get(sessionCookie);
  request.cookies.clear(sessionCookie);
  await inTransaction(platform.authPool, async (db) => {
    if (token) await endSession(db, token);
    if (caller?.via !== 'SESSION' || !caller.userId) return;
    const { userId, organizationId, roles, credentialId } = caller;
    if (everywhere) await endSessionsOf(db, userId);
    else await db.query('delete from hub.session where id = $1', [credentialId]);
    const detail = { everywhere };
    await auditDoor(db, { action: 'session.sign-out', organizationId, userId, roles, requestId: request.id, detail });
  });
}
