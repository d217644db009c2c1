import { sql } from 'kysely';
import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { categoryLabel } from '../../access/sensitivity.js';
import { countyLabel } from '../places.js';

const MOST = 500;

@ObjectType({ description: 'How much room the agencies of a place say they have for a need.' })
export class RoomGap {
  @Field(() => String, { description: 'Two letters, such as MD.' })
  state!: string;

  @Field(() => String, { description: 'The county.' })
  county!: string;

  @Field(() => String, { description: 'The county in words, such as "Howard County, MD".' })
  place!: string;

  @Field(() => String, { description: 'The need, as an SDOH category.' })
  category!: string;

  @Field(() => String, { description: 'The need in words.' })
  need!: string;

  @Field(() => Int, { description: 'Listings there.' })
  listings!: number;

  @Field(() => Int, { description: 'That are full.' })
  full!: number;

  @Field(() => Int, { description: 'That have a waiting list.' })
  waitlist!: number;

  @Field(() => Int, { description: 'That have room.' })
  room!: number;

  @Field(() => Int, { description: 'Of which nobody said anything that is still believed.' })
  unknown!: number;
}

@Resolver()
export class RoomGapsResolver {
  @Can('directory.write')
  @Query(() => [RoomGap], {
    description:
      'Where listings are full or have a waiting list, by the last word of their agency while it is believed; the least room first, 500 at most. Places that must stay secret are not in it.',
  })
  async roomGaps(@Ctx() ctx: HubContext): Promise<RoomGap[]> {
    const now = ctx.clock.now().toISOString();
    const { rows } = await sql<Omit<RoomGap, 'need' | 'place'>>`
      with said as (
        select distinct z.state, z.county, c.category, s.id,
          case when s.capacity_updated_at > ${now}::timestamptz - make_interval(days => hub.capacity_days(s.categories)) then s.capacity_status end as status
        from hub.service s join hub.organization o on o.id = s.organization_id and o.listed and o.retired_at is null
        join hub.service_at_location sal on sal.service_id = s.id
        join hub.address a on a.location_id = sal.location_id join hub.zip_code z on z.zip = left(a.postal_code, 5)
        cross join lateral unnest(s.categories) c (category)
        where s.status = 'active' and s.merged_into is null and not hub.is_withheld(sal.location_id))
      select state, county, category, count(*)::int as listings, count(*) filter (where status = 'NO_CAPACITY')::int as "full",
        count(*) filter (where status = 'WAITLIST')::int as waitlist, count(*) filter (where status = 'CAPACITY')::int as room,
        count(*) filter (where status is null)::int as unknown
      from said group by state, county, category
      having count(*) filter (where status in ('NO_CAPACITY', 'WAITLIST')) > 0
      order by count(*) filter (where status = 'CAPACITY'), count(*) filter (where status = 'NO_CAPACITY') desc, state, county, category
      limit ${MOST}`.execute((await ctx.db.em()).getKysely<unknown>());
    return rows.map((row) => ({
      ...row,
      place: countyLabel(row.county, row.state),
      need: categoryLabel(row.category)[ctx.language],
    }));
  }
}
