import { sql } from 'kysely';
import { Arg, Args, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { addCategories, termCategories } from '../hsds/index.js';
import { checkCategories } from '../known-category.js';
import { indexServices } from '../search/index-services.js';

@ObjectType({ description: 'A term of a taxonomy that came in, and the needs that it stands for.' })
export class ForeignTerm {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its code in its taxonomy.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'The taxonomy it belongs to.' })
  taxonomy!: string | null;

  @Field(() => String, { nullable: true, description: 'The term above it.' })
  parent!: string | null;

  @Field(() => [String], { description: 'Codes of the SDOH categories that were chosen for it.' })
  categories!: string[];

  @Field(() => [String], { description: 'Codes that count for it: its own, or those of the nearest term above it.' })
  effectiveCategories!: string[];

  @Field(() => Int, { description: 'Services that have it.' })
  services!: number;
}
export const ForeignTermConnection = connectionOf(ForeignTerm);

@InputType({ description: 'Says which needs a term stands for.' })
export class MapTermInput {
  @Field(() => ID, { description: 'The term.' })
  termId!: string;

  @Field(() => [String], {
    description: 'Codes of the SDOH categories that it stands for; none: those of the term above it count. At most 24.',
  })
  categories!: string[];
}

const MapTermPayload = payloadOf('MapTerm', 'term', ForeignTerm, 'The term as it stands now.');

interface Tables {
  'hub.taxonomy_term': {
    id: string;
    name: string;
    code: string | null;
    taxonomy: string | null;
    parent_id: string | null;
    taxonomy_id: string | null;
  };
}

async function selectTerms(ctx: HubContext) {
  return (await ctx.db.em())
    .getKysely<Tables>()
    .selectFrom('hub.taxonomy_term as t')
    .select([
      't.id',
      't.name',
      't.code',
      sql<string | null>`coalesce((select x.name from hub.taxonomy x where x.id = t.taxonomy_id), t.taxonomy)`.as(
        'taxonomy',
      ),
      sql<string | null>`(select x.name from hub.taxonomy_term x where x.id = t.parent_id)`.as('parent'),
      sql<string[]>`array(select c.category from hub.term_category c where c.taxonomy_term_id = t.id order by 1)`.as(
        'categories',
      ),
      sql<
        string[]
      >`coalesce((${sql.raw(termCategories)} select m.categories from meaning m where m.term_id = t.id limit 1), '{}')`.as(
        'effectiveCategories',
      ),
      sql<number>`(select count(*)::int from hub.attribute a where a.taxonomy_term_id = t.id and a.link_entity = 'service')`.as(
        'services',
      ),
    ]);
}

@Resolver(() => ForeignTerm)
export class ForeignTermResolver {
  @Can('directory.write')
  @Query(() => ForeignTermConnection, { description: 'Terms of all taxonomies that came in, by name.' })
  async foreignTerms(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('text', () => String, { nullable: true, description: 'Part of the name.' }) text?: string | null,
    @Arg('onlyUnmapped', () => Boolean, {
      nullable: true,
      description: 'Only terms that services have and that stand for no need yet.',
    })
    onlyUnmapped?: boolean | null,
  ): Promise<Connection<ForeignTerm>> {
    let query = await selectTerms(ctx);
    const part = text?.trim().slice(0, 100);
    if (part) {
      query = query.where(
        sql<boolean>`hub.fold(t.name) like '%' || hub.fold(${part.replace(/[\\%_]/g, String.raw`\$&`)}) || '%'`,
      );
    }
    if (onlyUnmapped) {
      query =
        query.where(sql<boolean>`exists (select from hub.attribute a where a.taxonomy_term_id = t.id and a.link_entity = 'service')
        and not exists (${sql.raw(termCategories)} select from meaning m where m.term_id = t.id)`);
    }
    const order = [
      { by: 't.name', type: 'text' },
      { by: 't.id', type: 'uuid' },
    ] as const;
    return keysetPage(query, order, page, (row) => row);
  }

  @Can('directory.write')
  @Mutation(() => MapTermPayload, {
    description:
      'Says which needs a term stands for. Services that have it, or a term below it, get these categories now and at each import.',
  })
  async mapTerm(
    @Arg('input', () => MapTermInput) input: MapTermInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ term: ForeignTerm }> {
    const em = await ctx.db.em();
    const db = em.getKysely<unknown>();
    const { termId } = input;
    const there = await sql`select from hub.taxonomy_term where id = ${termId}::uuid for update`.execute(db);
    if (there.rows.length === 0) fail.notFound('Term');
    const categories = checkCategories(input.categories, 'input.categories');
    await sql`delete from hub.term_category where taxonomy_term_id = ${termId}::uuid`.execute(db);
    await sql`insert into hub.term_category (taxonomy_term_id, category, set_by, set_at)
      select ${termId}::uuid, c, ${ctx.caller?.userId ?? null}::uuid, ${ctx.clock.now().toISOString()}::timestamptz
      from unnest(${categories}::text[]) c`.execute(db);
    const below = `with recursive below(id) as (select ?::uuid union
      select t.id from hub.taxonomy_term t join below b on t.parent_id = b.id) select id from below`;
    const rows = await em.execute<{ id: string }[]>(addCategories(`a.taxonomy_term_id in (${below})`), [termId]);
    const changed = rows.map(({ id }) => id);
    for (let at = 0; at < changed.length; at += 500) {
      await enqueue(em, indexServices, { serviceIds: changed.slice(at, at + 500) });
    }
    const term = await (await selectTerms(ctx)).where('t.id', '=', termId).executeTakeFirst();
    return { term: term ?? fail.notFound('Term') };
  }
}
