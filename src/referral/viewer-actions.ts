import type { HubContext } from '../access/index.js';
import { consentEndOf } from './consent-end.js';
import { actionsFor, isTerminal } from './machine.js';
import type { Action, AskedBy, Confirmation, ConsentDecision, Side, Status } from './referral.enums.js';

/** Nobody passes on what was taken back or never should have been. */
const OVER: ReadonlySet<Status> = new Set(['DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR']);

/** How its sender goes on with a referral, where nothing has followed it yet. */
function goingOn(status: Status): Action[] {
  if (status === 'DRAFT' || status === 'ENTERED_IN_ERROR') return [];
  return isTerminal(status) ? ['REOPEN', 'TRANSFER'] : ['TRANSFER'];
}

/** The steps that the viewer may take now, from the machine's table and the viewer's permissions. */
export function viewerActions(
  ctx: Pick<HubContext, 'caller' | 'clock'>,
  referral: {
    status: Status;
    patientConfirmation?: Confirmation | null | undefined;
    consentEndedAt?: Date | null | undefined;
    consentUntil?: Date | null | undefined;
    personDiedAt?: Date | null | undefined;
    consentDecision?: ConsentDecision | null | undefined;
    answeredAt?: Date | null | undefined;
    askedBy?: AskedBy | undefined;
  },
  side: Side,
): Action[] {
  const { status, patientConfirmation } = referral;
  const may = ctx.caller?.permissions;
  const consentEnd = consentEndOf(referral, ctx.clock.now());
  const actions: Action[] = [];
  if (may?.has(side === 'REQUESTER' ? 'referral.send' : 'referral.answer')) {
    for (const { verb } of actionsFor(status, side)) {
      // What nobody has accepted is taken back: cancelling would end also what an agency began meanwhile.
      const takesBack = verb === 'CANCEL' && status === 'REQUESTED' && side === 'REQUESTER';
      if (verb !== 'SEND') actions.push(takesBack ? 'RECALL' : verb);
    }
    // Who could not be asked is asked again.
    const toAsk = !patientConfirmation || patientConfirmation === 'COULD_NOT_ASK';
    const helping = status === 'IN_PROGRESS' || (isTerminal(status) && status !== 'ENTERED_IN_ERROR');
    // The family is not asked whether it helped.
    if (side === 'REQUESTER' && toAsk && helping && !referral.personDiedAt) actions.push('CONFIRM_OUTCOME');
    const toDecide = consentEnd && !referral.consentDecision && !isTerminal(status);
    if (side === 'REQUESTER' && toDecide) {
      if (referral.answeredAt) actions.push('KEEP');
      if (!referral.personDiedAt) actions.push('RENEW_CONSENT');
    }
  }
  if (side === 'REQUESTER' && may?.has('referral.send')) {
    // Nothing more is asked for somebody who has died.
    if (!referral.personDiedAt) actions.push(...goingOn(status));
    // Who stopped sharing before an answer is decided on first; behind a person’s own request is no care team.
    const mayBeTold = status !== 'DRAFT' && !isTerminal(status) && referral.askedBy !== 'SELF';
    if (mayBeTold && (referral.answeredAt || !consentEnd)) actions.push('RECORD_ANSWER');
  }
  // Behind a person’s own request nobody reads messages or decides: the agency reaches them as they said.
  const isRead = referral.askedBy !== 'SELF';
  if (isRead && side === 'TARGET' && may?.has('referral.answer') && !OVER.has(status)) actions.push('PROPOSE_TRANSFER');
  // What a sender writes is told to the agency, and after the end of the consent nothing more is.
  const goesOn = Boolean(referral.personDiedAt) && referral.consentDecision === 'KEPT';
  const isTold = side === 'TARGET' || !consentEnd || goesOn;
  if (isRead && isTold && may?.has('referral.message') && status !== 'DRAFT' && status !== 'ENTERED_IN_ERROR') {
    actions.push('MESSAGE');
  }
  return actions;
}
