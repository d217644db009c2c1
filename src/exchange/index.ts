import type { Feature } from '../platform/feature.js';
import { serveHsdsApi } from './hsds-api/hsds-api.routes.js';

/** The hub for other software. */
export const exchange: Feature = {
  name: 'exchange',
  routes: serveHsdsApi,
};
