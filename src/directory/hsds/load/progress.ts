import type { EntityName } from '../model.js';

/** How far an import is: rows read so far, then the table that is being brought up to date. */
export interface Progress {
  step: 'READING' | 'WRITING';
  rows: number;
  entity?: EntityName;
}

export type OnProgress = (progress: Progress) => void;
