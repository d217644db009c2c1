import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import { WorkKind } from './work.js';

@ObjectType({ description: 'Background work of one task that waits.' })
export class WaitingWork {
  @Field(() => String, { description: 'The task, as logs and metrics name it.' })
  task!: string;

  @Field(() => WorkKind, { description: 'What it is for.' })
  kind!: WorkKind;

  @Field(() => Int, { description: 'Jobs that could run now.' })
  due!: number;

  @Field(() => Int, { description: 'Jobs whose time has not come, such as those that failed and are tried again.' })
  later!: number;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'Since when the oldest of those that could run has waited.',
  })
  since!: Date | null;
}

@ObjectType({
  description: 'Background work that failed as often as it may and was given up, all for the same reason.',
})
export class GivenUpWork {
  @Field(() => ID, { description: 'Task and reason; for `retryWork`.' })
  id!: string;

  @Field(() => String, { description: 'The task, as logs and metrics name it.' })
  task!: string;

  @Field(() => WorkKind, { description: 'What it is for.' })
  kind!: WorkKind;

  @Field(() => String, { description: 'The last error, in the hub’s own words. It names nobody.' })
  why!: string;

  @Field(() => Int, { description: 'Jobs.' })
  count!: number;

  @Field(() => DateTimeISO, { description: 'When the first of them was given up.' })
  firstAt!: Date;

  @Field(() => DateTimeISO, { description: 'When the latest was.' })
  lastAt!: Date;
}

@ObjectType({ description: 'How the search does.' })
export class SearchState {
  @Field(() => String, { description: 'The engine that is asked first: `meilisearch` or `postgresql`.' })
  engine!: string;

  @Field(() => Boolean, { description: 'Whether PostgreSQL stands in because the other engine does not answer.' })
  standingIn!: boolean;

  @Field(() => Int, { description: 'Listings that the other engine has not been told of; 0 where there is none.' })
  waiting!: number;

  @Field(() => Int, { description: 'Entries that can be found: one for each listing at each place.' })
  entries!: number;
}

@ObjectType({ description: 'How the hub does: what an operator looks at when somebody says that something is wrong.' })
export class HubState {
  @Field(() => Int, { description: 'Jobs that run now, in all processes.' })
  running!: number;

  @Field(() => [WaitingWork], { description: 'What waits, the longest wait first.' })
  waiting!: WaitingWork[];

  @Field(() => [GivenUpWork], {
    description: 'What was given up, the latest first, 100 reasons at most. It is kept for 90 days.',
  })
  givenUp!: GivenUpWork[];

  @Field(() => SearchState, { description: 'The search.' })
  search!: SearchState;

  @Field(() => Float, { description: 'Seconds by which live news are late.' })
  liveLagSeconds!: number;

  @Field(() => Boolean, { description: 'Whether this process turned requests away within the last ten seconds.' })
  turnsAway!: boolean;

  @Field(() => Int, {
    description: 'Requests that this process turned away since it started because there were too many.',
  })
  turnedAway!: number;

  @Field(() => Float, { description: 'Milliseconds that the database took to answer just now.' })
  databaseMs!: number;

  @Field(() => DateTimeISO, { description: 'When this was looked at.' })
  at!: Date;
}
