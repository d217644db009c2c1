import { sql } from 'kysely';
import type { OperationDb } from '../../platform/database/operation.js';
import type { Platform } from '../../platform/platform.js';
import { stateCode } from '../states.js';
import { findPlace, type FoundPlace } from './find-place.js';
import { placesCalled, suggestPlaces } from './suggest-places.js';

/** How much a state may be behind another one and still be meant: a directory of one county has a few listings elsewhere. */
const FAR_MORE = 10;
const CHOICES = 5;
const SUGGESTED = 8;
/** Of a name's beginning so many are put in order. */
const CONSIDERED = 60;
const KEPT_MS = 3_600_000;

/** Addresses in each state. */
type Ground = ReadonlyMap<string, number>;

const kept = new WeakMap<Platform, { at: number; ground: Promise<Ground> }>();

/** How much the directory has in each state, counted once an hour. States only: what must stay secret is in no number. */
function groundOf(platform: Platform, db: OperationDb): Promise<Ground> {
  const known = kept.get(platform);
  const now = platform.clock.now().getTime();
  if (known && Math.abs(now - known.at) < KEPT_MS) return known.ground;
  const ground = readGround(db);
  kept.set(platform, { at: now, ground });
  ground.catch(() => kept.delete(platform));
  return ground;
}

async function readGround(db: OperationDb): Promise<Ground> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state_province as state, count(*)::int as count from hub.address where state_province is not null group by 1`.execute(
    (await db.em()).getKysely<unknown>(),
  );
  const states = new Map<string, number>();
  for (const { state, count } of rows) {
    const code = stateCode(state);
    if (code) states.set(code, (states.get(code) ?? 0) + count);
  }
  return states;
}

const stateOf = (label: string): string => label.slice(-2);

interface Candidate {
  label: string;
  /** ZIP codes. */
  size: number;
}

/** The one of these places that is meant: far the most of the directory is in its state, or, where it has none, far the largest. */
function certain(states: Ground, candidates: readonly Candidate[]): string | undefined {
  const listings = ({ label }: Candidate): number => states.get(stateOf(label)) ?? 0;
  const weigh = candidates.some((one) => listings(one) > 0) ? listings : ({ size }: Candidate): number => size;
  // The largest first: within a state that order stays.
  const [best] = candidates.toSorted((one, other) => weigh(other) - weigh(one));
  if (best === undefined) return undefined;
  const rivals = candidates.filter(({ label }) => stateOf(label) !== stateOf(best.label));
  return rivals.every((rival) => weigh(best) >= FAR_MORE * weigh(rival)) ? best.label : undefined;
}

/**
 * The place that somebody who leaves the state out means; a misspelled one where none is called so. Else the places to
 * choose from, as labels.
 */
export async function placeCalled(
  platform: Platform,
  db: OperationDb,
  name: string,
): Promise<{ place?: FoundPlace; choices: string[] }> {
  const exact = placesCalled(name);
  const near = exact.length > 0 ? exact : suggestPlaces(name, CHOICES).map((label) => ({ label, size: 1 }));
  if (near.length === 0) return { choices: [] };
  const best = certain(await groundOf(platform, db), near);
  const place = best === undefined ? undefined : findPlace(best);
  return { ...(place && { place }), choices: near.slice(0, CHOICES).map(({ label }) => label) };
}

/** Places to choose from as somebody types, those of the directory's ground first. */
export async function placesToChoose(platform: Platform, db: OperationDb, text: string): Promise<string[]> {
  const labels = suggestPlaces(text, CONSIDERED);
  if (labels.length === 0) return [];
  const states = await groundOf(platform, db);
  const weigh = (label: string): number => states.get(/, (..)/.exec(label)?.[1] ?? '') ?? 0;
  return labels.toSorted((one, other) => weigh(other) - weigh(one)).slice(0, SUGGESTED);
}

/**
 * A place that was said in the midst of other words: more has to speak for it, because towns are called English, Home and
 * Accident. It is a county, or a city of several ZIP codes, in the state where most of the directory's addresses are.
 */
export async function placeSaid(platform: Platform, db: OperationDb, name: string): Promise<FoundPlace | undefined> {
  const named = placesCalled(name, 2);
  if (named.length === 0) return undefined;
  const ground = await groundOf(platform, db);
  const best = certain(ground, named);
  const all = [...ground.values()].reduce((sum, count) => sum + count, 0);
  return best !== undefined && (ground.get(stateOf(best)) ?? 0) > all / 2 ? findPlace(best) : undefined;
}
