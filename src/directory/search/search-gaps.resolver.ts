import { sql, type Kysely } from 'kysely';
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { areaKey, areaWords } from './area-words.js';
import { filterWords } from './filter-words.js';
import { fail } from '../../platform/graphql/errors.js';

const MOST = 500;

@ObjectType({ description: 'Something that people looked for and nobody offers, counted without anybody’s name.' })
export class SearchGap {
  @Field(() => String, { description: 'The words, in the order of the alphabet; empty when only a need was chosen.' })
  words!: string;

  @Field(() => String, { description: 'First three digits of the ZIP code, "MD/Howard", "MD", or empty.' })
  area!: string;

  @Field(() => String, { description: 'The same in words, such as "Howard County, MD".' })
  areaWords!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A place to look around for the same, such as "Howard County, MD"; of ZIP codes with the same beginning that with most listings.',
  })
  near!: string | null;

  @Field(() => String, { description: 'Filters that were on, such as "category:food-insecurity open".' })
  filters!: string;

  @Field(() => [String], { description: 'The same in words.' })
  filterWords!: string[];

  @Field(() => Int, { description: 'On how many days.' })
  days!: number;

  @Field(() => Int, { description: 'How many times in all.' })
  times!: number;

  @Field(() => String, { description: 'The last day, YYYY-MM-DD.' })
  lastDay!: string;
}

/** The last month in which anybody found nothing: on the first of a month this one has none yet. */
async function lastSearched(db: Kysely<unknown>): Promise<string | null> {
  const { rows } = await sql<{ month: string | null }>`
    select to_char(max(day), 'YYYY-MM') as month from hub.empty_search`.execute(db);
  return rows[0]?.month ?? null;
}

@Resolver()
export class SearchGapsResolver {
  @Can('directory.write')
  @Query(() => [SearchGap], {
    description: 'Searches that found nothing in a month, the most frequent first; 500 at most.',
  })
  async searchGaps(
    @Ctx() ctx: HubContext,
    @Arg('month', () => String, { nullable: true, description: 'YYYY-MM; the last one with any when left out.' })
    month?: string | null,
    @Arg('area', () => String, {
      nullable: true,
      description:
        'Only there: a ZIP code or its first three digits, a county, a city (its county is meant) or a state, such as "Howard County, MD".',
    })
    area?: string | null,
  ): Promise<SearchGap[]> {
    const db = (await ctx.db.em()).getKysely<unknown>();
    const wanted = month ?? (await lastSearched(db)) ?? ctx.clock.now().toISOString().slice(0, 7);
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(wanted)) fail.badInput('month', 'a month such as 2026-11 is expected');
    const asked = area?.trim() ?? '';
    if (asked.length > 60) fail.badInput('area', 'at most 60 characters are expected');
    // What is no place has no searches.
    const there = asked === '' ? '' : (areaKey(asked) ?? asked);
    const { rows } = await sql<
      Omit<SearchGap, 'areaWords' | 'filterWords' | 'near'> & { zip: string | null }
    >`with gap as (select words, area, filters, count(*)::int as days, sum(times)::int as times, max(day)::text as "lastDay"
      from hub.empty_search
      where day >= ${`${wanted}-01`}::date and day < ${`${wanted}-01`}::date + interval '1 month'
        and (${there} = '' or area = ${there} or starts_with(area, ${there} || '/'))
      group by words, area, filters order by days desc, times desc, words, area, filters limit ${MOST}),
      around as materialized (select g.area, (select z.zip from hub.zip_code z where z.zip between g.area || '00' and g.area || '99'
          order by (select count(*) from hub.address a where left(a.postal_code, 5) = z.zip and not hub.is_withheld(a.location_id)) desc, z.zip
          limit 1) as zip
        from (select distinct area from gap where area ~ '^[0-9]{3}$') g)
      select gap.*, around.zip from gap left join around using (area) order by days desc, times desc, words, area, filters`.execute(
      db,
    );
    return rows.map(({ zip, ...row }) => ({
      ...row,
      areaWords: areaWords(row.area, ctx.language),
      near: zip ?? (/^\d*$/.test(row.area) ? null : areaWords(row.area, 'en')),
      filterWords: filterWords(row.filters, ctx.language),
    }));
  }
}
