import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const CostKind = {
  FREE: 'FREE',
  SLIDING_SCALE: 'SLIDING_SCALE',
  INSURANCE: 'INSURANCE',
  DONATION: 'DONATION',
  FEE: 'FEE',
} as const;
export type CostKind = keyof typeof CostKind;
registerEnumType(CostKind, {
  name: 'CostKind',
  description: 'What a service costs, as its listing says it in numbers or in prose.',
  valuesConfig: {
    FREE: { description: 'Nothing.' },
    SLIDING_SCALE: { description: 'By income.' },
    INSURANCE: { description: 'What insurance does not pay.' },
    DONATION: { description: 'A donation.' },
    FEE: { description: 'A price.' },
  },
});

@InputType({
  description: 'A place and how far around it. What serves the place is found too, wherever its office is.',
})
export class NearInput {
  @Field(() => String, {
    nullable: true,
    description:
      'ZIP code, "City, ST", "County, ST", or an address with one of them. An address is found to its ZIP code or city, and exactly where a listing has it.',
  })
  place?: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north; with `longitude`, in place of `place`.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Statute miles, 1 to 250; 25 when left out.' })
  radiusMiles?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Only what says that it serves the place; what is merely near is left out, and the radius does not matter.',
  })
  servedOnly?: boolean | null;
}

@InputType({ description: 'What is known of a person, to see which services are for them. Nothing of it is kept.' })
export class FactsInput {
  @Field(() => Float, { nullable: true, description: 'Age in years.' })
  ageYears?: number | null;

  @Field(() => Int, { nullable: true, description: 'People in the household.' })
  householdSize?: number | null;

  @Field(() => Float, { nullable: true, description: 'Yearly income of the household in US cents.' })
  annualIncomeCents?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Has served in the military.' })
  veteran?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Two-letter code of the state of residence.' })
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'County of residence.' })
  county?: string | null;

  @Field(() => String, { nullable: true, description: 'ZIP code of residence.' })
  zip?: string | null;

  @Field(() => [String], { nullable: true, description: 'ISO 639 codes of the languages spoken.' })
  languages?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Kinds of insurance, such as `MEDICAID`, or `UNINSURED`.' })
  insurance?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Has a disability.' })
  disability?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Cares for someone.' })
  caregiver?: boolean | null;
}

@InputType({ description: 'What to look for. Everything that is given must hold.' })
export class SearchServicesInput {
  @Field(() => String, {
    nullable: true,
    description: 'Words, as people say them, in English or Spanish; at most 400 characters.',
  })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of an SDOH category, such as `food-insecurity`.' })
  category?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of SDOH categories, one of which is enough; at most 24.',
  })
  categories?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Ids of taxonomy terms, one of which is enough; each stands for all that is below it as well. At most 20.',
  })
  termIds?: string[] | null;

  @Field(() => NearInput, { nullable: true, description: 'Near a place.' })
  near?: NearInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what is open now, by its listed hours.' })
  openNow?: boolean | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'Only what is open at this moment, by its listed hours.' })
  openAt?: Date | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Only where one of these languages is spoken: ISO 639 codes; at most 20.',
  })
  languages?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only where there are interpreters.' })
  interpreter?: boolean | null;

  @Field(() => [CostKind], { nullable: true, description: 'Only what costs this; one of them is enough.' })
  costs?: CostKind[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only where this language is spoken: ISO 639 code, such as `es`.',
  })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what costs nothing.' })
  free?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what takes referrals through the hub.' })
  takesReferrals?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only what said lately that it has room, or looks at each person first.',
  })
  hasRoom?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Only what was confirmed within so many days.' })
  verifiedWithinDays?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only places that tell how people with a disability can use them.',
  })
  accessible?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Only what this agency offers.' })
  organizationId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only what one of these agencies offers; at most 20.' })
  organizationIds?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Says of each result whether it is for this patient; needs permission `search.patient`.',
  })
  patientId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'With `patientId` or `facts`: leaves out what is not for the person.',
  })
  fitsOnly?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Answers with nothing rather than letting a filter go or looking farther; otherwise `understood` says what was left out.',
  })
  exact?: boolean | null;

  @Field(() => FactsInput, { nullable: true, description: 'Says of each result whether it is for such a person.' })
  facts?: FactsInput | null;
}
