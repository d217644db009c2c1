import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const ImportStatus = { RUNNING: 'RUNNING', DONE: 'DONE', FAILED: 'FAILED' } as const;
export type ImportStatus = keyof typeof ImportStatus;
registerEnumType(ImportStatus, { name: 'ImportStatus', description: 'How far an import is.' });

export const ProblemSeverity = { ERROR: 'ERROR', WARNING: 'WARNING' } as const;
export type ProblemSeverity = keyof typeof ProblemSeverity;
registerEnumType(ProblemSeverity, {
  name: 'ProblemSeverity',
  description: 'How bad a problem of an import is.',
  valuesConfig: {
    ERROR: { description: 'The row was left out.' },
    WARNING: { description: 'The row was taken, changed or in part.' },
  },
});

@ObjectType({ description: 'What became of the rows of one table.' })
export class ImportCount {
  @Field(() => String, { description: 'The table, as HSDS calls it.' })
  entity!: string;

  @Field(() => Int, { description: 'Rows read.' })
  read!: number;

  @Field(() => Int, { description: 'New ones.' })
  created!: number;

  @Field(() => Int, { description: 'Changed ones.' })
  updated!: number;

  @Field(() => Int, { description: 'Those that were the same.' })
  unchanged!: number;

  @Field(() => Int, { description: 'Those that were left out.' })
  rejected!: number;
}

@ObjectType({ description: 'How often a problem was met.' })
export class ProblemKind {
  @Field(() => String, { description: 'A stable code.' })
  code!: string;

  @Field(() => ProblemSeverity, { description: 'How bad it is.' })
  severity!: ProblemSeverity;

  @Field(() => Int, { description: 'How often.' })
  count!: number;
}

@ObjectType({ description: 'Something that was wrong with a row of an import.' })
export class ImportProblem {
  @Field(() => ID, { description: 'A number within the hub.' })
  id!: string;

  @Field(() => ProblemSeverity, { description: 'How bad it is.' })
  severity!: ProblemSeverity;

  @Field(() => String, { description: 'A stable code.' })
  code!: string;

  @Field(() => String, { description: 'The file.' })
  file!: string;

  @Field(() => Int, { nullable: true, description: 'The line, counted from 1.' })
  line!: number | null;

  @Field(() => String, { nullable: true, description: 'The table, as HSDS calls it.' })
  entity!: string | null;

  @Field(() => String, { nullable: true, description: 'The column.' })
  field!: string | null;

  @Field(() => String, { description: 'What is wrong, in one sentence.' })
  message!: string;
}

@ObjectType({ description: 'One import of a directory.' })
export class ImportRun {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'Where the listings come from.' })
  source!: string;

  @Field(() => String, { description: 'How they were written, such as `hsds-3`.' })
  format!: string;

  @Field(() => Boolean, { description: 'Whether it was only tried.' })
  dryRun!: boolean;

  @Field(() => ImportStatus, { description: 'How far it is.' })
  status!: ImportStatus;

  @Field(() => DateTimeISO, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;

  @Field(() => [ImportCount], { description: 'What became of the rows, table by table.' })
  counts!: ImportCount[];

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  message!: string | null;
}

export const ImportRunConnection = connectionOf(ImportRun);
export const ImportProblemConnection = connectionOf(ImportProblem);
