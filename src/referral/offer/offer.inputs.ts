import { Field, ID, InputType } from 'type-graphql';
import { HouseholdPersonInput } from '../household/household.inputs.js';
import { ReferralPriority, type Priority } from '../referral.enums.js';
import { OfferKind } from './offer.enums.js';

@InputType({ description: 'A service to be asked.' })
export class OfferTargetInput {
  @Field(() => ID, { description: 'The service.' })
  serviceId!: string;

  @Field(() => ID, { nullable: true, description: 'A site of it.' })
  siteId?: string | null;
}

@InputType({ description: 'What is asked of several agencies.' })
export class OfferReferralInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => [ID], { description: 'The needs it is for, 1 to 10.' })
  needIds!: string[];

  @Field(() => [OfferTargetInput], {
    description: 'Services of different agencies, in order: 2 to 8 for GROUP, 1 to 8 for CASCADE.',
  })
  targets!: OfferTargetInput[];

  @Field(() => OfferKind, { description: 'All at once, or one after another.' })
  kind!: OfferKind;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'With CASCADE: when those chosen are through, go on by itself to the agency that fits best, three times at most, and only where a consent covers it, the person qualifies and there is room.',
  })
  sendOn?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'What to share besides; see `previewReferral`.' })
  share?: string[] | null;

  @Field(() => [HouseholdPersonInput], {
    nullable: true,
    description: 'Who else in the household it is for, at most 12. Each agency reads what the consent lets it know.',
  })
  household?: HouseholdPersonInput[] | null;

  @Field(() => ReferralPriority, { nullable: true, description: 'ROUTINE when left out.' })
  priority?: Priority | null;

  @Field(() => String, { nullable: true, description: 'What you ask, at most 2000 characters; each agency reads it.' })
  request?: string | null;

  @Field(() => String, { description: 'A key of your own, 8 to 100 characters: sending the same twice acts once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'The offer to stop.' })
export class StopReferralOfferInput {
  @Field(() => ID, { description: 'The offer.' })
  id!: string;
}
