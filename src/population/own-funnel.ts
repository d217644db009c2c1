import { DateTime } from 'luxon';
import { Arg, Ctx, Field, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { Can } from '../access/can.js';
import type { HubContext } from '../access/context.js';
import { fail } from '../platform/graphql/errors.js';
import { LocalDate } from '../platform/graphql/scalars.js';
import { APART_COLUMNS, APART_ROWS, apartOf, shownApart, type ApartLine } from './apart.js';
import { apartFigures, CountedApart } from './apart.types.js';
import { FUNNEL_FACTS, STANDS } from './funnel-facts.js';
import { funnelOf as figuresOf, shownFunnel } from './funnel-figures.js';
import { definitionsIn } from './definitions.js';
import { Definition, ReferralFunnel } from './population.types.js';
import { funnelOf, type FunnelLine } from './report-counts.js';

@InputType({ description: 'The days to count, both in it: a year at most.' })
export class OwnFunnelInput {
  @Field(() => LocalDate, { description: 'The first day.' })
  from!: string;

  @Field(() => LocalDate, { description: 'The last day.' })
  to!: string;
}

@ObjectType({ description: 'What became of what a care organization asked for, as it stands now.' })
export class OwnFunnel {
  @Field(() => ReferralFunnel, { description: 'Referrals for help.' })
  funnel!: ReferralFunnel;

  @Field(() => CountedApart, { description: 'Assessments and help asked for outside the hub, beside the funnel.' })
  apart!: CountedApart;

  @Field(() => [Definition], { description: 'What each figure means.' })
  definitions!: Definition[];
}

const DAYS = 366;
const counted = Object.entries(FUNNEL_FACTS)
  .map(([step, sql]) => `(count(*) filter (where ${sql}))::int as ${step}`)
  .join(', ');

/** From the first moment of a day to the last of another, where the organization is. */
const within = (moment: string): string =>
  `${moment} >= ($2::date)::timestamp at time zone o.time_zone and ${moment} < ($3::date + 1)::timestamp at time zone o.time_zone`;

const LINES = `select k.category, ${STANDS} as stands, count(*)::int as sent, ${counted}
  from hub.referral f join hub.organization o on o.id = f.from_org_id cross join unnest(f.categories) k(category)
  where f.from_org_id = $1 and f.kind = 'SERVICE' and f.status not in ('DRAFT', 'ENTERED_IN_ERROR') and ${within('f.sent_at')}
  group by 1, 2`;

const APART = `select ${APART_COLUMNS} from (${APART_ROWS}) f join hub.organization o on o.id = f.org_id
  where f.org_id = $1 and ${within('f.at')} group by f.kind`;

/** The figures of a care organization about what it asked for itself. */
@Resolver()
export class OwnFunnelResolver {
  @Can('referral.send')
  @Query(() => OwnFunnel, {
    description:
      'What became of what the viewer’s organization asked for in some days; small counts are withheld as in the figures of plans.',
  })
  async ownFunnel(
    @Arg('input', () => OwnFunnelInput) { from, to }: OwnFunnelInput,
    @Ctx() ctx: HubContext,
  ): Promise<OwnFunnel> {
    const days = DateTime.fromISO(to).diff(DateTime.fromISO(from), 'days').days + 1;
    if (!(days >= 1 && days <= DAYS)) fail.badInput('input.to', `1 to ${DAYS} days from the first are expected`);
    const values = [ctx.caller?.organizationId ?? fail.forbidden(), from, to];
    const lines = await ctx.db.query<FunnelLine>(LINES, values);
    const apart = await ctx.db.query<ApartLine>(APART, values);
    ctx.audit.record({ action: 'population.read', entity: 'population', purpose: 'POPULATION', detail: { from, to } });
    return {
      funnel: figuresOf(shownFunnel(funnelOf(lines))),
      apart: apartFigures(shownApart(apartOf(apart))),
      definitions: definitionsIn(ctx.language).filter(({ key }) => OWN.has(key)),
    };
  }
}

const OWN: ReadonlySet<string> = new Set([
  'closedByAgency',
  'helpReceived',
  'confirmedByPatient',
  'assessments',
  'offPlatform',
  'suppression',
]);
