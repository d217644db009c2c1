import type { NeedStatus } from '../screening.words.js';

/** The arrows of a need. MET, REFUTED and ENTERED_IN_ERROR end it; what went unmet or was declined may be opened again. */
export const NEED_TRANSITIONS: Record<NeedStatus, readonly NeedStatus[]> = {
  POSSIBLE: ['CONFIRMED', 'DECLINED', 'REFUTED', 'ENTERED_IN_ERROR'],
  CONFIRMED: ['CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED', 'REFUTED', 'ENTERED_IN_ERROR'],
  BEING_ADDRESSED: ['BEING_ADDRESSED', 'CONFIRMED', 'MET', 'UNMET', 'DECLINED', 'ENTERED_IN_ERROR'],
  UNMET: ['CONFIRMED', 'ENTERED_IN_ERROR'],
  DECLINED: ['CONFIRMED', 'REFUTED', 'ENTERED_IN_ERROR'],
  MET: ['ENTERED_IN_ERROR'],
  REFUTED: ['ENTERED_IN_ERROR'],
  ENTERED_IN_ERROR: [],
};

/** Whether a need may go from one status to another. */
export const mayBecome = (from: NeedStatus, to: NeedStatus): boolean => NEED_TRANSITIONS[from].includes(to);

/** A step that the status does not allow. */
export class NeedStepError extends Error {
  constructor(
    readonly from: NeedStatus,
    readonly to: NeedStatus,
  ) {
    super(`A need that is ${from} cannot become ${to}`);
  }
}
