import type { RequestInfo } from '../../platform/http/request.js';
import type { Platform } from '../../platform/platform.js';

/** What everything at the door needs: the hub, and the request that knocks. An operation's context is one. */
export interface Door {
  platform: Platform;
  request: RequestInfo;
}
