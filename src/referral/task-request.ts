import { memoryCookies, type RequestInfo } from '../platform/http/request.js';
import { newId } from '../platform/id.js';

/** The request of what the hub does by itself, in the name of somebody. */
export const taskRequest = (): RequestInfo => ({
  id: newId(),
  ip: '',
  userAgent: null,
  acceptLanguage: null,
  cookies: memoryCookies(),
});
