import { newId } from '../../src/platform/id.js';
import type { SearchDocument } from '../../src/platform/search/port.js';

/** A document for the search engine; what a test does not say is plain. */
export function searchDocument(given: Partial<SearchDocument> = {}): SearchDocument {
  const serviceId = given.serviceId ?? newId();
  return {
    id: serviceId,
    serviceId,
    locationId: null,
    organizationId: newId(),
    name: 'Community Help',
    alternateName: '',
    organizationName: 'Neighbors United',
    keywords: '',
    summary: '',
    categories: [],
    languages: ['en'],
    city: null,
    county: null,
    state: null,
    zip: null,
    latitude: null,
    longitude: null,
    covers: [],
    terms: [],
    costs: [],
    hours: null,
    eligibility: null,
    isFree: false,
    takesReferrals: false,
    hasInterpreter: false,
    accessible: false,
    capacityStatus: null,
    capacityUntil: null,
    assuredDate: '2026-10-01',
    answers: null,
    version: 1,
    ...given,
  };
}

/** A document with a site at a point. */
export function siteDocument(latitude: number, longitude: number, given: Partial<SearchDocument> = {}): SearchDocument {
  return searchDocument({ id: newId(), locationId: newId(), latitude, longitude, ...given });
}
