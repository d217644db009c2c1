import type { HubContext } from '../access/context.js';
import { actionsFor, isTerminal } from './machine.js';
import type { Action, Side, Status } from './referral.enums.js';

const ACTION_OF: Readonly<Partial<Record<Status, Action>>> = {
  ACCEPTED: 'ACCEPT',
  REJECTED: 'DECLINE',
  IN_PROGRESS: 'START',
  ON_HOLD: 'HOLD',
  COMPLETED: 'COMPLETE',
  FAILED: 'FAIL',
  CANCELLED: 'CANCEL',
  ENTERED_IN_ERROR: 'WITHDRAW_IN_ERROR',
};

/** The steps that the viewer may take now, from the machine's table and the viewer's permissions. */
export function viewerActions(
  ctx: Pick<HubContext, 'caller'>,
  referral: { status: Status; patientConfirmation?: unknown },
  side: Side,
): Action[] {
  const may = ctx.caller?.permissions;
  const actions: Action[] = [];
  if (may?.has(side === 'REQUESTER' ? 'referral.send' : 'referral.answer')) {
    for (const { to } of actionsFor(referral.status, side)) {
      const action = ACTION_OF[to];
      if (action) actions.push(action);
    }
    const asked = referral.patientConfirmation != null;
    const ended = isTerminal(referral.status) && referral.status !== 'ENTERED_IN_ERROR';
    if (side === 'REQUESTER' && !asked && (ended || referral.status === 'IN_PROGRESS')) actions.push('CONFIRM_OUTCOME');
  }
  if (may?.has('referral.message') && referral.status !== 'ENTERED_IN_ERROR') actions.push('MESSAGE');
  return actions;
}
