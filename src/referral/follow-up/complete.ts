import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { Patient, personOf } from '../../caseload/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { keptText } from '../answered.js';
import { confirmOutcome } from '../confirm-outcome.js';
import { OffPlatformNeed, OffPlatformReferral } from '../off-platform/off-platform.entity.js';
import { Referral } from '../referral.entity.js';
import { settleNeedsAs } from '../settle-needs-as.js';
import { FollowUp } from './follow-up.entity.js';
import type { AddFollowUpInput, CompleteFollowUpInput, MoveFollowUpInput } from './follow-up.inputs.js';
import { dayFrom, todayOf, workdaysAfter } from './plan.js';

const TRY_AGAIN_WORKDAYS = 2;

function audit(ctx: HubContext, action: string, { id, patientId }: FollowUp): void {
  ctx.audit.record({ action, entity: 'follow_up', entityId: id, patientId });
}

/** Locked, open, and as the caller saw it. */
async function openFollowUp(
  ctx: HubContext,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<FollowUp> {
  const followUp = await load(ctx, FollowUp, id, 'update', { lock: LockMode.PESSIMISTIC_WRITE });
  if (followUp.doneAt) refuse('ALREADY_DONE', 'Someone has done this already.');
  if (expectedVersion && expectedVersion !== followUp.version) fail.conflict();
  return followUp;
}

/** Puts something on somebody's desk. */
export async function addFollowUp(ctx: HubContext, input: AddFollowUpInput): Promise<FollowUp> {
  const note = keptText(input.note, 1000, 'note');
  const patient = await load(ctx, Patient, input.patientId, 'refer');
  const today = await todayOf(ctx, patient.careOrgId);
  const dueOn = dayFrom(today, input.dueOn, 'dueOn');
  const em = await ctx.db.em();
  if (input.referralId) {
    const referral = await load(ctx, Referral, input.referralId, 'send');
    if (referral.patientId !== patient.id) fail.notFound('Referral');
  }
  const me = personOf(ctx);
  const assignedToId = input.assignedToId ?? me;
  if (assignedToId !== me) {
    const [colleague] = await em.execute<object[]>(
      'select 1 from hub.membership where user_id = ? and organization_id = ? and ended_at is null',
      [assignedToId, patient.careOrgId],
    );
    if (!colleague) fail.badInput('input.assignedToId', 'a colleague is expected');
  }
  const made = em.create(FollowUp, {
    id: newId(),
    careOrgId: patient.careOrgId,
    patientId: patient.id,
    referralId: input.referralId ?? null,
    kind: input.kind,
    dueOn,
    assignedToId,
    note,
    madeBy: me,
    madeAt: ctx.clock.now(),
    version: 1,
  });
  await em.flush();
  audit(ctx, 'follow-up.add', made);
  return made;
}

/** Puts it off, or brings it forward. */
export async function moveFollowUp(ctx: HubContext, input: MoveFollowUpInput): Promise<FollowUp> {
  const followUp = await openFollowUp(ctx, input.id, input.expectedVersion);
  followUp.dueOn = dayFrom(await todayOf(ctx, followUp.careOrgId), input.dueOn, 'dueOn');
  await (await ctx.db.em()).flush();
  audit(ctx, 'follow-up.move', followUp);
  return followUp;
}

/** Says what came of it. What the patient says is kept where it belongs: with the referral. */
export async function completeFollowUp(ctx: HubContext, input: CompleteFollowUpInput): Promise<FollowUp> {
  const note = keptText(input.note, 1000, 'note');
  const followUp = await openFollowUp(ctx, input.id, input.expectedVersion);
  audit(ctx, 'follow-up.complete', followUp);
  const { confirmation, needMet } = input;
  if (confirmation && input.result !== 'REACHED') {
    refuse('NOT_REACHED', 'Only somebody who was reached can say whether it helped.', 'confirmation');
  }
  const em = await ctx.db.em();
  followUp.doneAt = ctx.clock.now();
  followUp.doneBy = personOf(ctx);
  followUp.result = input.result;
  followUp.resultNote = note;
  await em.flush();
  if (confirmation && followUp.referralId) {
    await confirmOutcome(ctx, { id: followUp.referralId, confirmation, needMet, note });
  } else if (confirmation && followUp.offPlatformId) {
    await confirmOffPlatform(ctx, followUp.offPlatformId, { confirmation, needMet, note });
  }
  if (input.result === 'NOT_REACHED' && input.againOn !== null) await tryAgain(ctx, followUp, input.againOn);
  return followUp;
}

async function confirmOffPlatform(
  ctx: HubContext,
  id: string,
  { confirmation, needMet, note }: Pick<CompleteFollowUpInput, 'confirmation' | 'needMet'> & { note: string | null },
): Promise<void> {
  const em = await ctx.db.em();
  const referral = await load(ctx, OffPlatformReferral, id, 'update', { lock: LockMode.PESSIMISTIC_WRITE });
  const now = ctx.clock.now();
  referral.patientConfirmation = confirmation;
  referral.patientConfirmedAt = now;
  referral.updatedAt = now;
  await em.flush();
  if (typeof needMet !== 'boolean') return;
  const links = await em.find(OffPlatformNeed, { referralId: id, careOrgId: referral.careOrgId });
  const ids = links.map(({ needId }) => needId);
  await settleNeedsAs(ctx, ids, { met: needMet, besides: id, note });
}

/** Nobody was reached: the same again, some days later. */
async function tryAgain(ctx: HubContext, done: FollowUp, againOn: string | undefined): Promise<void> {
  const em = await ctx.db.em();
  const today = await todayOf(ctx, done.careOrgId);
  const dueOn =
    againOn === undefined
      ? (workdaysAfter(today, TRY_AGAIN_WORKDAYS).toISODate() ?? fail.badInput('input.againOn', 'a day is expected'))
      : dayFrom(today, againOn, 'againOn');
  const { careOrgId, patientId, referralId, offPlatformId, kind, assignedToId, note } = done;
  em.create(FollowUp, {
    id: newId(),
    careOrgId,
    patientId,
    referralId,
    offPlatformId,
    kind,
    assignedToId,
    note,
    dueOn,
    madeBy: personOf(ctx),
    madeAt: ctx.clock.now(),
    version: 1,
  });
  await em.flush();
}
