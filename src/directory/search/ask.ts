import { demand, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { isId } from '../../platform/id.js';
import type { SearchQuestion } from '../../platform/search/port.js';
import { isName } from '../../platform/search/postgres/called.js';
import type { Facts } from '../eligibility/words.js';
import { factsOf } from '../eligibility/fit.js';
import { filterAsked } from './filter-asked.js';
import { nearOf, placeAround, type FoundPlace } from './find-place.js';
import { patternsOf } from './patterns.js';
import { placeAmong, placeNamed } from './place-among.js';
import type { NearInput, SearchServicesInput } from './search.inputs.js';
import { given } from '../given.js';

const DEFAULT_RADIUS = 25;
const MAX_RADIUS = 250;
const MAX_TEXT = 400;

/** What is asked of the engine, with what only the directory knows. */
export interface Asked {
  question: Pick<SearchQuestion, 'text' | 'near' | 'filter' | 'open' | 'fit' | 'now'>;
  place: FoundPlace | null;
  facts: Facts | null;
}

async function placeAsked(ctx: HubContext, near: NearInput): Promise<FoundPlace> {
  const { place, latitude, longitude } = near;
  if (given(latitude) && given(longitude)) {
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
      fail.badInput('input.near', 'degrees within ±90 and ±180 are expected');
    }
    return placeAround({ latitude, longitude });
  }
  if (!place?.trim()) return fail.badInput('input.near', 'a `place`, or `latitude` and `longitude`, is expected');
  const { place: found, choices: labels } = await placeNamed(ctx, place.slice(0, 150));
  if (found) return found;
  const choices = labels.map((label) => `"${label}"`).join(', ');
  const wanted = choices ? `one of ${choices} is expected` : 'a ZIP code, "City, ST" or "County, ST" is expected';
  return fail.badInput('input.near.place', wanted);
}

function radiusAsked(near: NearInput): number {
  const radius = near.radiusMiles ?? DEFAULT_RADIUS;
  if (!(radius >= 1 && radius <= MAX_RADIUS)) {
    fail.badInput('input.near.radiusMiles', `1 to ${MAX_RADIUS} miles are expected`);
  }
  return radius;
}

async function factsAsked(ctx: HubContext, input: SearchServicesInput): Promise<Facts | null> {
  const { patientId, facts } = input;
  if (!given(patientId)) return facts ?? null;
  demand(ctx.caller, ['search.patient']);
  if (facts) fail.badInput('input.facts', 'either `patientId` or `facts` is expected, not both');
  return (isId(patientId) ? await factsOf(ctx, patientId) : null) ?? fail.notFound('Patient');
}

/** A place among the words, unless all of them are somebody's name: "University of Maryland Baltimore County". */
async function placeUnlessNamed(ctx: HubContext, written: string): ReturnType<typeof placeAmong> {
  const read = await placeAmong(ctx, written);
  const named = read.place && (await isName((await ctx.db.em()).getKysely(), written));
  return named ? { text: written, place: undefined } : read;
}

/** Reads and checks what was asked for. */
export async function askedFor(ctx: HubContext, input: SearchServicesInput): Promise<Asked> {
  const written = input.text?.trim() ?? '';
  if (written.length > MAX_TEXT) fail.badInput('input.text', `at most ${MAX_TEXT} characters are expected`);
  const now = ctx.clock.now();
  const filter = filterAsked(input, now);
  const radius = input.near ? radiusAsked(input.near) : DEFAULT_RADIUS;
  const there = input.near ? await placeAsked(ctx, input.near) : undefined;
  const { text, place } = there ? { text: written, place: there } : await placeUnlessNamed(ctx, written);
  const facts = await factsAsked(ctx, input);
  if (filter.fits && !facts) delete filter.fits;
  const em = await ctx.db.em();
  const near = place && nearOf(place, radius);
  const { patterns, areas } = await patternsOf(ctx.platform, em, near ?? undefined);
  const covers = near ? [...near.covers, ...areas] : [];
  return {
    question: {
      text,
      filter,
      now,
      open: patterns.openAt(input.openAt ?? now),
      ...(facts && { fit: patterns.fit(facts, now.toISOString().slice(0, 10)) }),
      ...(near && { near: { ...near, covers } }),
    },
    place: place ?? null,
    facts,
  };
}
