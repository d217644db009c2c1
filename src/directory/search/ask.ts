import { demand, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { isId } from '../../platform/id.js';
import type { SearchFilter, SearchNear } from '../../platform/search/port.js';
import type { Facts } from '../eligibility-words.js';
import { checkCategory } from '../known-category.js';
import { placeOf } from '../places.js';
import { factsOf } from '../service/fit.js';
import { findPlace, nearOf, placeAround, type FoundPlace } from './find-place.js';
import type { NearInput, SearchServicesInput } from './search.inputs.js';
import { given } from '../given.js';

const DEFAULT_RADIUS = 25;
const MAX_RADIUS = 250;
const MAX_TEXT = 200;
const DAY_MS = 86_400_000;

/** A question as the engine takes it, with what only the directory knows. */
export interface Asked {
  text: string;
  place: FoundPlace | null;
  near?: SearchNear;
  filter: SearchFilter;
  facts: Facts | null;
}

function placeAsked(near: NearInput): FoundPlace {
  const { place, latitude, longitude } = near;
  if (given(latitude) && given(longitude)) {
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
      fail.badInput('input.near', 'degrees within ±90 and ±180 are expected');
    }
    return placeAround({ latitude, longitude });
  }
  if (!place?.trim()) return fail.badInput('input.near', 'a `place`, or `latitude` and `longitude`, is expected');
  return (
    findPlace(place.slice(0, 100)) ??
    fail.badInput('input.near.place', 'a ZIP code, "City, ST" or "County, ST" is expected')
  );
}

function radiusAsked(near: NearInput): number {
  const radius = near.radiusMiles ?? DEFAULT_RADIUS;
  if (!(radius >= 1 && radius <= MAX_RADIUS)) {
    fail.badInput('input.near.radiusMiles', `1 to ${MAX_RADIUS} miles are expected`);
  }
  return radius;
}

/** A ZIP code among the words is a place, unless one was given. */
function zipAmong(text: string): { text: string; place: FoundPlace | undefined } {
  const zip = /(?<!\d)\d{5}(?!\d)/.exec(text)?.[0];
  const known = zip !== undefined && placeOf(zip) !== undefined;
  if (!known) return { text, place: undefined };
  return { text: text.replace(zip, ' ').trim(), place: findPlace(zip) };
}

function filterAsked(input: SearchServicesInput, now: Date): SearchFilter {
  const { category, language, organizationId, verifiedWithinDays: days } = input;
  const filter: SearchFilter = {};
  if (given(category)) filter.category = checkCategory(category, 'input.category');
  if (given(language)) {
    if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language)) {
      fail.badInput('input.language', 'an ISO 639 code such as `es` is expected');
    }
    filter.language = language.toLowerCase().split('-')[0] ?? '';
  }
  if (given(organizationId)) {
    filter.organizationId = isId(organizationId)
      ? organizationId
      : fail.badInput('input.organizationId', 'an id is expected');
  }
  if (given(days)) {
    if (days < 1 || days > 3650) fail.badInput('input.verifiedWithinDays', '1 to 3650 days are expected');
    filter.verifiedSince = new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  }
  if (input.free) filter.free = true;
  if (input.takesReferrals) filter.takesReferrals = true;
  if (input.hasRoom) filter.hasRoom = true;
  if (input.accessible) filter.accessible = true;
  return filter;
}

async function factsAsked(ctx: HubContext, input: SearchServicesInput): Promise<Facts | null> {
  const { patientId, facts } = input;
  if (!given(patientId)) return facts ?? null;
  demand(ctx.caller, ['search.patient']);
  if (facts) fail.badInput('input.facts', 'either `patientId` or `facts` is expected, not both');
  return (isId(patientId) ? await factsOf(ctx, patientId) : null) ?? fail.notFound('Patient');
}

/** Reads and checks what was asked for. */
export async function askedFor(ctx: HubContext, input: SearchServicesInput): Promise<Asked> {
  const written = input.text?.trim() ?? '';
  if (written.length > MAX_TEXT) fail.badInput('input.text', `at most ${MAX_TEXT} characters are expected`);
  const filter = filterAsked(input, ctx.clock.now());
  const given = input.near ? placeAsked(input.near) : undefined;
  const { text, place } = given ? { text: written, place: given } : zipAmong(written);
  const facts = await factsAsked(ctx, input);
  const radius = input.near ? radiusAsked(input.near) : DEFAULT_RADIUS;
  return { text, place: place ?? null, filter, facts, ...(place && { near: nearOf(place, radius) }) };
}
