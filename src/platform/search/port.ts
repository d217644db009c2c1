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
  /** Areas served, such as `US`, `state:MD`, `county:MD/Howard`, `zip:21044`, and `area:<key>` for one drawn on the map. */
  covers: readonly string[];
  /** Ids of its taxonomy terms and of all above them. */
  terms: readonly string[];
  /** What it costs: see COST_KINDS. */
  costs: readonly string[];
  /** Key of its opening hours: equal hours have equal keys; null when none are listed. */
  hours: number | null;
  /** Key of whom it is for; null when nothing is said. */
  eligibility: number | null;
  isFree: boolean;
  takesReferrals: boolean;
  hasInterpreter: boolean;
  accessible: boolean;
  capacityStatus: string | null;
  /** Until when what was said of room is believed, ISO 8601. */
  capacityUntil: string | null;
  /** YYYY-MM-DD. */
  assuredDate: string | null;
  /** How its agency has answered referrals, 0 to 1; null when too little is known of that. */
  answers: number | null;
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

/** How what a service costs is told apart. */
export const COST_KINDS = ['FREE', 'SLIDING_SCALE', 'INSURANCE', 'DONATION', 'FEE'] as const;

/** Every filter that is given must hold; of a list, one value is enough. */
export interface SearchFilter {
  categories?: readonly string[];
  languages?: readonly string[];
  costs?: readonly string[];
  /** Ids of taxonomy terms: each finds its subtree. */
  terms?: readonly string[];
  organizationIds?: readonly string[];
  free?: boolean;
  takesReferrals?: boolean;
  hasRoom?: boolean;
  accessible?: boolean;
  interpreter?: boolean;
  /** Open at the moment that `SearchQuestion.open` was made for. */
  open?: boolean;
  /** Leaves out what is not for the person of `SearchQuestion.fit`. */
  fits?: boolean;
  /** Only what serves the place of `SearchQuestion.near`, not what is only near it. */
  servesArea?: boolean;
  /** Confirmed on or after this day, YYYY-MM-DD. */
  verifiedSince?: string;
  serviceIds?: readonly string[];
}

/** A place in the ranking: what comes strictly after it is asked for. */
export interface SearchPosition {
  score: number;
  serviceId: string;
}

/** Keys of eligibility, judged for a person; what is in neither list is not known. */
export interface SearchFit {
  match: readonly number[];
  noMatch: readonly number[];
}

export interface SearchQuestion {
  text?: string;
  near?: SearchNear;
  filter: SearchFilter;
  /** Keys of the hours that are open at the moment asked for; left out when nobody asks. */
  open?: readonly number[];
  fit?: SearchFit;
  now: Date;
  limit: number;
  after?: SearchPosition;
  facets: boolean;
}

/** Points by what they are for; see ranking.ts for their bounds. */
export interface SearchParts {
  text: number | null;
  distance: number | null;
  /** null when no person was given. */
  fit: number | null;
  room: number;
  freshness: number;
  /** For how its agency has answered referrals. */
  answers: number;
}

/** One service, at the site that fits the question best. */
export interface SearchHit {
  serviceId: string;
  /** Who offered it when it was indexed; the listing itself says who does. */
  organizationId: string;
  /** The service at location; null when it has no site. */
  siteId: string | null;
  locationId: string | null;
  /** Thousandths of a point, the sum of the parts. */
  score: number;
  parts: SearchParts;
  miles: number | null;
  servesArea: boolean;
}

/**
 * How many services would be found with a value. Those of a list are counted with every other filter held and their own
 * left out, so that a second value can be chosen beside the first; the others with all filters held.
 */
export interface SearchCounts {
  categories: Record<string, number>;
  languages: Record<string, number>;
  costs: Record<string, number>;
  /** The commonest, at most {@link FACET_VALUES}. */
  terms: Record<string, number>;
  /** By id; the commonest, at most {@link FACET_VALUES}. */
  organizations: Record<string, number>;
  /** By days since they were confirmed, one of {@link VERIFIED_DAYS}. */
  verified: Record<string, number>;
  free: number;
  takesReferrals: number;
  hasRoom: number;
  accessible: number;
  interpreter: number;
  /** null when no moment was asked for. */
  open: number | null;
  /** Not ruled out for the person; null when none was given. */
  fits: number | null;
  /** Everything found was counted; else each count is of what was looked at, and there may be more. */
  exact: boolean;
}

export const FACET_VALUES = 50;
export const VERIFIED_DAYS = [30, 90, 180, 365] as const;

/** Nothing found, nothing counted. */
export function noCounts(question: Pick<SearchQuestion, 'open' | 'fit'>): SearchCounts {
  const verified = Object.fromEntries(VERIFIED_DAYS.map((days) => [days, 0]));
  const lists = { categories: {}, languages: {}, costs: {}, terms: {}, organizations: {}, verified };
  const flags = { free: 0, takesReferrals: 0, hasRoom: 0, accessible: 0, interpreter: 0 };
  return { exact: true, ...lists, ...flags, open: question.open ? 0 : null, fits: question.fit ? 0 : null };
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
  /** What helps where there is nothing of what is meant. */
  near?: readonly string[];
  language: string;
  /** The words themselves mean something else in listings: what they stand for counts more. */
  instead?: boolean;
}

/** Where a rebuild takes everything from. */
export interface SearchSource {
  /** A relation with the fields of {@link SearchDocument} as columns: the directory's view, or the documents themselves. */
  relation: 'hub.search_source' | 'hub.search_document';
  /** The ids of all services, ascending, in pages. */
  pages(): AsyncIterable<readonly string[]>;
}

/** Runs a piece of work in a transaction. */
export type SearchWrite = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

/** A second store that an engine searches, and what keeps it up with PostgreSQL. All of it may fail while that is away. */
export interface SearchReplica {
  readonly name: string;
  /** Whether questions go there now, and how many each engine has answered since the start. */
  status(): { up: boolean; answered: Record<string, number> };
  /** How many services it has not been told of. */
  waiting(em: EntityManager): Promise<number>;
  /** Tells it of them. Returns how many. */
  push(write: SearchWrite): Promise<number>;
  /** Builds it when it is missing, else brings its settings and synonyms up to date. Returns what was changed. */
  prepare(write: SearchWrite): Promise<string[]>;
  /** Builds it anew beside the one searched and puts it in its place at once. */
  rebuild(write: SearchWrite): Promise<void>;
  /** Compares it with PostgreSQL, document by document, and repairs it. Waits for who changes it now, ten minutes at most. */
  reconcile(write: SearchWrite, waitMs?: number): Promise<{ added: number; deleted: number }>;
}

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
  /** Where there is one. */
  readonly replica?: SearchReplica;
}
