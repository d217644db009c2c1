import type { ProblemCode } from '../problems.js';

/** What there is to say about a file as such, or about lines of it that are no rows. */
export interface Remark {
  code: ProblemCode;
  line: number;
  message: string;
}

export type Said = (remark: Remark) => void;
