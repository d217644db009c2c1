import { sql, type SelectQueryBuilder } from 'kysely';
import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { given } from '../given.js';
import { Location, ServiceAtLocation } from '../place/place.entities.js';
import { locationById, siteById } from '../place/place.loaders.js';
import { Program, TaxonomyTerm } from './offer.entities.js';
import { descriptionById, programById, taxonomyById, termById, unitById } from './record.loaders.js';
import { MetaTableDescription, Taxonomy, Unit } from './record.types.js';

const OrganizationConnection = connectionOf(Organization);
const TaxonomyConnection = connectionOf(Taxonomy);
const TaxonomyTermConnection = connectionOf(TaxonomyTerm);
const UnitConnection = connectionOf(Unit);
const MetaTableDescriptionConnection = connectionOf(MetaTableDescription);

const MAX_TEXT = 200;

@ArgsType()
class NamedArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only those whose name has these letters; case and accents do not count.',
  })
  search?: string | null;
}

@ArgsType()
class TermArgs extends NamedArgs {
  @Field(() => ID, { nullable: true, description: 'Only the terms of this taxonomy.' })
  taxonomyId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only the terms right below this one.' })
  parentId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only terms without one above them.' })
  topOnly?: boolean | null;
}

interface Tables {
  t: { id: string; name: string | null };
}
type Narrow = SelectQueryBuilder<Tables, 't', { id: string }>;

/** A page of rows by name: their ids in order, then all of them at once. */
async function byName<T extends object>(
  ctx: HubContext,
  table: string,
  page: NamedArgs,
  read: (ctx: HubContext, id: string) => Promise<T | null>,
  narrow: (query: Narrow) => Narrow = (query) => query,
): Promise<Connection<T>> {
  const db = (await ctx.db.em()).getKysely<Record<string, Tables['t']>>();
  const all = db.selectFrom(`hub.${table} as t`).select('t.id') as unknown as Narrow;
  const { search } = page;
  if ((search?.length ?? 0) > MAX_TEXT) fail.badInput('search', `at most ${MAX_TEXT} characters are expected`);
  const named =
    given(search) && search.trim() !== ''
      ? all.where(sql<boolean>`position(hub.fold(${search.trim()}) in hub.fold(t.name)) > 0`)
      : all;
  // Unnamed rows of a source come first.
  const name = sql`coalesce(t.name, '')`;
  const order = [
    table === 'meta_table_description'
      ? { by: name, name: 'name', type: 'text' as const }
      : { by: 't.name', type: 'text' as const },
    { by: 't.id', type: 'uuid' as const },
  ];
  const ids = await keysetPage(narrow(named), order, page, (row) => row.id);
  const found = await Promise.all(ids.edges.map(async ({ cursor, node }) => ({ cursor, node: await read(ctx, node) })));
  return { edges: found.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : [])), pageInfo: ids.pageInfo };
}

/** The tables of HSDS that are looked at for themselves. */
@Resolver()
export class RecordResolver {
  @Can('public')
  @Query(() => OrganizationConnection, { description: 'The organizations of the directory, by name.' })
  organizations(@Args(() => NamedArgs) page: NamedArgs, @Ctx() ctx: HubContext): Promise<Connection<Organization>> {
    return byName(ctx, 'organization', page, organizationById, (query) =>
      query.where(sql<boolean>`t.listed and t.retired_at is null`),
    );
  }

  @Can('public')
  @Query(() => Location, { description: 'A place; one that must stay secret is not found.' })
  async location(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Location> {
    return (await locationById(ctx, id)) ?? fail.notFound('Location');
  }

  @Can('public')
  @Query(() => ServiceAtLocation, {
    description: 'A service at one of its places; none at a place that must stay secret.',
  })
  async serviceAtLocation(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<ServiceAtLocation> {
    return (await siteById(ctx, id)) ?? fail.notFound('ServiceAtLocation');
  }

  @Can('public')
  @Query(() => Program, { description: 'A programme.' })
  async program(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Program> {
    return (await programById(ctx, id)) ?? fail.notFound('Program');
  }

  @Can('public')
  @Query(() => TaxonomyConnection, { description: 'The taxonomies that listings are filed under, by name.' })
  taxonomies(@Args(() => NamedArgs) page: NamedArgs, @Ctx() ctx: HubContext): Promise<Connection<Taxonomy>> {
    return byName(ctx, 'taxonomy', page, taxonomyById);
  }

  @Can('public')
  @Query(() => Taxonomy, { description: 'A taxonomy.' })
  async taxonomy(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Taxonomy> {
    return (await taxonomyById(ctx, id)) ?? fail.notFound('Taxonomy');
  }

  @Can('public')
  @Query(() => TaxonomyTermConnection, { description: 'Terms of taxonomies, by name.' })
  taxonomyTerms(@Args(() => TermArgs) page: TermArgs, @Ctx() ctx: HubContext): Promise<Connection<TaxonomyTerm>> {
    const { taxonomyId, parentId, topOnly } = page;
    return byName(ctx, 'taxonomy_term', page, termById, (query) => {
      let narrowed = query;
      if (given(taxonomyId)) narrowed = narrowed.where(sql<boolean>`t.taxonomy_id = ${taxonomyId}::uuid`);
      if (given(parentId)) narrowed = narrowed.where(sql<boolean>`t.parent_id = ${parentId}::uuid`);
      return topOnly ? narrowed.where(sql<boolean>`t.parent_id is null`) : narrowed;
    });
  }

  @Can('public')
  @Query(() => TaxonomyTerm, { description: 'A term of a taxonomy.' })
  async taxonomyTerm(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<TaxonomyTerm> {
    return (await termById(ctx, id)) ?? fail.notFound('TaxonomyTerm');
  }

  @Can('public')
  @Query(() => UnitConnection, { description: 'What room is counted in, by name.' })
  units(@Args(() => NamedArgs) page: NamedArgs, @Ctx() ctx: HubContext): Promise<Connection<Unit>> {
    return byName(ctx, 'unit', page, unitById);
  }

  @Can('public')
  @Query(() => MetaTableDescriptionConnection, { description: 'What sources say of their tables, by name.' })
  metaTableDescriptions(
    @Args(() => NamedArgs) page: NamedArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<MetaTableDescription>> {
    return byName(ctx, 'meta_table_description', page, descriptionById);
  }
}
