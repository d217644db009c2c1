import { Extensions, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const ImportStatus = { WAITING: 'WAITING', RUNNING: 'RUNNING', DONE: 'DONE', FAILED: 'FAILED' } as const;
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

  @Field(() => Int, { description: 'Details that the source no longer has; listings are never removed.' })
  removed!: number;

  @Field(() => Int, { description: 'Those that stood in the file before.' })
  duplicate!: number;

  @Field(() => Int, {
    description: 'Rows that say nothing, such as hours without any, or whose id belongs to another source.',
  })
  skipped!: number;
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

  @Field(() => String, { nullable: true, description: 'What the file calls the row, as far as it does.' })
  name!: string | null;

  /** The listing that the row is or hangs on, whether it came in or not. */
  serviceId!: string | null;

  @Field(() => String, { description: 'What is wrong, in one sentence.' })
  message!: string;
}

export const ImportStep = { READING: 'READING', WRITING: 'WRITING' } as const;
export type ImportStep = keyof typeof ImportStep;
registerEnumType(ImportStep, {
  name: 'ImportStep',
  description: 'What an import is doing.',
  valuesConfig: {
    READING: { description: 'The file is read and checked.' },
    WRITING: { description: 'The directory is brought up to date, in one transaction.' },
  },
});

@ObjectType({ description: 'A file that was sent to be imported.' })
export class ImportUpload {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;
}

@ObjectType({ description: 'How far an import is.' })
export class ImportProgress {
  @Field(() => ImportStep, { description: 'What it is doing.' })
  step!: ImportStep;

  @Field(() => Int, { description: 'Rows that were read so far.' })
  rows!: number;

  @Field(() => String, { nullable: true, description: 'The table that is being written, as HSDS calls it.' })
  entity!: string | null;
}

@ObjectType({ description: 'A column of a plain table and what it is read as.' })
export class ImportColumn {
  @Field(() => String, { nullable: true, description: 'The table it stands in, when several came together.' })
  table?: string | null;

  @Field(() => String, { description: 'The column’s header, in lower case.' })
  column!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'An HSDS table and field such as `address.city`; `row.id` for the row’s own id, `row.service` and the like for the id of what it belongs to; null when the column is left out.',
  })
  target!: string | null;
}

@InputType({ description: 'A column of a plain table and what it is to be read as.' })
export class ImportColumnInput {
  @Field(() => String, {
    nullable: true,
    description: 'The table it stands in, when several came together. At most 200 characters.',
  })
  @Extensions({ bound: 200 })
  table?: string | null;

  @Field(() => String, { description: 'The column’s header. At most 200 characters.' })
  @Extensions({ bound: 200 })
  column!: string;

  @Field(() => String, {
    nullable: true,
    description: 'One of `importColumnTargets`; null leaves the column out. At most 60 characters.',
  })
  target!: string | null;
}

@InputType({ description: 'A file to be tried.' })
export class TryImportInput {
  @Field(() => ID, { description: 'The file’s id, as it was sent to `PUT /imports/files/{id}`.' })
  uploadId!: string;

  @Field(() => String, {
    description:
      'Where the listings come from; the same words each time, for rows are found again by it. At most 200 characters.',
  })
  source!: string;

  @Field(() => [ImportColumnInput], {
    nullable: true,
    description:
      'How the columns of plain tables are read; left out: as last time, else as the headers tell. At most 600.',
  })
  @Extensions({ bound: 600 })
  columns?: ImportColumnInput[] | null;
}

@InputType({ description: 'A trial to be imported.' })
export class ConfirmImportInput {
  @Field(() => ID, { description: 'The trial run.' })
  runId!: string;
}

@ObjectType({ description: 'Where listings come from.' })
export class ImportSource {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;
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

  @Field(() => String, { nullable: true, description: 'The file’s name; null for a run from the command line.' })
  fileName!: string | null;

  @Field(() => ImportUpload, {
    nullable: true,
    description: 'The file, for another trial; null when it is no longer here.',
  })
  upload!: ImportUpload | null;

  @Field(() => ImportProgress, { nullable: true, description: 'How far it is while it runs.' })
  progress!: ImportProgress | null;

  @Field(() => [ImportColumn], {
    nullable: true,
    description: 'How the columns of a plain table were read; null for a package whose shape is known.',
  })
  columns!: ImportColumn[] | null;

  @Field(() => Boolean, { description: 'Whether it is a trial that can be imported now.' })
  canBeConfirmed!: boolean;

  @Field(() => ID, { nullable: true, description: 'The import that was made of this trial.' })
  importedAs!: string | null;
}

export const ImportRunConnection = connectionOf(ImportRun);
export const ImportProblemConnection = connectionOf(ImportProblem);
