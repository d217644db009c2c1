import { permissionsOf, type HubContext } from '../../access/index.js';
import { colleagueById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { tellBothSides } from '../announce.js';
import { auditReferral } from '../audit-referral.js';
import type { Referral } from '../referral.entity.js';
import { lockReferral } from '../take-step.js';
import { ReferralWatcher } from './watcher.entity.js';

const MOST = 10;

/** Colleagues who may see the patient and the referral by themselves: a copy shows nobody anything new. */
async function mayWatch(ctx: HubContext, userId: string): Promise<void> {
  const colleague = await colleagueById(ctx, userId);
  const may = permissionsOf(colleague?.roles ?? []);
  if (may.has('patient.read') && may.has('referral.read')) return;
  refuse('MAY_NOT_SEE', 'Choose a colleague who may see this patient.', 'userIds');
}

/** Adds colleagues who follow a referral; those who follow it already stay. */
export async function addWatchers(ctx: HubContext, referral: Referral, userIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return;
  if (wanted.length > MOST) fail.badInput('input.userIds', `at most ${MOST} colleagues are expected`);
  for (const id of wanted) await mayWatch(ctx, id);
  const em = await ctx.db.em();
  const { id: referralId, fromOrgId } = referral;
  const known = new Set((await em.find(ReferralWatcher, { referralId, fromOrgId })).map((one) => one.userId));
  const fresh = wanted.filter((id) => !known.has(id));
  if (known.size + fresh.length > MOST) {
    refuse('TOO_MANY', `At most ${MOST} colleagues can follow a referral.`, 'userIds');
  }
  const [addedBy, addedAt] = [ctx.caller?.userId ?? null, ctx.clock.now()];
  for (const userId of fresh) em.create(ReferralWatcher, { referralId, userId, fromOrgId, addedBy, addedAt });
  await em.flush();
}

/** Copies a referral that was sent to colleagues. */
export async function copyReferral(ctx: HubContext, id: string, userIds: readonly string[]): Promise<Referral> {
  const referral = await lockReferral(ctx, id, 'send');
  auditReferral(ctx, referral, 'referral.copy');
  await addWatchers(ctx, referral, userIds);
  await tellBothSides(await ctx.db.em(), referral);
  return referral;
}

/** Somebody follows a referral no longer: themselves, or whoever else sends there decided so. */
export async function uncopyReferral(ctx: HubContext, id: string, userId: string): Promise<Referral> {
  const referral = await lockReferral(ctx, id, 'send');
  auditReferral(ctx, referral, 'referral.uncopy');
  const em = await ctx.db.em();
  const watcher = await em.findOne(ReferralWatcher, { referralId: id, userId, fromOrgId: referral.fromOrgId });
  if (watcher) await em.remove(watcher).flush();
  await tellBothSides(em, referral);
  return referral;
}
