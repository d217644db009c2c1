import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { SdohCategory } from '../directory/index.js';
import { DateTimeISO, LocalDate } from '../platform/graphql/scalars.js';
import type { Dimension } from './suppress-needs.js';

export const PopulationDimension = {
  CATEGORY: 'CATEGORY',
  AGE_BAND: 'AGE_BAND',
  COUNTY: 'COUNTY',
  MONTH: 'MONTH',
  PRODUCT_LINE: 'PRODUCT_LINE',
} as const;
registerEnumType(PopulationDimension, {
  name: 'PopulationDimension',
  description: 'What to break the figures down by.',
});

@InputType({ description: 'Which published figures to show, and how.' })
export class PopulationInput {
  @Field(() => ID, { nullable: true, description: 'One of `populationReports`; the latest when left out.' })
  reportId?: string | null;

  @Field(() => PopulationDimension, { description: 'What to break the figures down by.' })
  by!: Dimension;

  @Field(() => String, { nullable: true, description: 'Only needs and referrals of one SDOH category.' })
  category?: string | null;
}

@ObjectType({
  description: 'A period whose figures are published. They are never changed, and no two periods overlap.',
})
export class PopulationReport {
  @Field(() => ID, { description: 'Its own id.' })
  id!: string;

  @Field(() => LocalDate, { description: 'The first day of the period.' })
  from!: string;

  @Field(() => LocalDate, { description: 'The last day of the period.' })
  to!: string;

  @Field(() => DateTimeISO, { description: 'When it was counted, for good.' })
  publishedAt!: Date;
}

@ObjectType({
  description: 'A count of people or referrals. Counts from 1 to 10, and those that would reveal them, are withheld.',
})
export class CountCell {
  @Field(() => Int, { nullable: true, description: 'The count; null when it is withheld.' })
  value!: number | null;

  @Field(() => Boolean, { description: 'Whether the count is withheld to protect people.' })
  suppressed!: boolean;
}

@ObjectType({ description: 'A share with its base.' })
export class RateCell {
  @Field(() => Float, {
    nullable: true,
    description: 'Per cent with one decimal; null when a part is withheld or the base is zero.',
  })
  percent!: number | null;

  @Field(() => CountCell, { description: 'How many.' })
  numerator!: CountCell;

  @Field(() => CountCell, { description: 'Out of how many.' })
  denominator!: CountCell;
}

@ObjectType({ description: 'One line of the breakdown.' })
export class PopulationRow {
  @Field(() => String, { description: 'The category code, age band, county, month (YYYY-MM) or product line.' })
  key!: string;

  @Field(() => String, { description: 'The same in words.' })
  label!: string;

  @Field(() => CountCell, { description: 'Members with a need.' })
  membersWithNeed!: CountCell;

  @Field(() => RateCell, { description: 'Their share of the members with any need in the period.' })
  share!: RateCell;
}

@ObjectType({ description: 'SDOH category by the chosen dimension; cells add up to their totals.' })
export class CrossTable {
  @Field(() => [String], { description: 'Category codes, one a row.' })
  rows!: string[];

  @Field(() => [String], { description: 'Keys of the dimension, one a column.' })
  columns!: string[];

  @Field(() => [[CountCell]], { description: 'Members with a need of the row’s category, by column.' })
  cells!: CountCell[][];

  @Field(() => [CountCell], { description: 'A total for each row.' })
  rowTotals!: CountCell[];

  @Field(() => [CountCell], { description: 'A total for each column: members counted once in each category.' })
  columnTotals!: CountCell[];

  @Field(() => CountCell, { description: 'The total of all cells.' })
  total!: CountCell;
}

@ObjectType({ description: 'What became of the referrals of one category.' })
export class FunnelRow {
  @Field(() => SdohCategory, { description: 'The category.' })
  category!: SdohCategory;

  @Field(() => CountCell, { description: 'Referrals sent.' })
  sent!: CountCell;

  @Field(() => CountCell, { description: 'Finished by the agency.' })
  closedByAgency!: CountCell;

  @Field(() => CountCell, { description: 'The agency says that help was given.' })
  helpReceived!: CountCell;

  @Field(() => CountCell, { description: 'The patient says that help came.' })
  confirmedByPatient!: CountCell;
}

@ObjectType({
  description: 'From sending to the patient’s own word. The three results are different facts with different bases.',
})
export class ReferralFunnel {
  @Field(() => CountCell, { description: 'Referrals sent in the period.' })
  sent!: CountCell;

  @Field(() => CountCell, { description: 'Answered by the agency.' })
  answered!: CountCell;

  @Field(() => CountCell, { description: 'Accepted.' })
  accepted!: CountCell;

  @Field(() => RateCell, { description: 'Finished by the agency, out of all sent.' })
  closedByAgency!: RateCell;

  @Field(() => RateCell, { description: 'Help given as the agency says, out of those finished by the agency.' })
  helpReceived!: RateCell;

  @Field(() => RateCell, {
    description: 'Help confirmed by the patient, out of those where the patient was asked and could be.',
  })
  confirmedByPatient!: RateCell;

  @Field(() => [FunnelRow], { description: 'By category; a referral with several categories stands in each.' })
  byCategory!: FunnelRow[];
}

@ObjectType({ description: 'What a figure means.' })
export class Definition {
  @Field(() => String, { description: 'Which figure.' })
  key!: string;

  @Field(() => String, { description: 'What it means, in words.' })
  text!: string;
}
