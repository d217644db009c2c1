import { sql, type RawBuilder } from 'kysely';
import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { selectServices } from '../service/service.queries.js';
import { inQueue } from './queue.js';

/** More than this is not counted: it is too much for one day, and a large directory shall not be read for a number. */
export const MOST_COUNTED = 1000;

@ObjectType({ description: `What waits on the desk of those who keep the directory; ${MOST_COUNTED} stands for more.` })
export class DeskCounts {
  @Field(() => Int, { description: 'Listings to be confirmed within 30 days or already late.' })
  due!: number;

  @Field(() => Int, { description: 'Open suggestions, reports among them.' })
  suggestions!: number;

  @Field(() => Int, { description: 'Pairs of listings that may be the same help.' })
  duplicates!: number;

  @Field(() => Int, { description: 'Open claims of listings.' })
  claims!: number;
}

const open = (table: string): RawBuilder<unknown> =>
  sql`select from ${sql.table(`hub.${table}`)} where status = 'OPEN'`;
const counted = (rows: RawBuilder<unknown>, name: keyof DeskCounts): RawBuilder<number> =>
  sql`(select count(*)::int from (${rows} limit ${MOST_COUNTED}) x) as ${sql.ref(name)}`;

@Resolver()
export class DeskCountsResolver {
  @Can('directory.write')
  @Query(() => DeskCounts, { description: 'How much waits on the desk of those who keep the directory.' })
  async deskCounts(@Ctx() ctx: HubContext): Promise<DeskCounts> {
    const due = inQueue(await selectServices(ctx), 'DUE', ctx.clock.now());
    const parts = [
      counted(sql`${due}`, 'due'),
      counted(open('suggestion'), 'suggestions'),
      counted(open('duplicate_candidate'), 'duplicates'),
      counted(open('listing_claim'), 'claims'),
    ];
    const { rows } = await sql<DeskCounts>`select ${sql.join(parts)}`.execute((await ctx.db.em()).getKysely<unknown>());
    return rows[0] ?? { due: 0, suggestions: 0, duplicates: 0, claims: 0 };
  }
}
