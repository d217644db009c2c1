import { openContext, settle, type HubContext } from '../../access/index.js';
import { inTurn } from '../../platform/http/in-turn.js';
import { memoryCookies } from '../../platform/http/request.js';
import type { Platform } from '../../platform/platform.js';

/** Reads in nobody's name: all that this API tells is public, whoever asks. One read-only transaction. */
export async function asNobody<T>(platform: Platform, id: string, read: (ctx: HubContext) => Promise<T>): Promise<T> {
  const request = { id, ip: '', userAgent: null, acceptLanguage: null, cookies: memoryCookies() };
  const ctx = openContext(platform, null, request);
  try {
    return await read(ctx);
  } finally {
    await settle(ctx);
  }
}

/** The next part of an answer that has begun: its request has left the door, so each part waits for its turn. */
export const onwards = <T>(platform: Platform, id: string, read: (ctx: HubContext) => Promise<T>): Promise<T> =>
  inTurn(platform, () => asNobody(platform, id, read));
