import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { MyHelp, Patient, readerOf, recordAccess } from '../../caseload/index.js';
import { connectionOf, cutPage, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { Referral } from '../referral.entity.js';
import { referralById } from '../referral.loaders.js';
import { timelineOf } from './read-timeline.js';
import { TimelineEntry } from './timeline-words.js';

/** Nothing happened that this reader may know of. */
const nothing = (page: PageArgs): Connection<TimelineEntry> => cutPage<TimelineEntry, TimelineEntry>([], page, () => '', (row) => row); // prettier-ignore

const TimelineConnection = connectionOf(TimelineEntry);

@Resolver(() => Patient)
export class PatientTimeline {
  @FieldResolver(() => TimelineConnection, {
    description:
      'What happened around the patient, the latest first: steps of referrals, waiting lists, appointments, attempts to reach them, help outside the hub, papers.',
  })
  async timeline(
    @Root() { id }: { id: string },
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<TimelineEntry>> {
    const { caller } = ctx;
    const org = caller?.organizationId ?? fail.unauthenticated();
    // Whoever reads records and no referrals, such as a privacy officer, reads none here either.
    if (!caller?.permissions.has('referral.read')) return nothing(page);
    recordAccess(ctx, { action: 'patient.timeline', patientId: id, entity: 'patient', entityId: id });
    return timelineOf(ctx, { patientId: id, org, withPrivate: true, page });
  }
}

@Resolver(() => MyHelp)
export class MyTimeline {
  @FieldResolver(() => TimelineConnection, {
    description:
      'What happened so far, the latest first; nothing for somebody around the person. Private matters only when asked for.',
  })
  async timeline(
    @Root() { reader, withPrivate }: MyHelp,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<TimelineEntry>> {
    if (reader !== null) return nothing(page);
    const { patientId, careOrgId: org } = readerOf(ctx);
    return timelineOf(ctx, { patientId, org, withPrivate, page });
  }
}

@Resolver(() => TimelineEntry)
export class TimelineFields {
  @FieldResolver(() => Referral, {
    nullable: true,
    description:
      'The referral that it belongs to, for those who sent it; null for help outside the hub, and on a person’s page.',
  })
  async referral(@Root() { referralId }: TimelineEntry, @Ctx() ctx: HubContext): Promise<object | null> {
    return referralId && !ctx.caller?.reader ? referralById(ctx, referralId) : null;
  }
}
