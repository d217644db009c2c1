import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const ConflictDecision = { KEEP_OURS: 'KEEP_OURS', TAKE_THEIRS: 'TAKE_THEIRS' } as const;
export type ConflictDecision = keyof typeof ConflictDecision;
registerEnumType(ConflictDecision, {
  name: 'ConflictDecision',
  description: 'Who is right.',
  valuesConfig: {
    KEEP_OURS: { description: 'What stands here. It is not asked again until the source says something else.' },
    TAKE_THEIRS: { description: 'What the source says. It keeps the field up to date from then on.' },
  },
});

@ObjectType({ description: 'A field that somebody here has set and the source has otherwise.' })
export class ImportConflict {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'Where the listing comes from.' })
  source!: string;

  @Field(() => String, { description: 'The table, as HSDS calls it.' })
  entity!: string;

  @Field(() => String, { nullable: true, description: 'What the listing is called.' })
  name!: string | null;

  serviceId!: string | null;

  @Field(() => String, { description: 'The field, as HSDS calls it, or a list such as `phones`.' })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the source says; null when nothing. Lists with a line for each.',
  })
  theirs!: string | null;

  @Field(() => String, { nullable: true, description: 'What stands here.' })
  ours!: string | null;

  @Field(() => Boolean, { description: 'Whether the agency itself set it, rather than a curator.' })
  setByAgency!: boolean;

  @Field(() => DateTimeISO, { description: 'When an import met it first.' })
  notedAt!: Date;
}

@InputType({ description: 'Decides who is right about a field.' })
export class SettleImportConflictInput {
  @Field(() => ID, { description: 'The conflict.' })
  id!: string;

  @Field(() => ConflictDecision, { description: 'Who is right.' })
  decision!: ConflictDecision;
}

@InputType({ description: 'Takes back what was decided about a field.' })
export class UndoImportConflictInput {
  @Field(() => ID, { description: 'The conflict.' })
  id!: string;
}

@ObjectType({ description: 'What waits for a decision after imports.' })
export class ImportDecisions {
  @Field(() => Int, { description: 'Fields in which a source and we differ.' })
  conflicts!: number;

  @Field(() => Int, { description: 'Listings that their source no longer has.' })
  proposals!: number;
}

export const ImportConflictConnection = connectionOf(ImportConflict);
