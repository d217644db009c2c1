import { Field, ObjectType } from 'type-graphql';
import { CountedApart } from './apart.types.js';
import {
  CountCell,
  CrossTable,
  Definition,
  PopulationReport,
  PopulationRow,
  RateCell,
  ReferralFunnel,
} from './population.types.js';

@ObjectType({ description: 'Needs and referrals of a plan’s members, without anything about a single person.' })
export class PopulationSummary {
  @Field(() => PopulationReport, { description: 'The period, and when it was counted.' })
  report!: PopulationReport;

  @Field(() => CountCell, { description: 'Members covered on any day of the period.' })
  members!: CountCell;

  @Field(() => CountCell, { description: 'Members with a completed screening in the period.' })
  screened!: CountCell;

  @Field(() => RateCell, { description: 'Screened out of all members.' })
  screeningRate!: RateCell;

  @Field(() => [PopulationRow], { description: 'Members with a need, by the chosen dimension.' })
  needs!: PopulationRow[];

  @Field(() => CountCell, { description: 'Members with any need in the period.' })
  needsTotal!: CountCell;

  @Field(() => CrossTable, {
    nullable: true,
    description: 'Category by the chosen dimension; null when the dimension is the category.',
  })
  crossTable!: CrossTable | null;

  @Field(() => ReferralFunnel, { description: 'What became of referrals.' })
  funnel!: ReferralFunnel;

  @Field(() => CountedApart, {
    nullable: true,
    description:
      'Assessments and help asked for outside the hub, beside the funnel; null for one category, and in reports from before they were counted.',
  })
  apart!: CountedApart | null;

  @Field(() => [Definition], { description: 'What each figure means.' })
  definitions!: Definition[];
}
