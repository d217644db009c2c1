import type { EntityName } from './model.js';
import type { Problem, ProblemCode, Severity } from './problems.js';

/** Where a row stands in the package. */
export interface Place {
  file: string;
  line: number;
}

/** A row under HSDS names with its texts as the source wrote them. Links hold the source's id of the other row. */
export interface RawRow extends Place {
  entity: EntityName;
  /** The source's id; '' when it gives none. */
  key: string;
  values: Record<string, string | undefined>;
  /** May come several times without being a mistake, such as the organization inside each of its services. */
  shared?: boolean;
  /** Written by a hub's own export: its values stand as they are. */
  exact?: boolean;
  /** What a backup says beside HSDS, under the names of its columns. */
  beside?: Readonly<Record<string, unknown>>;
}

export type Value = string | number | boolean | string[] | null;

/** A row of HSDS 3.1.3 as the hub keeps it: typed, checked, its links the hub's ids. */
export interface HsdsRow extends Place {
  entity: EntityName;
  id: string;
  /** The source's id, or one derived from the row's content. */
  sourceKey: string;
  values: Record<string, Value>;
}

/** What became of a line of a file, or of an object of a JSON document. */
export type Outcome = 'imported' | 'rejected' | 'duplicate' | 'skipped';

/** How many lines a file had and what became of them: `read` is the sum of the other four. */
export type FileCounts = Record<Outcome | 'read', number>;

/** What reading a package gives, one after another. */
export type ImportItem =
  | { kind: 'row'; row: HsdsRow }
  | { kind: 'problem'; problem: Problem }
  /** A row with this id is in the package but cannot be used: what an earlier import made of it stays. */
  | { kind: 'left-out'; entity: EntityName; id: string }
  /** A place whose source does not tell where it is. */
  | { kind: 'secret-place'; id: string }
  /** What a backup says of a row beside HSDS. */
  | { kind: 'beside'; entity: EntityName; id: string; values: Record<string, unknown> }
  /** A link to a row of the same table turned out to lead nowhere: the column must be emptied. */
  | { kind: 'unlink'; entity: EntityName; id: string; column: string };

/** Says what is wrong with a field of the row at hand. */
export type Complain = (severity: Severity, code: ProblemCode, field: string | undefined, message: string) => void;
