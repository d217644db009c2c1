import { type Kysely, sql } from 'kysely';
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { categoryLabel } from '../access/sensitivity.js';
import { fail } from '../platform/graphql/errors.js';
import { areaWords } from '../directory/index.js';
import { reasonWords } from '../referral/index.js';

const MOST = 1000;

@ObjectType({
  description:
    'People in a place who were sent for help and did not get it, for one reason. Counts under 11 are left out, and more where they could be worked out.',
})
export class HelpGap {
  @Field(() => String, { description: 'Two letters, such as MD.' })
  state!: string;

  @Field(() => String, { nullable: true, description: 'The county; null for the whole state.' })
  county!: string | null;

  @Field(() => String, { description: 'The place in words, such as "Howard County, MD" or "Maryland".' })
  place!: string;

  @Field(() => String, { description: 'The need, as an SDOH category.' })
  category!: string;

  @Field(() => String, { description: 'The need in words.' })
  need!: string;

  @Field(() => String, { description: 'Why, in words: why the agency declined, or why help came to nothing.' })
  reason!: string;

  @Field(() => Boolean, { description: 'Whether there was no room.' })
  noRoom!: boolean;

  @Field(() => Int, { description: 'How many people, 11 at least.' })
  people!: number;
}

@ObjectType({ description: 'Declined referrals of a month, by place and need.' })
export class HelpGaps {
  @Field(() => String, { description: 'YYYY-MM.' })
  month!: string;

  @Field(() => Boolean, { description: 'Whether that month has been counted; it is when it is over.' })
  counted!: boolean;

  @Field(() => [HelpGap], { description: 'The most people first; 1000 at most.' })
  gaps!: HelpGap[];
}

interface Row {
  state: string;
  county: string;
  category: string;
  reason: string;
  people: number;
}

/** Declined and failed begin alike: `NO_CAPACITY` and `FAILED_NO_CAPACITY`. */
function wordsOf(reason: string): { en: string; es: string } {
  const failed = reason.startsWith('FAILED_');
  const code = failed ? reason.slice('FAILED_'.length) : reason;
  return reasonWords(failed ? 'FAILED' : 'REJECTED', { code }) ?? { en: code, es: code };
}

const monthBefore = (now: Date): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);

async function lastCounted(db: Kysely<unknown>): Promise<string | null> {
  const { rows } = await sql<{
    month: string | null;
  }>`select to_char(max(month), 'YYYY-MM') as month from hub.gap_month`.execute(db);
  return rows[0]?.month ?? null;
}

@Resolver()
export class HelpGapsResolver {
  @Can('directory.write')
  @Query(() => HelpGaps, {
    description:
      'What people were sent for and did not get, by place and need, without anybody who could be recognized.',
  })
  async helpGaps(
    @Ctx() ctx: HubContext,
    @Arg('month', () => String, {
      nullable: true,
      description: 'YYYY-MM; the last one that was counted when left out.',
    })
    month?: string | null,
  ): Promise<HelpGaps> {
    const db = (await ctx.db.em()).getKysely<unknown>();
    const wanted = month ?? (await lastCounted(db)) ?? monthBefore(ctx.clock.now());
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(wanted)) fail.badInput('month', 'a month such as 2026-11 is expected');
    const first = `${wanted}-01`;
    const { rows: counted } = await sql`select from hub.gap_month where month = ${first}::date`.execute(db);
    const { rows } = await sql<Row>`select state, county, category, reason, people from hub.gap_count
      where month = ${first}::date order by people desc, state, county, category, reason limit ${MOST}`.execute(db);
    const gaps = rows.map(({ county, reason, ...row }) => ({
      ...row,
      county: county === '' ? null : county,
      place: areaWords(county === '' ? row.state : `${row.state}/${county}`, ctx.language),
      need: categoryLabel(row.category)[ctx.language],
      reason: wordsOf(reason)[ctx.language],
      noRoom: reason.endsWith('NO_CAPACITY'),
    }));
    return { month: wanted, counted: counted.length > 0, gaps };
  }
}
