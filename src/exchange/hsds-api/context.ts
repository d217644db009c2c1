import { openContext, settle, type HubContext } from '../../access/index.js';
import { inTurn, throughDoor } from '../../platform/http/through-door.js';
import { memoryCookies } from '../../platform/http/request.js';
import type { Platform } from '../../platform/platform.js';

/**
 * Reads in nobody's name: all that this API tells is public, whoever asks. One read-only transaction, once there is room for it;
 * the next part of an answer that has begun waits longer than a new question may.
 */
export function asNobody<T>(
  platform: Platform,
  id: string,
  read: (ctx: HubContext) => Promise<T>,
  begun = false,
): Promise<T> {
  return (begun ? inTurn : throughDoor)(platform, () => reading(platform, id, read));
}

async function reading<T>(platform: Platform, id: string, read: (ctx: HubContext) => Promise<T>): Promise<T> {
  const request = { id, ip: '', userAgent: null, acceptLanguage: null, cookies: memoryCookies() };
  const ctx = openContext(platform, null, request);
  try {
    return await read(ctx);
  } finally {
    await settle(ctx);
  }
}
