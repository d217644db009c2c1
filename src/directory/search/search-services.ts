import type { HubContext } from '../../access/index.js';
import { decodeCursor, encodeCursor, fingerprint } from '../../platform/graphql/cursor.js';
import { readsBackward, type PageArgs } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import type {
  SearchAnswer,
  SearchCounts,
  SearchHit,
  SearchPosition,
  SearchQuestion,
} from '../../platform/search/port.js';
import { RANK } from '../../platform/search/ranking.js';
import { isOpenAt } from '../open-hours.js';
import { fitIn, type Fit } from '../service/fit.js';
import { hoursOfService, zoneOf } from '../service/hours.js';
import { serviceById } from '../service/service.loaders.js';
import { askedFor, type Asked } from './ask.js';
import type { SearchServicesInput } from './search.inputs.js';
import type { FoundPlace } from './find-place.js';
import { given } from '../given.js';

/** What opening hours and eligibility are computed for: the best this many by everything else. */
export const WINDOW = 300;

/** A hit with what the directory knows beyond the engine. */
export interface Found extends SearchHit {
  fit: Fit | null;
}

export interface FoundPage {
  found: { cursor: string; hit: Found }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  total: number;
  totalIsExact: boolean;
  counts: SearchCounts | null;
  reading: SearchAnswer['reading'];
  place: FoundPlace | null;
}

/** Points for fit. */
export const FIT_POINTS = { MATCH: RANK.fit, UNKNOWN: RANK.fit / 2, NO_MATCH: 0 } as const;

async function openOnly(ctx: HubContext, hits: readonly SearchHit[]): Promise<SearchHit[]> {
  const now = ctx.clock.now();
  const open = await Promise.all(
    hits.map(async (hit) => {
      const [service, hours] = await Promise.all([serviceById(ctx, hit.serviceId), hoursOfService(ctx, hit.serviceId)]);
      return service !== null && isOpenAt(hours, await zoneOf(ctx, service), now);
    }),
  );
  return hits.filter((_, index) => open[index]);
}

async function withFit(ctx: HubContext, asked: Asked, hits: readonly SearchHit[]): Promise<Found[]> {
  const { facts } = asked;
  if (!facts) return hits.map((hit) => ({ ...hit, fit: null }));
  const found = await Promise.all(
    hits.map(async (hit): Promise<Found | null> => {
      const service = await serviceById(ctx, hit.serviceId);
      if (!service) return null;
      const fit = fitIn(ctx, service, facts);
      return { ...hit, fit, score: hit.score + FIT_POINTS[fit.verdict] * 1000 };
    }),
  );
  const order = (a: Found, b: Found): number => b.score - a.score || (a.serviceId < b.serviceId ? 1 : -1);
  return found.filter((hit) => hit !== null).sort(order);
}

const follows = (position: SearchPosition) => (hit: SearchHit) =>
  hit.score < position.score || (hit.score === position.score && hit.serviceId < position.serviceId);

/** The part of an answer that lies in the window, narrowed and ordered by what only the directory can tell. */
async function lookInto(ctx: HubContext, input: SearchServicesInput, asked: Asked, answer: SearchAnswer) {
  const open = input.openNow ? await openOnly(ctx, answer.hits) : answer.hits;
  const judged = await withFit(ctx, asked, open);
  const hits = input.fitsOnly ? judged.filter((hit) => hit.fit?.verdict !== 'NO_MATCH') : judged;
  return { hits, narrowed: Boolean(input.openNow ?? false) || Boolean(input.fitsOnly && asked.facts) };
}

/** Answers a search, page by page. */
export async function searchServices(ctx: HubContext, input: SearchServicesInput, page: PageArgs): Promise<FoundPage> {
  const { backward, size } = readsBackward(page);
  if (backward || given(page.before)) {
    fail.badInput('before', 'a search is read forward: `first` and `after` are expected');
  }
  const asked = await askedFor(ctx, input);
  const print = fingerprint(JSON.stringify(input));
  const [score, serviceId] = !given(page.after) ? [] : decodeCursor(page.after, print, ['int', 'uuid'], 'after');
  const after = given(score) && given(serviceId) ? { score: Number(score), serviceId } : undefined;
  const windowed = Boolean(input.openNow) || asked.facts !== null;
  const question: SearchQuestion = {
    text: asked.text,
    filter: asked.filter,
    now: ctx.clock.now(),
    limit: windowed ? WINDOW : size + 1,
    facets: true,
    ...(asked.near && { near: asked.near }),
    ...(!windowed && after && { after }),
  };
  const { search } = ctx.platform;
  const em = await ctx.db.em();
  const answer = await search.query(em, question);
  const { hits, narrowed } = windowed
    ? await lookInto(ctx, input, asked, answer)
    : { hits: await withFit(ctx, asked, answer.hits), narrowed: false };
  const rest = windowed && after ? hits.filter(follows(after)) : hits;
  const serviceIds = hits.map((hit) => hit.serviceId);
  // What the window left out must not be counted.
  const counts = narrowed
    ? (await search.query(em, { ...question, filter: { ...asked.filter, serviceIds }, limit: 0 })).counts
    : answer.counts;
  return {
    found: rest.slice(0, size).map((hit) => ({ cursor: encodeCursor(print, [String(hit.score), hit.serviceId]), hit })),
    hasNextPage: rest.length > size,
    hasPreviousPage: after !== undefined,
    total: narrowed ? hits.length : answer.total,
    totalIsExact: answer.totalIsExact && (!narrowed || answer.total <= WINDOW),
    counts,
    reading: answer.reading,
    place: asked.place,
  };
}
