import { likeness, nameLikeness, wordsOf } from './name-likeness.js';

/** What two listings are compared by. Places that must stay secret are not among them. */
export interface Compared {
  id: string;
  organizationId: string;
  name: string;
  organization: string;
  description: string;
  url: string | null;
  /** E.164. */
  phones: string[];
  /** Number and first word of the street with the ZIP code: `21044|10 main`. */
  doors: string[];
  points: { latitude: number; longitude: number }[];
  categories: string[];
}

/** A listing whose words were taken apart once, for all its pairs. */
export interface Prepared extends Compared {
  nameWords: string[];
  agencyWords: readonly string[];
  textWords: ReadonlySet<string>;
}

export function prepare(listing: Compared): Prepared {
  const textWords = new Set(wordsOf(listing.description.slice(0, 1000)));
  const agencyWords = wordsOf(listing.organization);
  return { ...listing, nameWords: wordsOf(listing.name), agencyWords, textWords };
}

export const EVIDENCE_KINDS = ['NAME', 'ORGANIZATION', 'PHONE', 'ADDRESS', 'NEAR', 'WEBSITE', 'TEXT', 'OWN_WORDS', 'FAR', 'OTHER_NUMBER', 'OTHER_AGENCY', 'OTHER_TEXT'] as const; // prettier-ignore
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
export interface Evidence {
  kind: EvidenceKind;
  /** 0 to 1: how much of it there is. */
  weight: number;
}

/** Pairs below this are not shown: measured on labelled pairs of real directories (see duplicates.test.ts). */
export const SHOWN_FROM = 0.5;

/** What each piece of evidence adds to the log of the odds; set by hand, checked on the labelled pairs. */
const WEIGHTS: Readonly<Record<EvidenceKind, number>> = {
  NAME: 7,
  ORGANIZATION: 1.2,
  PHONE: 1.6,
  ADDRESS: 2,
  NEAR: 1,
  WEBSITE: 0.8,
  TEXT: 2,
  // An agency's branches and programmes share all but a word of their names: that word, and the way between them, decide.
  OWN_WORDS: -5,
  FAR: -6,
  OTHER_NUMBER: -1,
  OTHER_AGENCY: -2,
  OTHER_TEXT: -2,
};
/** What ties two listings to one agency or one door. */
const TIES: ReadonlySet<EvidenceKind> = new Set<EvidenceKind>(['ORGANIZATION', 'PHONE', 'ADDRESS', 'NEAR', 'WEBSITE']);
const BIAS = -7;
/** Names that share less than this are two things, whatever else they share: a pantry and a closet at one door. */
const LEAST_NAME = 0.6;
/** Agencies whose names share less are two. */
const OTHER_AGENCY = 0.2;
const EARTH_MILES = 3958.7613;

export function milesBetween(a: Compared['points'][number], b: Compared['points'][number]): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2];
  const h = Math.sin(dLat) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon) ** 2;
  return 2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(h)));
}

const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

/** How much of two descriptions is the same, by their words; null when one says too little. */
function textLikeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number | null {
  if (left.size < 5 || right.size < 5) return null;
  const both = [...left].filter((word) => right.has(word)).length;
  return (2 * both) / (left.size + right.size);
}

/** Where no point on the map is known: another door in the same ZIP code may be a slip, in another one it is another place. */
function otherDoor(a: Compared, b: Compared): Evidence[] {
  if (a.doors.length === 0 || b.doors.length === 0) return [];
  const zips = b.doors.map((door) => door.split('|')[0]);
  const near = a.doors.some((door) => zips.includes(door.split('|')[0]));
  return [{ kind: 'FAR', weight: near ? 0.4 : 1 }];
}

function placeEvidence(a: Compared, b: Compared): Evidence[] {
  if (shares(a.doors, b.doors)) return [{ kind: 'ADDRESS', weight: 1 }];
  const miles = a.points.flatMap((from) => b.points.map((to) => milesBetween(from, to)));
  if (miles.length === 0) return otherDoor(a, b);
  const least = Math.min(...miles);
  if (least < 0.1) return [{ kind: 'NEAR', weight: 1 }];
  return least > 0.5 ? [{ kind: 'FAR', weight: Math.min(1, least / 2) }] : [];
}

function textEvidence(a: Prepared, b: Prepared): Evidence[] {
  const alike = textLikeness(a.textWords, b.textWords);
  if (alike === null) return [];
  if (alike >= 0.6) return [{ kind: 'TEXT', weight: alike }];
  return alike < 0.3 ? [{ kind: 'OTHER_TEXT', weight: 1 - alike }] : [];
}

/** How likely two listings are the same help, 0 to 1, and what speaks for and against it. */
export function scorePair(a: Prepared, b: Prepared): { score: number; evidence: Evidence[] } {
  const isOneAgency = a.organizationId === b.organizationId || a.agencyWords.join(' ') === b.agencyWords.join(' ');
  const { shared: name, ownLeast, ownMost } = likeness(a.nameWords, b.nameWords, isOneAgency ? a.agencyWords : []);
  if (name < LEAST_NAME) return { score: 0, evidence: [] };
  // A word of its own on both sides tells them apart; on one side only it is half of that: a whole and its part.
  const own = Math.min(1, Math.max(ownLeast, ownMost / 2));
  const organization = a.organizationId === b.organizationId ? 1 : nameLikeness(a.organization, b.organization);
  const phones = a.phones.length > 0 && b.phones.length > 0;
  const evidence: Evidence[] = [
    { kind: 'NAME', weight: name },
    ...(organization >= 0.5 ? [{ kind: 'ORGANIZATION' as const, weight: organization }] : []),
    ...(organization < OTHER_AGENCY ? [{ kind: 'OTHER_AGENCY' as const, weight: 1 }] : []),
    ...(shares(a.phones, b.phones) ? [{ kind: 'PHONE' as const, weight: 1 }] : []),
    ...(phones && !shares(a.phones, b.phones) ? [{ kind: 'OTHER_NUMBER' as const, weight: 1 }] : []),
    ...(own >= 0.4 ? [{ kind: 'OWN_WORDS' as const, weight: own }] : []),
    ...placeEvidence(a, b),
    ...(a.url && a.url === b.url ? [{ kind: 'WEBSITE' as const, weight: 1 }] : []),
    ...textEvidence(a, b),
  ];
  // The same name and words at two agencies that share nothing else: "Counseling" of one text that both copied.
  if (!evidence.some(({ kind }) => TIES.has(kind))) return { score: 0, evidence: [] };
  const odds = evidence.reduce((sum, { kind, weight }) => sum + WEIGHTS[kind] * weight, BIAS);
  const score = 1 / (1 + Math.exp(-odds));
  return { score: Math.round(score * 1000) / 1000, evidence: evidence.map(rounded) };
}

const rounded = ({ kind, weight }: Evidence): Evidence => ({ kind, weight: Math.round(weight * 100) / 100 });
