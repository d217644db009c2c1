import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Can, ofPatients, type HubContext } from '../../access/index.js';
import { Patient, patientById, RelatedPerson, relatedPersonById, Today } from '../../caseload/index.js';
import { Service, ServiceAtLocation, serviceById, siteById } from '../../directory/index.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { ReferralPerson } from '../household/household.inputs.js';
import { Need, needById } from '../../screening/index.js';
import { olderById } from '../follow/follow.loaders.js';
import { Referral } from '../referral.entity.js';
import { ReferralDraft } from './draft.entity.js';
import { DiscardReferralDraftInput, SaveReferralDraftInput } from './draft.inputs.js';
import { draftsOf, draftsOfPatient } from './draft.loaders.js';
import { discardDraft, saveDraft } from './save-draft.js';

const SaveReferralDraftPayload = payloadOf('SaveReferralDraft', 'draft', ReferralDraft, 'The draft as it is kept now.');

@ObjectType({ description: 'The answer to `discardReferralDraft`.' })
class DiscardReferralDraftPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The draft that is gone.' })
  id!: string | null;
}

@ObjectType({ description: 'Somebody in the household, as a draft keeps them.' })
export class DraftPerson extends ReferralPerson {
  /** Not part of the API: who it is in the record. */
  relatedPersonId!: string | null;
}

const MOST = 20;

/** Referrals that were begun and not sent. */
@Resolver()
export class DraftResolver {
  @Can('referral.send')
  @Mutation(() => SaveReferralDraftPayload, {
    description:
      'Keeps what was typed of a referral. Nothing leaves, no clock starts, and it goes after 30 quiet days.',
  })
  async saveReferralDraft(
    @Arg('input', () => SaveReferralDraftInput) input: SaveReferralDraftInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ draft: ReferralDraft }> {
    return { draft: await saveDraft(ctx, input) };
  }

  @Can('referral.send')
  @Mutation(() => DiscardReferralDraftPayload, { description: 'Throws a draft of one’s own away.' })
  async discardReferralDraft(
    @Arg('input', () => DiscardReferralDraftInput) input: DiscardReferralDraftInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ id: string }> {
    return { id: (await discardDraft(ctx, input.id)).id };
  }
}

@Resolver(() => DraftPerson)
export class DraftPersonFields {
  @FieldResolver(() => RelatedPerson, { nullable: true, description: 'Who it is in the patient’s record.' })
  relatedPerson(
    @Root() { relatedPersonId }: DraftPerson,
    @Ctx() ctx: HubContext,
  ): Promise<RelatedPerson | null> | null {
    return relatedPersonId ? relatedPersonById(ctx, relatedPersonId) : null;
  }
}

@Resolver(() => ReferralDraft)
export class DraftFields {
  @FieldResolver(() => ServiceAtLocation, { nullable: true, description: 'The site, when one was chosen.' })
  site(
    @Root() { serviceAtLocationId }: ReferralDraft,
    @Ctx() ctx: HubContext,
  ): Promise<ServiceAtLocation | null> | null {
    return serviceAtLocationId ? siteById(ctx, serviceAtLocationId) : null;
  }

  @FieldResolver(() => [Need], { description: 'The needs it is for, so far.' })
  async needs(@Root() draft: ReferralDraft, @Ctx() ctx: HubContext): Promise<Need[]> {
    const needs = await Promise.all(draft.needIds.map((id) => needById(ctx, id)));
    return needs.filter((need) => need !== null);
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'The older referral that it would follow.' })
  async follows(@Root() { followsId }: ReferralDraft, @Ctx() ctx: HubContext): Promise<object | null> {
    return followsId ? olderById(ctx, followsId) : null;
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient.' })
  patient(@Root() draft: ReferralDraft, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, draft.patientId);
  }

  @FieldResolver(() => Service, { nullable: true, description: 'The service; null when it is not listed any more.' })
  service(@Root() draft: ReferralDraft, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceById(ctx, draft.serviceId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer began it and may go on with it.' })
  mine(@Root() draft: ReferralDraft, @Ctx() ctx: HubContext): boolean {
    return draft.madeBy === ctx.caller?.userId;
  }

  @FieldResolver(() => [DraftPerson], { description: 'Whom in the household it is for besides, so far.' })
  household(@Root() draft: ReferralDraft): DraftPerson[] {
    return draft.household.map(({ relation, age = null, givenName = null, relatedPersonId = null }) => ({
      relation,
      age,
      givenName,
      relatedPersonId,
    }));
  }
}

@Resolver(() => Patient)
export class PatientDrafts {
  @FieldResolver(() => [ReferralDraft], { description: 'Referrals that were begun and not sent, the latest first.' })
  async referralDrafts(@Root() patient: { id: string }, @Ctx() ctx: HubContext): Promise<readonly ReferralDraft[]> {
    const drafts = await draftsOfPatient(ctx, patient.id);
    ctx.audit.record({ action: 'referral.list', patientId: patient.id, entity: 'referral_draft', detail: { count: drafts.length } }); // prettier-ignore
    return drafts;
  }
}

@Resolver(() => Today)
export class TodayDrafts {
  @FieldResolver(() => [ReferralDraft], {
    description: 'Referrals that the viewer began and did not send; the latest first, at most 20.',
  })
  async referralDrafts(@Root() today: Today, @Ctx() ctx: HubContext): Promise<readonly ReferralDraft[]> {
    const drafts = await draftsOf(ctx, today.mine ? (ctx.caller?.userId ?? null) : null, MOST);
    ctx.audit.record({ action: 'referral.list', ...ofPatients(drafts.map((one) => one.patientId)), entity: 'referral_draft', detail: { count: drafts.length } }); // prettier-ignore
    return drafts;
  }
}
