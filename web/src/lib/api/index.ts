export { ApiError } from './errors.js';
export type { UserError } from './errors.js';
export { hangUp, live } from './live.js';
export { explain, load } from './load.js';
export { oneTimeKey, request, requestAs } from './request.js';
