import { LockMode } from '@mikro-orm/postgresql';
import { languageOf, load, type HubContext } from '../../access/index.js';
import { callerName } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { reopenNeeds } from '../../screening/index.js';
import { keptText } from '../answered.js';
import { endFollowUps } from '../follow-up/plan.js';
import { needsUnderWay } from '../needs-under-way.js';
import { endsWithoutHelp, isOpenOffPlatform, OFF_PLATFORM_STEPS, reasonProblem } from './machine.js';
import { OffPlatformNeed, OffPlatformReferral, OffPlatformStep } from './off-platform.entity.js';
import type { UpdateOffPlatformReferralInput } from './off-platform.inputs.js';

/** Adds a line to the history of what is known. */
export async function keepStep(ctx: HubContext, referral: OffPlatformReferral): Promise<void> {
  const em = await ctx.db.em();
  em.create(OffPlatformStep, {
    id: newId(),
    referralId: referral.id,
    careOrgId: referral.careOrgId,
    status: referral.status,
    reasonCode: referral.reasonCode ?? null,
    note: referral.note ?? null,
    byUserId: ctx.caller?.userId ?? null,
    byName: await callerName(ctx),
    at: ctx.clock.now(),
  });
  await em.flush();
}

/** Needs whose last way to help has ended without it wait for help again. */
export async function reopenWhereNothingIsUnderWay(ctx: HubContext, referral: OffPlatformReferral): Promise<void> {
  if (!endsWithoutHelp(referral.status)) return;
  const em = await ctx.db.em();
  const links = await em.find(OffPlatformNeed, { referralId: referral.id, careOrgId: referral.careOrgId });
  const ids = links.map(({ needId }) => needId);
  const busy = await needsUnderWay(em, ids, referral.id);
  await reopenNeeds(
    em,
    ids.filter((id) => !busy.has(id)),
    ctx.clock.now(),
  );
}

/** Writes down what became known since. */
export async function updateOffPlatform(
  ctx: HubContext,
  input: UpdateOffPlatformReferralInput,
): Promise<OffPlatformReferral> {
  const note = keptText(input.note, 1000, 'note');
  const referral = await load(ctx, OffPlatformReferral, input.id, 'update', { lock: LockMode.PESSIMISTIC_WRITE });
  ctx.audit.record({
    action: 'off-platform.update',
    entity: 'off_platform_referral',
    entityId: referral.id,
    patientId: referral.patientId,
    purpose: 'REFERRAL',
  });
  if (input.expectedVersion && input.expectedVersion !== referral.version) fail.conflict();
  const { status } = input;
  if (!OFF_PLATFORM_STEPS[referral.status].includes(status)) {
    refuse('NOT_FROM_HERE', 'This has moved on, so this step is not possible. Load it again to see where it stands.');
  }
  const reasonCode = input.reasonCode ?? null;
  const problem = reasonProblem(status, reasonCode, note);
  if (problem) refuse('REASON_REQUIRED', problem[languageOf(ctx)], 'reasonCode');
  const now = ctx.clock.now();
  referral.status = status;
  referral.reasonCode = reasonCode;
  referral.note = note;
  referral.updatedAt = now;
  if (status !== 'ENTERED_IN_ERROR') referral.answeredAt ??= now;
  if (!isOpenOffPlatform(status)) referral.closedAt = now;
  await (await ctx.db.em()).flush();
  await keepStep(ctx, referral);
  await endFollowUps(ctx, referral);
  await reopenWhereNothingIsUnderWay(ctx, referral);
  return referral;
}
