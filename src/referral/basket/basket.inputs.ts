import { Field, ID, InputType } from 'type-graphql';
import { ReferralPriority, type Priority } from '../referral.enums.js';

@InputType({ description: 'One service on the list, and what of the person it is asked for.' })
export class BasketItemInput {
  @Field(() => ID, { description: 'The service in the directory.' })
  serviceId!: string;

  @Field(() => ID, { nullable: true, description: 'One of the service’s sites.' })
  siteId?: string | null;

  @Field(() => [ID], { description: 'The confirmed needs it is for, 1 to 10.' })
  needIds!: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'What to share beyond what always goes: birthDate, email, address, householdSize, whatMatters.',
  })
  share?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Send it although the service says that it has no room.' })
  evenIfFull?: boolean | null;
}

@InputType({ description: 'For whom, and the services on the list.' })
export class PreviewReferralsInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => [BasketItemInput], { description: 'Different services, 1 to 8.' })
  items!: BasketItemInput[];
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
