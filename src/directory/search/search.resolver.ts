import { Arg, Args, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { categoriesOfCodes } from '../category.js';
import { languageOf } from '../locale.js';
import { ServiceAtLocation } from '../place/place.entities.js';
import { locationById, siteById } from '../place/place.loaders.js';
import { SDOH_CATEGORIES } from '../sdoh-categories.js';
import { serviceById } from '../service/service.loaders.js';
import { facetsOf } from './facets.js';
import { useOf } from '../verification/use.js';
import { FoundPlace, findPlace } from './find-place.js';
import { searchServices, type Found } from './search-services.js';
import { SearchServicesInput } from './search.inputs.js';
import { SearchResult, ServiceSearch, Suggestion, type RankPart, type ServiceSearchEdge } from './search.types.js';

const MAX_SUGGESTIONS = 20;

function explanationOf(hit: Found): RankPart[] {
  const { text, distance, fit, room, freshness } = hit.parts;
  return Object.entries({ text, distance, fit, room, freshness }).flatMap(([name, points]) =>
    points === null ? [] : [{ name, points }],
  );
}

@Resolver(() => SearchResult)
export class SearchResolver {
  @Can('public')
  @Query(() => ServiceSearch, { description: 'Looks for services. Reads forward only.' })
  async searchServices(
    @Arg('input', () => SearchServicesInput) input: SearchServicesInput,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<ServiceSearch> {
    const { found, reading, counts, hasNextPage, hasPreviousPage, total, totalIsExact, place } = await searchServices(
      ctx,
      input,
      page,
    );
    const edges = await Promise.all(found.map(({ cursor, hit }) => edgeOf(ctx, cursor, hit)));
    const shown = edges.filter((edge) => edge !== null);
    const pageInfo = {
      hasNextPage,
      hasPreviousPage,
      startCursor: shown[0]?.cursor ?? null,
      endCursor: shown.at(-1)?.cursor ?? null,
    };
    const { corrected, synonyms, category, dropped } = reading;
    const need = category === null ? [] : categoriesOfCodes([category]);
    useOf(ctx.platform).shown(found.map(({ hit }) => hit.serviceId));
    const understood = { corrected, synonyms, dropped, category: need[0] ?? null };
    return {
      edges: shown,
      pageInfo,
      total,
      totalIsExact,
      place,
      understood,
      facets: await facetsOf(ctx, counts),
    };
  }

  @Can('public')
  @Query(() => [Suggestion], {
    description: 'What may be meant by the letters typed so far: names of services and agencies, and categories.',
  })
  async suggestServices(
    @Arg('text', () => String) text: string,
    @Ctx() ctx: HubContext,
    @Arg('limit', () => Int, { nullable: true, description: '1 to 20; 8 when left out.' }) limit?: number | null,
  ): Promise<Suggestion[]> {
    const most = limit ?? 8;
    if (most < 1 || most > MAX_SUGGESTIONS) fail.badInput('limit', `1 to ${MAX_SUGGESTIONS} are expected`);
    const { categories, suggestions } = await ctx.platform.search.suggest(await ctx.db.em(), text.slice(0, 100), most);
    const needs = categorySuggestions(categories, text, languageOf(ctx));
    return [...needs, ...suggestions].slice(0, most);
  }

  @Can('public')
  @Query(() => FoundPlace, {
    nullable: true,
    description: 'The place that a text names: "21201", "Columbia, MD", "Howard County, MD".',
  })
  place(@Arg('text', () => String) text: string): FoundPlace | null {
    return findPlace(text.slice(0, 100)) ?? null;
  }

  @FieldResolver(() => ServiceAtLocation, {
    nullable: true,
    description: 'The place that answers best; null without a place that may be shown.',
  })
  site(@Root() { hit }: SearchResult, @Ctx() ctx: HubContext): Promise<ServiceAtLocation | null> | null {
    return hit.siteId === null ? null : siteById(ctx, hit.siteId);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Degrees north of the place.' })
  async latitude(@Root() { hit }: SearchResult, @Ctx() ctx: HubContext): Promise<number | null> {
    return (await pointOf(ctx, hit.siteId))?.latitude ?? null;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Degrees east of the place.' })
  async longitude(@Root() { hit }: SearchResult, @Ctx() ctx: HubContext): Promise<number | null> {
    return (await pointOf(ctx, hit.siteId))?.longitude ?? null;
  }
}

async function pointOf(ctx: HubContext, siteId: string | null) {
  const site = siteId === null ? null : await siteById(ctx, siteId);
  return site && locationById(ctx, site.locationId);
}

/** A result, unless its listing is gone since it was indexed. */
async function edgeOf(ctx: HubContext, cursor: string, hit: Found): Promise<ServiceSearchEdge | null> {
  const service = await serviceById(ctx, hit.serviceId);
  if (!service) return null;
  const result: Omit<SearchResult, 'site'> = {
    hit,
    service,
    distanceMiles: hit.miles,
    servesArea: hit.servesArea,
    fit: hit.fit,
    explanation: explanationOf(hit),
  };
  return { cursor, node: result };
}

/** Categories whose label begins with what was typed, or that a phrase leads to. */
function categorySuggestions(codes: readonly string[], text: string, language: 'en' | 'es'): Suggestion[] {
  const start = text.trim().toLocaleLowerCase(language);
  const labelled = SDOH_CATEGORIES.filter(
    ({ label }) => start !== '' && label[language].toLocaleLowerCase(language).startsWith(start),
  );
  const found = [...new Set([...labelled.map((category) => category.code), ...codes])].slice(0, 3);
  return SDOH_CATEGORIES.filter(({ code }) => found.includes(code)).map(({ code, label }) => ({
    kind: 'CATEGORY',
    text: label[language],
    id: code,
  }));
}
