import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { SearchFit } from '../../platform/search/port.js';
import { wallClockIn } from '../calendar-day.js';
import { listedRules, verdictOf, type ListedEligibility } from '../eligibility/evaluate.js';
import type { Facts } from '../eligibility/words.js';
import { isOpenBy, readHours, type ReadHours, type ScheduleRow, type WallClock } from '../open-hours.js';
import type { Point } from '../places.js';
import { areasThatHold, boundsAround } from './areas.js';

interface HoursRow {
  id: number;
  zone: string;
  schedules: ScheduleRow[];
}

interface EligibilityRow extends ListedEligibility {
  id: number;
}

interface Learnt {
  seen: string;
  hours: HoursRow[] | null;
  rules: EligibilityRow[] | null;
  areas: number[] | null;
}

type Rules = ReturnType<typeof listedRules>;

const MINUTE_MS = 60_000;
/** So many moments are remembered: searches ask for now, and few for another time. */
const MOMENTS = 16;

/**
 * The distinct hours and rules that documents have. Thousands of listings share a few: what is open, or for whom it is,
 * is decided once per pattern, and the search engine compares keys. So filters, counts and pages are exact at any size.
 */
export class Patterns {
  readonly #hours = new Map<number, { zone: string; hours: ReadHours }>();
  readonly #rules = new Map<number, Rules>();
  readonly #open = new Map<number, number[]>();
  /** Transactions before this one have been read. */
  #seen = '0';

  /** Reads the patterns that came since the last time. Returns the drawn areas around a point, by their keys. */
  async refresh(em: EntityManager, point?: Point): Promise<number[]> {
    const { rows } = await sql<Learnt>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as seen,
        (select json_agg(json_build_object('id', id, 'zone', zone, 'schedules', schedules)) from hub.search_hours
          where learnt >= ${this.#seen}::xid8) as hours,
        (select json_agg(json_build_object('id', id, 'eligibilityRules', rules, 'minimumAge', minimum_age, 'maximumAge', maximum_age))
          from hub.search_eligibility where learnt >= ${this.#seen}::xid8) as rules,
        ${point ? boundsAround(point) : sql`null::json`} as areas`.execute(em.getKysely<unknown>());
    const { seen, hours, rules, areas } = rows[0] ?? { seen: this.#seen, hours: null, rules: null, areas: null };
    for (const { id, zone, schedules } of hours ?? []) {
      if (this.#hours.has(id)) continue;
      this.#hours.set(id, { zone, hours: readHours(schedules) });
      this.#open.clear();
    }
    for (const { id, ...listed } of rules ?? []) if (!this.#rules.has(id)) this.#rules.set(id, listedRules(listed));
    this.#seen = seen;
    return areas ?? [];
  }

  /** Keys of the hours that are open at an instant. Hours change on the minute, so a minute is decided once. */
  openAt(instant: Date): number[] {
    const minute = Math.floor(instant.getTime() / MINUTE_MS);
    const known = this.#open.get(minute);
    if (known) return known;
    const clocks = new Map<string, WallClock | null>();
    const open = [...this.#hours].flatMap(([id, { zone, hours }]) => {
      let clock = clocks.get(zone);
      if (clock === undefined) clocks.set(zone, (clock = clockOf(zone, instant)));
      return clock && isOpenBy(hours, clock) ? [id] : [];
    });
    if (this.#open.size >= MOMENTS) this.#open.clear();
    this.#open.set(minute, open);
    return open;
  }

  /** The rules judged for a person. */
  fit(facts: Facts, on: string): SearchFit {
    const fit = { match: [] as number[], noMatch: [] as number[] };
    for (const [id, rules] of this.#rules) {
      const verdict = verdictOf(rules, facts, on);
      if (verdict === 'MATCH') fit.match.push(id);
      else if (verdict === 'NO_MATCH') fit.noMatch.push(id);
    }
    return fit;
  }
}

/** null when the listing's zone is none: it is not known to be open then. */
function clockOf(zone: string, instant: Date): WallClock | null {
  try {
    return { zone, instant, ...wallClockIn(zone, instant) };
  } catch {
    return null;
  }
}

const ofHub = new WeakMap<object, Patterns>();

/** The patterns of a hub, up to date, and the drawn areas that a point lies in. */
export async function patternsOf(
  hub: object,
  em: EntityManager,
  point?: Point,
): Promise<{ patterns: Patterns; areas: string[] }> {
  let patterns = ofHub.get(hub);
  if (!patterns) ofHub.set(hub, (patterns = new Patterns()));
  const around = await patterns.refresh(em, point);
  return { patterns, areas: point ? await areasThatHold(em, point, around) : [] };
}

/** Keeps the hours, rules and areas of some services for the search to compare by key. */
export async function learnPatterns(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  const db = em.getKysely<unknown>();
  const source = sql`hub.search_source d where d.service_id = any (${serviceIds}::uuid[])`;
  await sql`insert into hub.search_hours (id, zone, schedules)
    select distinct on (d.hours) d.hours, d.zone, d.schedules from ${source} and d.hours is not null
      and not exists (select from hub.search_hours h where h.id = d.hours) order by d.hours on conflict (id) do nothing`.execute(
    db,
  );
  await sql`insert into hub.search_eligibility (id, rules, minimum_age, maximum_age)
    select distinct on (d.eligibility) d.eligibility, d.eligibility_rules, d.minimum_age, d.maximum_age from ${source}
      and d.eligibility is not null and not exists (select from hub.search_eligibility e where e.id = d.eligibility)
    order by d.eligibility on conflict (id) do nothing`.execute(db);
}
