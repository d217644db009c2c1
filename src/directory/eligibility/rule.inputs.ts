import { Field, Float, InputType, Int } from 'type-graphql';
import { EligibilityKind } from './rule.enums.js';

@InputType({ description: 'One rule of who a service is for. Which fields it needs, its kind says.' })
export class EligibilityRuleInput {
  @Field(() => EligibilityKind, { description: 'What it is about.' })
  kind!: EligibilityKind;

  @Field(() => Float, { nullable: true, description: 'At least: years of AGE, people of HOUSEHOLD.' })
  minimum?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'At most: years of AGE, people of HOUSEHOLD; the age that a child of CHILD_UNDER has not reached.',
  })
  maximum?: number | null;

  @Field(() => Float, { nullable: true, description: 'INCOME: percent of the federal poverty guideline.' })
  percent?: number | null;

  @Field(() => Int, { nullable: true, description: 'INCOME: cents a year, in place of `percent`.' })
  annualCents?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'RESIDENCE: states (`MD`, "Maryland"), counties (`MD/Howard`, "Howard County, MD"), ZIP codes.',
  })
  places?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'LANGUAGE, INSURANCE, GENDER, DOCUMENTS: what is asked for.' })
  values?: string[] | null;

  @Field(() => [EligibilityRuleInput], {
    nullable: true,
    description: 'ANY_OF: rules of which one is enough; they may lie in each other three deep.',
  })
  rules?: EligibilityRuleInput[] | null;
}
