import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How much waits on the desk today.' })
export class TodayCounts {
  /** Not part of the API: whether the own panel or the whole organization is counted. */
  mine!: boolean;

  @Field(() => Int, { description: 'Active patients whose yearly screening is due.' })
  screeningsDue!: number;

  @Field(() => Int, { description: 'Active patients.' })
  patients!: number;
}

@ObjectType({ description: 'Who needs the care manager today. Each list holds at most 20.' })
export class Today {
  /** Not part of the API: whether the desk is the caller's own panel or the whole organization's. */
  mine!: boolean;
}
