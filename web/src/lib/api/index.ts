export { ApiError } from './errors.js';
export type { ApiCode, UserError } from './errors.js';
export { hangUp, live } from './live.js';
export { explain, load } from './load.js';
export { oneTimeKey, request } from './request.js';
