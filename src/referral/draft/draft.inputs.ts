import { Field, ID, InputType, Int } from 'type-graphql';
import { FollowHow } from '../follow/follow.enums.js';
import { HouseholdPersonInput } from '../household/household.inputs.js';
import { ReferralKind, ReferralPriority, type Kind, type Priority } from '../referral.enums.js';

@InputType({
  description: 'A referral as far as it was typed. For each service somebody has one draft about a patient.',
})
export class SaveReferralDraftInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => ID, { description: 'The service in the directory.' })
  serviceId!: string;

  @Field(() => ID, { nullable: true, description: 'One of the service’s sites.' })
  siteId?: string | null;

  @Field(() => [ID], { description: 'The needs it is for, up to 10.' })
  needIds!: string[];

  @Field(() => [String], { nullable: true, description: 'What to share besides; see `previewReferral`.' })
  share?: string[] | null;

  @Field(() => [HouseholdPersonInput], { nullable: true, description: 'Whom in the household it is for besides.' })
  household?: HouseholdPersonInput[] | null;

  @Field(() => ReferralKind, { nullable: true, description: 'SERVICE when left out.' })
  kind?: Kind | null;

  @Field(() => ReferralPriority, { nullable: true, description: 'ROUTINE when left out.' })
  priority?: Priority | null;

  @Field(() => String, { nullable: true, description: 'What you ask of the agency, at most 2000 characters.' })
  request?: string | null;

  @Field(() => ID, { nullable: true, description: 'The older referral that it would follow.' })
  followsId?: string | null;

  @Field(() => FollowHow, { nullable: true, description: 'How it would follow it.' })
  followsHow?: FollowHow | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version you looked at; when somebody saved a newer one since, nothing is lost and nothing is done.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'The draft to throw away.' })
export class DiscardReferralDraftInput {
  @Field(() => ID, { description: 'The draft.' })
  id!: string;
}
