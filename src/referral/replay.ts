import { FIRST_STATUSES, transition, type Side, type Status } from './machine.js';
import type { Reason } from './reasons.js';

/** One line of a referral's history; `from` is null on the first. */
export interface Recorded {
  from: Status | null;
  to: Status;
  side: Side;
  reason?: Reason | null;
}

/** Replays a history from its start: the status it leads to, or null when it could not have happened. */
export function replay(history: readonly Recorded[]): Status | null {
  let status: Status | null = null;
  for (const line of history) {
    if (line.from !== status) return null;
    const begins: boolean =
      status === null && FIRST_STATUSES.some((first) => first === line.to) && line.side === 'REQUESTER';
    if (status === null ? !begins : !transition(status, line.to, line.side, line.reason).ok) return null;
    status = line.to;
  }
  return status;
}
