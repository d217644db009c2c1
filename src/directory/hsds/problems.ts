import type { EntityName } from './model.js';

/** ERROR: the row was left out. WARNING: the row came in, something about it is worth a look. */
export type Severity = 'ERROR' | 'WARNING';

/** Something wrong with a row of a package, said so that the one who keeps the file knows what to change. */
export interface Problem {
  severity: Severity;
  code: ProblemCode;
  /** File in the package; '' when it concerns the package as a whole. */
  file: string;
  /** Line where the row begins, counted from 1; absent for a whole file. */
  line?: number | undefined;
  entity?: EntityName | undefined;
  /** The row's id as the source has it. */
  sourceId?: string | undefined;
  field?: string | undefined;
  /** What the row is called. */
  subject?: string | undefined;
  /** The source's id of the service that the row is or hangs on. */
  serviceKey?: string | undefined;
  message: string;
}

export type ProblemCode =
  | 'BAD_COORDINATES'
  | 'BAD_DATE'
  | 'BAD_EMAIL'
  | 'BAD_NUMBER'
  | 'BAD_PHONE'
  | 'BAD_TIME'
  | 'BAD_URL'
  | 'CONFIDENTIAL_PLACE'
  | 'COORDINATES_FAR'
  | 'COORDINATES_REPAIRED'
  | 'COLUMN_NOT_READ'
  | 'DEPENDANTS_LOST'
  | 'DUPLICATE_ID'
  | 'EMPTY_REQUIRED'
  | 'EXTRA_CELLS'
  | 'FILE_NOT_READ'
  | 'GONE_FROM_SOURCE'
  | 'HEADER_FOUND'
  | 'HOURS_AS_TEXT'
  | 'ID_TAKEN'
  | 'KEPT_BY_CURATOR'
  | 'MISSING_CELLS'
  | 'MISSING_PARENT'
  | 'NO_HOURS'
  | 'NOT_A_ROW'
  | 'NOT_UTF8'
  | 'NO_LINKS'
  | 'ORPHAN'
  | 'PARENT_REJECTED'
  | 'PLACE_MISMATCH'
  | 'PRIVATE_NUMBER'
  | 'REPEATED'
  | 'REPAIRED'
  | 'SEVERAL_VALUES'
  | 'TOO_LONG'
  | 'UNKNOWN_VALUE'
  | 'UNREADABLE_ROW';

/** A package that as a whole cannot be imported; the message is one sentence for the one who started the import. */
export class UnreadablePackage extends Error {}
