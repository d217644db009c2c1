import { openContext, RequestDb, type HubContext } from '../access/index.js';
import type { OpenContext } from '../platform/http/request.js';
import type { Platform } from '../platform/platform.js';
import { authenticate, callerIn, sessionCookie, sessionTokenOf } from './session/authenticate.js';
import { entering, findSession, isSlidingDue, type Session } from './session/session.js';

/**
 * Opens each operation of the API with its caller: found by cookie or bearer token, in one statement. What only reads
 * begins its transaction with that statement, unless it may read from a replica: sessions are looked up on the primary.
 */
export function openOperation(platform: Platform): OpenContext<HubContext> {
  return async ({ request, bearer }, { touch, reads = false }) => {
    const credentials = { cookie: request.cookies.get(sessionCookie), bearer };
    const now = platform.clock.now();
    const token = reads && !platform.replicas ? sessionTokenOf(credentials) : undefined;
    if (token === undefined) {
      const caller = await authenticate(platform.authPool, credentials, now, touch);
      return openContext(platform, caller, request, { mayReadCopies: touch });
    }
    const { transaction, said } = await RequestDb.enter(platform.orm, entering(token, now), now);
    try {
      const session = said as Session | null;
      const isDue = session !== null && touch && isSlidingDue(session, now);
      const alive = isDue ? await findSession(platform.authPool, token, now) : session;
      const caller = alive && callerIn(session);
      if (caller) return openContext(platform, caller, request, { reading: transaction });
      // Nobody reads in a transaction that was begun as somebody whose session ended meanwhile.
      await transaction.end();
      return openContext(platform, null, request);
    } catch (error) {
      await transaction.end();
      throw error;
    }
  };
}
