/** FHIR's capacity codes of the SDOH guide (capacity, no-capacity, waitlist, additional-assessment-required), in capitals. */
export const CAPACITY_STATUSES = ['CAPACITY', 'NO_CAPACITY', 'WAITLIST', 'ASSESSMENT_REQUIRED'] as const;
export type CapacityStatus = (typeof CAPACITY_STATUSES)[number];

/** How fast what an agency says of its room stops being true. */
export const CAPACITY_KINDS = ['FOOD', 'HOUSING', 'OTHER'] as const;
export type CapacityKind = (typeof CAPACITY_KINDS)[number];

/** Days after which what was said counts for nothing. */
export const TRUSTED_DAYS: Record<CapacityKind, number> = {
  HOUSING: 2, // Beds turn over nightly: two days bridge a weekend day without staff, no more.
  FOOD: 14, // Pantries distribute weekly or every two weeks; stock decides from one time to the next.
  OTHER: 30, // Case loads and waiting lists move by the month, the rhythm in which agencies report.
};

/** From half of its time on, a statement is shown as ageing, so that someone may ask before relying on it. */
const AGEING_FROM = 0.5;

const DAY_MS = 86_400_000;

const KIND_OF: Record<string, CapacityKind> = {
  'food-insecurity': 'FOOD',
  homelessness: 'HOUSING',
  'housing-instability': 'HOUSING',
  'inadequate-housing': 'HOUSING',
};

/** The kind of a service by its SDOH categories; of several the one that ages fastest. */
export function capacityKind(categories: readonly string[]): CapacityKind {
  const kinds = categories.map((category) => KIND_OF[category] ?? 'OTHER');
  return kinds.sort((a, b) => TRUSTED_DAYS[a] - TRUSTED_DAYS[b])[0] ?? 'OTHER';
}

/** What may be said of a service's room now. */
export interface CapacityNow {
  /** UNKNOWN when never said, or too long ago. */
  status: CapacityStatus | 'UNKNOWN';
  freshness: 'FRESH' | 'AGEING' | 'UNKNOWN';
  /** Whole days since it was said; null when never. */
  ageDays: number | null;
  /** It was said once, but too long ago to count. */
  stale: boolean;
  /** From when it counts no more; null when never said. */
  trustedUntil: Date | null;
}

const NEVER_SAID: CapacityNow = {
  status: 'UNKNOWN',
  freshness: 'UNKNOWN',
  ageDays: null,
  stale: false,
  trustedUntil: null,
};

/** Reads a capacity statement at an instant. A statement from the future (a clock gone wrong) counts as made now. */
export function capacityNow(
  said: { status?: CapacityStatus | null; updatedAt?: Date | null; kind: CapacityKind },
  now: Date,
): CapacityNow {
  const { status, updatedAt, kind } = said;
  if (!status || !updatedAt) return NEVER_SAID;
  const age = Math.max(0, now.getTime() - updatedAt.getTime());
  const trusted = TRUSTED_DAYS[kind] * DAY_MS;
  const stale = age >= trusted;
  const ageing = age >= trusted * AGEING_FROM;
  return {
    status: stale ? 'UNKNOWN' : status,
    freshness: stale ? 'UNKNOWN' : ageing ? 'AGEING' : 'FRESH',
    ageDays: Math.floor(age / DAY_MS),
    stale,
    trustedUntil: new Date(updatedAt.getTime() + trusted),
  };
}

/** Whether a person can be taken in now, as far as is known: room, or a look at the case first. */
export const hasRoom = (status: CapacityNow['status']): boolean =>
  status === 'CAPACITY' || status === 'ASSESSMENT_REQUIRED';
