import { Field, ID, InputType } from 'type-graphql';
import { HouseholdPersonInput } from '../household/household.inputs.js';
import { ReferralPriority, type Priority } from '../referral.enums.js';
import { WhatIsSentInput } from '../referral.inputs.js';

@InputType({ description: 'One service on the list, and what of the person it is asked for.' })
export class BasketItemInput extends WhatIsSentInput {
  @Field(() => Boolean, { nullable: true, description: 'Send it although the service says that it has no room.' })
  evenIfFull?: boolean | null;
}

@InputType({ description: 'For whom, and the services on the list.' })
export class PreviewReferralsInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => [BasketItemInput], { description: 'Different services, 1 to 8.' })
  items!: BasketItemInput[];

  @Field(() => [HouseholdPersonInput], {
    nullable: true,
    description:
      'Who else in the household it is for, at most 12. Each agency reads of them what the consent lets it know.',
  })
  household?: HouseholdPersonInput[] | null;
}

@InputType({ description: 'Referrals to several services at once.' })
export class SendReferralsInput extends PreviewReferralsInput {
  @Field(() => ReferralPriority, { nullable: true, description: 'ROUTINE when left out.' })
  priority?: Priority | null;

  @Field(() => String, {
    nullable: true,
    description: 'What you ask, at most 2000 characters; each agency that is sent to reads it.',
  })
  request?: string | null;

  @Field(() => String, { description: 'A key of your own, 8 to 100 characters: sending the same twice acts once.' })
  idempotencyKey!: string;
}
