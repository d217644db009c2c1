import type { EntityManager } from '@mikro-orm/postgresql';

/** What the search knows of a service at one of its sites, or of a service without a site that may be shown. */
export interface SearchDocument {
  /** That of the service at location, or of the service when there is no site. */
  id: string;
  serviceId: string;
  locationId: string | null;
  organizationId: string;
  name: string;
  alternateName: string;
  organizationName: string;
  /** Words of its categories, terms, programme and site. */
  keywords: string;
  summary: string;
  categories: readonly string[];
  /** ISO 639 codes. */
  languages: readonly string[];
  city: string | null;
  county: string | null;
  state: string | null;
  zip: string | null;
  latitude: number | null;
  longitude: number | null;
  /** Areas served, such as `US`, `state:MD`, `county:MD/Howard`, `zip:21044`. */
  covers: readonly string[];
  isFree: boolean;
  takesReferrals: boolean;
  hasInterpreter: boolean;
  accessible: boolean;
  capacityStatus: string | null;
  /** Until when what was said of room is believed, ISO 8601. */
  capacityUntil: string | null;
  /** YYYY-MM-DD. */
  assuredDate: string | null;
  /** Grows with every change; an older document never replaces a newer one. */
  version: number;
}

export interface SearchNear {
  latitude: number;
  longitude: number;
  radiusMiles: number;
  /** The areas the place lies in: what serves one of them is found at any distance. */
  covers: readonly string[];
}

/** Every filter that is given must hold. */
export interface SearchFilter {
  category?: string;
  language?: string;
  free?: boolean;
  takesReferrals?: boolean;
  hasRoom?: boolean;
  accessible?: boolean;
  organizationId?: string;
  /** Confirmed on or after this day, YYYY-MM-DD. */
  verifiedSince?: string;
  serviceIds?: readonly string[];
}

/** A place in the ranking: what comes strictly after it is asked for. */
export interface SearchPosition {
  score: number;
  serviceId: string;
}

export interface SearchQuestion {
  text?: string;
  near?: SearchNear;
  filter: SearchFilter;
  now: Date;
  limit: number;
  after?: SearchPosition;
  facets: boolean;
}

/** Points by what they are for; see ranking.ts for their bounds. */
export interface SearchParts {
  text: number | null;
  distance: number | null;
  room: number;
  freshness: number;
}

/** One service, at the site that fits the question best. */
export interface SearchHit {
  serviceId: string;
  /** The service at location; null when it has no site. */
  siteId: string | null;
  /** Thousandths of a point, the sum of the parts. */
  score: number;
  parts: SearchParts;
  miles: number | null;
  servesArea: boolean;
}

export interface SearchCounts {
  categories: Record<string, number>;
  languages: Record<string, number>;
  free: number;
  takesReferrals: number;
  hasRoom: number;
}

/** How the words were read. */
export interface SearchReading {
  corrected: string | null;
  synonyms: string[];
  category: string | null;
  dropped: string[];
}

export interface SearchAnswer {
  hits: SearchHit[];
  /** Services found; counted up to {@link SEARCH_COUNT_CAP}. */
  total: number;
  totalIsExact: boolean;
  counts: SearchCounts | null;
  reading: SearchReading;
}

export interface SearchSuggestion {
  kind: 'SERVICE' | 'ORGANIZATION';
  text: string;
  /** Only when there is one of that name. */
  id: string | null;
}

export interface SearchSuggestions {
  /** SDOH categories that what was typed leads to. */
  categories: string[];
  suggestions: SearchSuggestion[];
}

/** What people say, and what listings say. */
export interface SearchSynonym {
  phrase: string;
  means: readonly string[];
  category: string | null;
  language: string;
}

/** Where a rebuild takes everything from. */
export interface SearchSource {
  /** A relation with the fields of {@link SearchDocument} as columns. */
  relation: 'hub.search_source';
  /** The ids of all services, ascending, in pages. */
  pages(): AsyncIterable<readonly string[]>;
}

/** Runs a piece of work in a transaction. */
export type SearchWrite = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

/** Totals are counted this far. */
export const SEARCH_COUNT_CAP = 1000;

/**
 * The search engine. It answers with ids, points and counts; what is shown is read from the directory. `em` is the
 * operation's: an engine that stands outside of PostgreSQL may leave it alone.
 */
export interface SearchEngine {
  readonly name: string;
  /** Settings and synonyms; a synonym that is there already is left as a curator may have changed it. */
  ensure(em: EntityManager, settings: { synonyms: readonly SearchSynonym[] }): Promise<void>;
  /** Puts these documents in the place of all that was known of their services. */
  upsert(em: EntityManager, documents: readonly SearchDocument[]): Promise<void>;
  remove(em: EntityManager, serviceIds: readonly string[]): Promise<void>;
  query(em: EntityManager, question: SearchQuestion): Promise<SearchAnswer>;
  suggest(em: EntityManager, text: string, limit: number): Promise<SearchSuggestions>;
  /** Documents, not services. */
  count(em: EntityManager): Promise<number>;
  /** Builds everything anew; searches go on meanwhile and never find less than before. Returns the services read. */
  swap(write: SearchWrite, source: SearchSource): Promise<number>;
}
