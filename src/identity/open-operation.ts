import { openContext, type HubContext } from '../access/index.js';
import type { OpenContext } from '../platform/http/request.js';
import type { Platform } from '../platform/platform.js';
import { authenticate, sessionCookie } from './session/authenticate.js';

/** Opens each operation of the API with its caller: found by cookie or bearer token, in one statement. */
export function openOperation(platform: Platform): OpenContext<HubContext> {
  return async ({ request, bearer }, { touch }) => {
    const credentials = { cookie: request.cookies.get(sessionCookie), bearer };
    const caller = await authenticate(platform.authPool, credentials, platform.clock.now(), touch);
    return openContext(platform, caller, request, { mayReadCopies: touch });
  };
}
