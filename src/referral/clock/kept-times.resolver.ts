import { Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from 'type-graphql';
import { manyBy, type HubContext } from '../../access/index.js';
import { Organization } from '../../identity/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate } from '../../platform/database/rows.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { ReferralClock } from './answering-times.types.js';
import type { Clock } from './targets.js';

/** An agency sees its own times for so long before senders do. */
const OWN_FIRST_DAYS = 30;

@ObjectType({ description: 'How long an agency took in the last year, over at least ten people.' })
export class KeptTime {
  @Field(() => ReferralClock, { description: 'For what. Contact and outcome count from the moment it accepted.' })
  clock!: Clock;

  @Field(() => Float, { description: 'Hours within which half of the referrals were dealt with.' })
  medianHours!: number;

  @Field(() => Float, { description: 'Hours within which nine of ten were dealt with.' })
  p90Hours!: number;

  @Field(() => DateTimeISO, { description: 'When it was reckoned.' })
  renewedAt!: Date;

  @Field(() => DateTimeISO, { description: 'From when senders see it; the agency itself sees it before.' })
  shownFrom!: Date;
}

interface Row extends KeptTime {
  organizationId: string;
}

const STATEMENT = `select organization_id as "organizationId", clock, median_hours as "medianHours", p90_hours as "p90Hours",
    renewed_at as "renewedAt", shown_since + make_interval(days => $2) as "shownFrom"
  from hub.agency_times where organization_id = any ($1::uuid[])
    and (organization_id = $3 or shown_since <= $4::timestamptz - make_interval(days => $2))
  order by organization_id, array_position(array['SEE', 'ANSWER', 'CONTACT', 'OUTCOME'], clock)`;

const timesOf = manyBy<Row>(
  async (ctx, ids) => {
    const values = [keys(ids), OWN_FIRST_DAYS, ctx.caller?.organizationId ?? null, ctx.clock.now().toISOString()];
    const rows = await ctx.db.gather<Row>(STATEMENT, values);
    return rows.map((row) => ({ ...row, renewedAt: toDate(row.renewedAt), shownFrom: toDate(row.shownFrom) }));
  },
  (row) => row.organizationId,
);

@Resolver(() => Organization)
export class OrganizationTimes {
  @FieldResolver(() => [KeptTime], {
    description:
      'How long it takes, for those who send referrals and for itself; empty for others and when too little is known.',
  })
  async keptTimes(@Root() organization: { id: string }, @Ctx() ctx: HubContext): Promise<readonly KeptTime[]> {
    const own = ctx.caller?.organizationId === organization.id;
    return own || ctx.caller?.permissions.has('referral.send') ? timesOf(ctx, organization.id) : [];
  }
}
