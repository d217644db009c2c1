import { Field, Float, InputType } from 'type-graphql';
import { EligibilityRuleInput } from '../eligibility/rule.inputs.js';
import { ServiceStatus, Weekday } from '../service/service.enums.js';

@InputType({ description: 'The same hours on some days of the week.' })
export class HoursInput {
  @Field(() => [Weekday], { description: 'At least one day.' })
  days!: Weekday[];

  @Field(() => String, { description: 'HH:MM.' })
  opensAt!: string;

  @Field(() => String, {
    description: 'HH:MM; at or before the opening it is the next day’s; 24 hours are 00:00 to 23:59.',
  })
  closesAt!: string;
}

@InputType({ description: 'A postal address in the United States.' })
export class AddressInput {
  @Field(() => String, { description: 'Street and number.' })
  address1!: string;

  @Field(() => String, { nullable: true, description: 'Suite, floor.' })
  address2?: string | null;

  @Field(() => String, { description: 'City.' })
  city!: string;

  @Field(() => String, { description: 'State, as code or name.' })
  stateProvince!: string;

  @Field(() => String, { description: 'ZIP code.' })
  postalCode!: string;
}

/** What a listing says of itself, new or changed. */
@InputType({ description: 'What a listing says of itself.' })
export abstract class ListingWordsInput {
  @Field(() => String, { nullable: true, description: 'What it does.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Web page, beginning with http:// or https://.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'Public e-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'How to get it.' })
  applicationProcess?: string | null;

  @Field(() => String, { nullable: true, description: 'Who it is for, in words.' })
  eligibilityDescription?: string | null;

  @Field(() => String, { nullable: true, description: 'What it costs, in words.' })
  feesDescription?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it costs nothing.' })
  isFree?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes referrals through the hub.' })
  takesReferrals?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where to tell the agency of a referral.' })
  referralEmail?: string | null;
}

/** What may be changed of a listing: by a correction, a suggestion, or the answer to a letter. */
@InputType({ description: 'Changes of a listing. Left out: unchanged; null: cleared.' })
export class ListingChangesInput extends ListingWordsInput {
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What everyone should know at the moment.' })
  alert?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of the needs that it meets.' })
  categories?: string[] | null;

  @Field(() => Float, { nullable: true, description: 'Youngest age in years.' })
  minimumAge?: number | null;

  @Field(() => Float, { nullable: true, description: 'Oldest age in years.' })
  maximumAge?: number | null;

  @Field(() => [EligibilityRuleInput], {
    nullable: true,
    description:
      'Who it is for, rule by rule, ages included: in place of all that stands there. Every rule must hold; at most 100.',
  })
  rules?: EligibilityRuleInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who it is for, as a JSON list of rules; `rules` says it with fields.',
  })
  eligibilityRules?: string | null;

  @Field(() => ServiceStatus, {
    nullable: true,
    description: 'Whether it is offered; an agency may only close for a while and open again.',
  })
  status?: ServiceStatus | null;

  @Field(() => [HoursInput], {
    nullable: true,
    description: 'The usual week, in place of all hours of the service itself.',
  })
  hours?: HoursInput[] | null;

  @Field(() => String, { nullable: true, description: 'Phone number, in place of the first one of the service.' })
  phone?: string | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is given: the address of its first place.' })
  address?: AddressInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its place must stay secret, as that of a shelter for survivors.',
  })
  confidential?: boolean | null;
}

@InputType({ description: 'Free places counted in units, such as beds (HSDS service_capacity).' })
export class CapacityUnitInput {
  @Field(() => String, { description: 'What is counted, such as "Bed"; at most 50 characters.' })
  unit!: string;

  @Field(() => Float, { description: 'How many are free.' })
  available!: number;

  @Field(() => Float, { nullable: true, description: 'How many there are.' })
  maximum?: number | null;
}
