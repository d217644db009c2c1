import type { Feature } from './platform/feature.js';

/** What the hub is made of, in the order in which one root may use another. */
export const features: Feature[] = [];
