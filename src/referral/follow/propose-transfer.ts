import type { HubContext } from '../../access/index.js';
import { Service } from '../../directory/index.js';
import { callerName, Organization } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { tellBothSides } from '../announce.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import type { Status } from '../machine.js';
import type { Referral } from '../referral.entity.js';
import { demandVersion, lockReferral, refuseAsItStands } from '../take-step.js';
import type { DeclineTransferInput, ProposeTransferInput } from './follow.inputs.js';
import { ReferralTransfer } from './transfer.entity.js';

const NOT_ANY_MORE: ReadonlySet<Status> = new Set(['DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR']);

async function namedService(ctx: HubContext, referral: Referral, id: string): Promise<Service> {
  const em = await ctx.db.em();
  const service = (await em.findOne(Service, { id })) ?? fail.notFound('Service');
  const to = await em.findOneOrFail(Organization, { id: service.organizationId });
  if (service.status !== 'active' || to.retiredAt || !service.takesReferrals) {
    refuse('SERVICE_TAKES_NO_REFERRALS', 'This service takes no referrals now. Name another one.', 'serviceId');
  }
  if (service.id === referral.serviceId) {
    refuse('SAME_SERVICE', 'This service has it already. Choose another one.', 'serviceId');
  }
  return service;
}

/** The proposal that the sender has to decide on; null without one. */
export async function openProposal(ctx: HubContext, referralId: string): Promise<ReferralTransfer | null> {
  return (await ctx.db.em()).findOne(ReferralTransfer, { referralId, settled: null });
}

/** What was taken back or was a mistake, or was asked by the person themselves, is nobody's to pass on. */
export const mayPropose = ({ status, askedBy }: Pick<Referral, 'status' | 'askedBy'>): boolean =>
  askedBy !== 'SELF' && !NOT_ANY_MORE.has(status);

/**
 * The agency names a service that fits better. It tells nobody there anything: the sender decides, and sends only where
 * a consent of the person covers it.
 */
export async function proposeTransfer(ctx: HubContext, input: ProposeTransferInput): Promise<Referral> {
  const note = keptText(input.note, 1000, 'note');
  const referral = await lockReferral(ctx, input.id, 'answer');
  auditReferral(ctx, referral, 'referral.propose-transfer');
  demandVersion(referral, input.expectedVersion);
  if (NOT_ANY_MORE.has(referral.status)) {
    refuseAsItStands(referral, 'FINISHED', 'This referral is finished and cannot change.');
  }
  if (referral.askedBy === 'SELF') {
    refuseAsItStands(referral, 'NO_MESSAGES', 'Nobody reads messages on this referral.');
  }
  const service = await namedService(ctx, referral, input.serviceId);
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const before = await openProposal(ctx, referral.id);
  if (before) Object.assign(before, { settled: 'REPLACED', settledAt: now });
  await em.flush();
  const { id: referralId, fromOrgId, toOrgId } = referral;
  em.create(ReferralTransfer, {
    id: newId(),
    referralId,
    fromOrgId,
    toOrgId,
    serviceId: service.id,
    note,
    proposedBy: ctx.caller?.userId ?? null,
    proposedByName: await callerName(ctx),
    proposedAt: now,
  });
  await em.flush();
  await tellBothSides(em, referral);
  await emit(em, 'referral.told', { referralId, what: 'TRANSFER' });
  return referral;
}

/** The sender does not take a proposal up; the referral stays where it is. */
export async function declineTransfer(ctx: HubContext, input: DeclineTransferInput): Promise<Referral> {
  const referral = await lockReferral(ctx, input.id, 'send');
  auditReferral(ctx, referral, 'referral.decline-transfer');
  const em = await ctx.db.em();
  const open = await openProposal(ctx, referral.id);
  if (!open) return refuseAsItStands(referral, 'ALREADY_DONE', 'Someone has done this already.');
  Object.assign(open, { settled: 'LEFT', settledAt: ctx.clock.now() });
  await em.flush();
  await tellBothSides(em, referral);
  return referral;
}
