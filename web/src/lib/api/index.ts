export { ApiError } from './errors.js';
export type { UserError } from './errors.js';
export { hangUp, live, since } from './live.js';
export { explain, load } from './load.js';
export { shownSince } from './shown.js';
export { oneTimeKey, request, requestAs } from './request.js';
