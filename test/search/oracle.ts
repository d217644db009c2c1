import { milesBetween } from '../../src/directory/places.js';
import {
  FACET_VALUES,
  noCounts,
  VERIFIED_DAYS,
  type SearchCounts,
  type SearchDocument,
  type SearchFilter,
  type SearchQuestion,
} from '../../src/platform/search/port.js';

const DAY_MS = 86_400_000;
const overlap = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

const hasRoom = ({ capacityStatus, capacityUntil }: SearchDocument, now: Date): boolean =>
  ['CAPACITY', 'ASSESSMENT_REQUIRED'].includes(capacityStatus ?? '') && new Date(capacityUntil ?? 0) > now;
const isOpen = ({ hours }: SearchDocument, { open }: SearchQuestion): boolean =>
  hours !== null && (open ?? []).includes(hours);
const mayFit = ({ eligibility }: SearchDocument, { fit }: SearchQuestion): boolean =>
  eligibility === null || !(fit?.noMatch ?? []).includes(eligibility);

function isNear(document: SearchDocument, { near, filter }: SearchQuestion): boolean {
  if (!near || overlap(document.covers, near.covers)) return true;
  const { latitude, longitude } = document;
  if (filter.servesArea || latitude === null || longitude === null) return false;
  return milesBetween(near, { latitude, longitude }) <= near.radiusMiles;
}

/** Whether a document is what was asked for, words aside: said as plainly as can be. */
function holds(document: SearchDocument, question: SearchQuestion): boolean {
  const { filter } = question;
  const list = (chosen: readonly string[] | undefined, has: readonly string[]) => !chosen || overlap(chosen, has);
  return (
    list(filter.categories, document.categories) &&
    list(filter.languages, document.languages) &&
    list(filter.costs, document.costs) &&
    list(filter.terms, document.terms) &&
    list(filter.organizationIds, [document.organizationId]) &&
    list(filter.serviceIds, [document.serviceId]) &&
    (!filter.free || document.isFree) &&
    (!filter.takesReferrals || document.takesReferrals) &&
    (!filter.accessible || document.accessible) &&
    (!filter.interpreter || document.hasInterpreter) &&
    (!filter.hasRoom || hasRoom(document, question.now)) &&
    (!filter.open || isOpen(document, question)) &&
    (!filter.fits || mayFit(document, question)) &&
    (filter.verifiedSince === undefined || (document.assuredDate ?? '') >= filter.verifiedSince) &&
    isNear(document, question)
  );
}

const servicesOf = (documents: readonly SearchDocument[]): Set<string> => new Set(documents.map((d) => d.serviceId));

function countValues(documents: readonly SearchDocument[], values: (document: SearchDocument) => readonly string[]) {
  const services = new Map<string, Set<string>>();
  for (const document of documents) {
    for (const value of values(document)) {
      services.set(value, (services.get(value) ?? new Set()).add(document.serviceId));
    }
  }
  if (services.size > FACET_VALUES) throw new Error('The oracle counts few values only');
  return Object.fromEntries([...services].map(([value, found]) => [value, found.size]));
}

/** What an engine must find and count among these documents. */
export function expected(documents: readonly SearchDocument[], question: SearchQuestion) {
  const found = documents.filter((document) => holds(document, question));
  const without = (key: keyof SearchFilter) => {
    const { [key]: _left, ...filter } = question.filter;
    return documents.filter((document) => holds(document, { ...question, filter }));
  };
  const flag = (is: (document: SearchDocument) => boolean): number => servicesOf(found.filter(is)).size;
  const since = (days: number) => new Date(question.now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const counts: SearchCounts = {
    ...noCounts(question),
    categories: countValues(without('categories'), (document) => document.categories),
    languages: countValues(without('languages'), (document) => document.languages),
    costs: countValues(without('costs'), (document) => document.costs),
    terms: countValues(without('terms'), (document) => document.terms),
    organizations: countValues(without('organizationIds'), (document) => [document.organizationId]),
    verified: Object.fromEntries(
      VERIFIED_DAYS.map((days) => [
        days,
        servicesOf(without('verifiedSince').filter(({ assuredDate }) => (assuredDate ?? '') >= since(days))).size,
      ]),
    ),
    free: flag((document) => document.isFree),
    takesReferrals: flag((document) => document.takesReferrals),
    accessible: flag((document) => document.accessible),
    interpreter: flag((document) => document.hasInterpreter),
    hasRoom: flag((document) => hasRoom(document, question.now)),
    ...(question.open && { open: flag((document) => isOpen(document, question)) }),
    ...(question.fit && { fits: flag((document) => mayFit(document, question)) }),
  };
  return { services: servicesOf(found), counts };
}
