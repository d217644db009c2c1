import { createHash } from 'node:crypto';
import type { SearchDocument } from '../port.js';
import { categoryWord } from './settings.js';

/** A document as the index has it. */
export interface MeiliDocument {
  id: string;
  serviceId: string;
  /** Of everything below: two documents with the same digest are the same. */
  digest: string;
  name: string;
  alternateName: string;
  keywords: string;
  /** What a listing of many kinds of help gives. */
  headings: string;
  organizationName: string;
  place: string;
  /** Its first lines. */
  lead: string;
  summary: string;
  needs: string;
  organizationId: string;
  categories: readonly string[];
  languages: readonly string[];
  terms: readonly string[];
  costs: readonly string[];
  covers: readonly string[];
  flags: string[];
  capacityStatus: string | null;
  /** Seconds since 1970. */
  capacityUntil: number | null;
  /** Days since 1970. */
  assuredDay: number | null;
  hours: number | null;
  eligibility: number | null;
  quality: number;
  _geo?: { lat: number; lng: number };
}

const DAY_MS = 86_400_000;
/** Beyond this a description says nothing new. The lengths are those that PostgreSQL reads: see hub.search_words. */
const SUMMARY = 2190;
const LEAD = 190;
const HEADED = 3000;
const HEADING = /(?:^|[\s).])([A-Z][A-Z0-9 ,&/'()-]{3,80}):/g;
const NO_HEADING =
  /VOLUNTEER|DONATION|ACCESSIB|ELIGIB|^BUS|NOTE|^TRANSPORTATION$|OVERVIEW|^SERVICES?$|NEEDED|INTAKE|LOCATION/;

/** "2) FOOD PANTRY: …": the same as hub.search_headings. */
function headingsOf(summary: string): string {
  const headings = [...summary.slice(0, HEADED).matchAll(HEADING)].map(([, heading = '']) => heading);
  return headings.filter((heading) => !NO_HEADING.test(heading)).join(' ');
}

/** Days since 1970 of YYYY-MM-DD. */
export const dayNumber = (day: string): number => Math.floor(Date.parse(day.slice(0, 10)) / DAY_MS);

/** A document for the index. Without a site that may be shown there is no place in it. */
export function toMeili(document: SearchDocument): MeiliDocument {
  const { latitude, longitude, locationId, assuredDate, capacityUntil, summary } = document;
  const sited = locationId !== null;
  const flags = [
    ...(document.isFree ? ['free'] : []),
    ...(document.takesReferrals ? ['ref'] : []),
    ...(document.accessible ? ['acc'] : []),
    ...(document.hasInterpreter ? ['int'] : []),
  ];
  const placed = sited && latitude !== null && longitude !== null;
  const content = {
    id: document.id,
    serviceId: document.serviceId,
    name: document.name,
    alternateName: document.alternateName,
    keywords: document.keywords,
    headings: headingsOf(summary),
    organizationName: document.organizationName,
    place: sited ? [document.city, document.county].filter(Boolean).join(' ') : '',
    lead: summary.slice(0, LEAD),
    summary: summary.slice(LEAD, SUMMARY),
    needs: document.categories.map(categoryWord).join(' '),
    organizationId: document.organizationId,
    categories: document.categories,
    languages: document.languages,
    terms: document.terms,
    costs: document.costs,
    covers: document.covers,
    flags,
    capacityStatus: document.capacityStatus,
    capacityUntil: capacityUntil === null ? null : Math.floor(Date.parse(capacityUntil) / 1000),
    assuredDay: assuredDate === null ? null : dayNumber(assuredDate),
    hours: document.hours,
    eligibility: document.eligibility,
    // The same as hub.search_document.quality.
    quality:
      (assuredDate === null ? 0 : 2) +
      (document.takesReferrals ? 2 : 0) +
      (latitude === null ? 0 : 1) +
      (summary.length > 80 ? 1 : 0),
    ...(placed && { _geo: { lat: latitude, lng: longitude } }),
  };
  return { ...content, digest: createHash('md5').update(JSON.stringify(content)).digest('hex').slice(0, 16) };
}
