import type { HubContext } from '../../access/index.js';
import { decodeCursor, encodeCursor, fingerprint } from '../../platform/graphql/cursor.js';
import { readsBackward, type PageArgs } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import type { SearchAnswer, SearchCounts, SearchHit } from '../../platform/search/port.js';
import { fitIn, type Fit } from '../eligibility/fit.js';
import { serviceById } from '../service/service.loaders.js';
import { askedFor } from './ask.js';
import { noteEmpty } from './empty-searches.js';
import { relaxed, type Dropped } from './relaxed.js';
import type { SearchServicesInput } from './search.inputs.js';
import type { FoundPlace } from './find-place.js';
import { given } from '../given.js';
import type { Facts } from '../eligibility/words.js';

/** A hit with what the directory knows beyond the engine. */
export interface Found extends SearchHit {
  /** The verdict in words. */
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
  /** What was left out beside words, so that something is found. */
  dropped: Dropped[];
  place: FoundPlace | null;
}

async function withFit(ctx: HubContext, facts: Facts | null, hit: SearchHit): Promise<Found> {
  const service = facts && (await serviceById(ctx, hit.serviceId));
  return { ...hit, fit: service ? fitIn(ctx, service, facts) : null };
}

/** Answers a search, page by page; `counted` says whether it is to count what the results have in common. */
export async function searchServices(
  ctx: HubContext,
  input: SearchServicesInput,
  page: PageArgs,
  counted: boolean,
): Promise<FoundPage> {
  const { backward, size } = readsBackward(page);
  if (backward || given(page.before)) {
    fail.badInput('before', 'a search is read forward: `first` and `after` are expected');
  }
  const print = fingerprint(JSON.stringify(input));
  const [score, serviceId] = !given(page.after) ? [] : decodeCursor(page.after, print, ['int', 'uuid'], 'after');
  const after = given(score) && given(serviceId) ? { score: Number(score), serviceId } : undefined;
  const { question, place, facts } = await askedFor(ctx, input);
  const { search } = ctx.platform;
  const whole = { ...question, limit: size + 1, facets: counted, ...(after && { after }) };
  const { answer: found, dropped, empty } = await relaxed(search, await ctx.db.em(), whole, input.exact ?? false);
  const { organizationIds, serviceIds } = question.filter;
  if (empty && !after && !organizationIds && !serviceIds) {
    noteEmpty(ctx.platform, { text: question.text ?? '', place, filter: question.filter });
  }
  const { hits, ...answer } = found;
  const shown = await Promise.all(hits.slice(0, size).map((hit) => withFit(ctx, facts, hit)));
  return {
    ...answer,
    dropped,
    found: shown.map((hit) => ({ cursor: encodeCursor(print, [String(hit.score), hit.serviceId]), hit })),
    hasNextPage: hits.length > size,
    hasPreviousPage: after !== undefined,
    place,
  };
}
