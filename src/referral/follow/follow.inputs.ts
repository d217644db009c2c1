import { Field, ID, InputType } from 'type-graphql';
import { ReferralReason, type ReasonCode } from '../referral.enums.js';
import { StartReferralInput } from '../referral.inputs.js';

@InputType({ description: 'The referral to take back, before the agency accepts it.' })
export class RecallReferralInput extends StartReferralInput {
  @Field(() => ReferralReason, { description: 'Why; the reasons of a cancelled referral.' })
  reasonCode!: ReasonCode;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in your words, at most 1000 characters; the agency reads it; needed with OTHER.',
  })
  reason?: string | null;
}

@InputType({ description: 'A service that fits better, as the agency sees it.' })
export class ProposeTransferInput extends StartReferralInput {
  @Field(() => ID, { description: 'The service to pass the referral on to; one that takes referrals.' })
  serviceId!: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 1000 characters; the sender reads it.' })
  note?: string | null;
}

@InputType({ description: 'A referral whose proposal is not taken up.' })
export class DeclineTransferInput {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;
}
