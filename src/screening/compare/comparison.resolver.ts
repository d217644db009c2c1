import { sql } from 'kysely';
import { Ctx, Field, FieldResolver, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql';
import { byId, languageOf, type HubContext } from '../../access/index.js';
import { isSensitive } from '../../access/sensitivity.js';
import type { Words } from '../../platform/words.js';
import { answersOf } from '../answers.js';
import { instrumentOf } from '../instruments.js';
import { Screening } from '../screening.entity.js';
import { screeningById } from '../screening.loaders.js';
import { compareScreenings, type Change, type NeedChange, type Told } from './compare.js';

export const ScreeningChange = {
  NEW: 'NEW',
  FIRST_ASKED: 'FIRST_ASKED',
  STILL_THERE: 'STILL_THERE',
  GONE: 'GONE',
  NOT_ASKED: 'NOT_ASKED',
  DECLINED: 'DECLINED',
} as const satisfies Record<Change, Change>;
registerEnumType(ScreeningChange, {
  name: 'ScreeningChange',
  description: 'What became of a need since the last screening.',
  valuesConfig: {
    NEW: { description: 'It was not there last time.' },
    FIRST_ASKED: { description: 'It is there; last time there was no answer.' },
    STILL_THERE: { description: 'It was there last time too.' },
    GONE: { description: 'The same questions show it no more.' },
    NOT_ASKED: { description: 'It was there; this time a question of it was not asked.' },
    DECLINED: { description: 'It was there; this time a question of it was declined.' },
  },
});

@ObjectType({ description: 'What became of one need since the last screening.' })
class ComparedNeed {
  @Field(() => ScreeningChange, { description: 'What became of it.' })
  change!: Change;

  @Field(() => String, { description: 'The need in plain words.' })
  label!: string;

  @Field(() => Boolean, { description: 'Whether it reveals something sensitive.' })
  sensitive!: boolean;

  @Field(() => String, { nullable: true, description: 'What was answered last time.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'What was answered this time.' })
  now!: string | null;
}

@ObjectType({ description: 'A screening beside the last one of the same form, in whatever version.' })
class ScreeningComparison {
  @Field(() => Screening, { description: 'The screening before.' })
  previous!: Screening;

  @Field(() => [ComparedNeed], { description: 'What is new first, then what is still there, gone, and not known.' })
  changes!: ComparedNeed[];
}

/** The completed screening of the same form before each of these, in one statement. */
const previousId = byId<{ id: string; previous: string }>(async (ctx, ids) => {
  const org = ctx.caller?.organizationId ?? null;
  const { rows } = await sql<{ id: string; previous: string }>`select s.id, p.id as previous
    from hub.screening s cross join lateral (select e.id from hub.screening e
      where e.patient_id = s.patient_id and e.care_org_id = s.care_org_id and e.status = 'COMPLETED'
        and e.instrument_key = s.instrument_key and (e.completed_at, e.id) < (s.completed_at, s.id)
      order by e.completed_at desc, e.id desc limit 1) p
    where s.id = any (${[...ids]}::uuid[]) and s.care_org_id = ${org}::uuid and s.status = 'COMPLETED'`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return rows;
});

async function toldOf(ctx: HubContext, screening: Screening): Promise<Told> {
  const { id, instrumentKey, instrumentVersion, ageYears } = screening;
  const [answers, instrument] = await Promise.all([
    answersOf(ctx, id),
    instrumentOf(ctx, instrumentKey, instrumentVersion),
  ]);
  return { answers, instrument, ageYears: ageYears ?? null };
}

@Resolver(() => Screening)
export class ComparisonResolver {
  @FieldResolver(() => ScreeningComparison, {
    nullable: true,
    description: 'What changed since the last one of the same form; null for the first one, and until it is completed.',
  })
  async comparison(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<ScreeningComparison | null> {
    const found = await previousId(ctx, screening.id);
    const previous = found ? await screeningById(ctx, found.previous) : null;
    if (!previous) return null;
    const [before, now] = await Promise.all([toldOf(ctx, previous), toldOf(ctx, screening)]);
    const language = languageOf(ctx);
    const said = (words: readonly Words[]): string | null => words.map((one) => one[language]).join('; ') || null;
    const shown = (one: NeedChange): ComparedNeed => ({
      change: one.change,
      label: one.label[language],
      sensitive: isSensitive(one.sensitivity),
      before: said(one.before),
      now: said(one.now),
    });
    return Object.assign(new ScreeningComparison(), { previous, changes: compareScreenings(before, now).map(shown) });
  }
}
