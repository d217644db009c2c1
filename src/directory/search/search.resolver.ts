import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Float, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Can, languageOf, type HubContext } from '../../access/index.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { fieldsAt } from '../../platform/graphql/selection.js';
import { noCounts } from '../../platform/search/port.js';
import { categoriesOfCodes } from '../category.js';
import { ServiceAtLocation } from '../place/place.entities.js';
import { locationById, siteById } from '../place/place.loaders.js';
import { serviceById } from '../service/service.loaders.js';
import { facetsOf } from './facets.js';
import { useOf } from '../verification/use.js';
import { crisisLines } from './crisis/crisis-lines.js';
import { explain } from './explain.js';
import { FoundPlace } from './find-place.js';
import { lookAhead } from './look-ahead.js';
import { placeNamed } from './place-among.js';
import { placesToChoose } from './place-called.js';
import { droppedWords, relaxedSentence } from './relaxed-words.js';
import { searchServices, type Found } from './search-services.js';
import { SearchServicesInput } from './search.inputs.js';
import { suggest } from './suggest.js';
import { SearchResult, ServiceSearch, Suggestion, type ServiceSearchEdge } from './search.types.js';

const MAX_SUGGESTIONS = 20;

@Resolver(() => SearchResult)
export class SearchResolver {
  @Can('public')
  @Query(() => ServiceSearch, { description: 'Looks for services. Reads forward only.' })
  async searchServices(
    @Arg('input', () => SearchServicesInput) input: SearchServicesInput,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ServiceSearch> {
    const { found, reading, counts, hasNextPage, hasPreviousPage, total, totalIsExact, place, ...less } =
      await searchServices(ctx, input, page, fieldsAt(info).has('facets'));
    lookAhead(
      ctx,
      found.map(({ hit }) => hit),
      info,
    );
    const [facets, ...edges] = await Promise.all([
      facetsOf(ctx, counts ?? noCounts({}), fieldsAt(info, 'facets')),
      ...found.map(({ cursor, hit }) => edgeOf(ctx, cursor, hit)),
    ]);
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
    const language = languageOf(ctx);
    const understood = {
      corrected,
      synonyms,
      dropped,
      category: need[0] ?? null,
      relaxed: less.dropped.map((one) => ({ name: one.name, words: droppedWords(one, language) })),
      sentence: relaxedSentence(less.dropped, dropped, language),
    };
    return {
      edges: shown,
      pageInfo,
      total,
      totalIsExact,
      place,
      understood,
      crisisLines: crisisLines(
        input.text ?? '',
        [...(input.categories ?? []), ...(category ? [category] : [])],
        language,
      ),
      facets,
    };
  }

  @Can('public')
  @Query(() => [Suggestion], {
    description:
      'What may be meant by the letters typed so far, misspelled or not: kinds of help, services, agencies and places.',
  })
  async suggestServices(
    @Arg('text', () => String) text: string,
    @Ctx() ctx: HubContext,
    @Arg('limit', () => Int, { nullable: true, description: '1 to 20; 8 when left out.' }) limit?: number | null,
  ): Promise<Suggestion[]> {
    const most = limit ?? 8;
    if (most < 1 || most > MAX_SUGGESTIONS) fail.badInput('limit', `1 to ${MAX_SUGGESTIONS} are expected`);
    return suggest(ctx, text.slice(0, 100), most);
  }

  @Can('public')
  @Query(() => FoundPlace, {
    nullable: true,
    description:
      'The place that a text names: "21201", "Columbia, MD", "Howard County, MD"; "Columbia" where the directory is in one state.',
  })
  async place(@Arg('text', () => String) text: string, @Ctx() ctx: HubContext): Promise<FoundPlace | null> {
    return (await placeNamed(ctx, text.slice(0, 100))).place ?? null;
  }

  @Can('public')
  @Query(() => [String], {
    description:
      'Places whose name begins with these letters, or is near to them, as `place` and searches take them; at most 8. Those of the state with the most listings come first.',
  })
  places(@Arg('text', () => String) text: string, @Ctx() ctx: HubContext): Promise<string[]> {
    return placesToChoose(ctx.platform, ctx.db, text.slice(0, 100));
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
    explanation: explain(hit.parts, languageOf(ctx)),
  };
  return { cursor, node: result };
}
