import { load, type HubContext } from '../../access/index.js';
import { Patient } from '../../caseload/index.js';
import { Service, ServiceAtLocation } from '../../directory/index.js';
import { callerName } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { keptText } from '../answered.js';
import { takeHousehold } from '../household/take-household.js';
import { Referral } from '../referral.entity.js';
import { ReferralDraft } from './draft.entity.js';
import type { SaveReferralDraftInput } from './draft.inputs.js';

/** What is kept of a draft; what it is about is checked when it is sent. */
async function contentOf(ctx: HubContext, input: SaveReferralDraftInput, fromOrgId: string) {
  const em = await ctx.db.em();
  const { serviceId, siteId, needIds } = input;
  if (needIds.length > 10) fail.badInput('input.needIds', 'at most 10 needs are expected');
  if (!(await em.findOne(Service, { id: serviceId }))) fail.notFound('Service');
  const site = siteId ? await em.findOne(ServiceAtLocation, { id: siteId, serviceId }) : null;
  // One that is not about this patient is no more known here than one that never was.
  const { followsId = null, patientId } = input;
  const older = followsId && (await em.findOne(Referral, { id: followsId, patientId, fromOrgId }, { fields: ['id'] }));
  if (followsId && !older) fail.badInput('input.followsId', 'a referral of this patient is expected');
  const household = await takeHousehold(ctx, input.patientId, input.household, true);
  return {
    serviceAtLocationId: site?.id ?? null,
    needIds: [...new Set(needIds)],
    share: input.share ? [...input.share] : null,
    household: household.map((one) => ({ ...one })),
    kind: input.kind ?? ('SERVICE' as const),
    priority: input.priority ?? ('ROUTINE' as const),
    request: keptText(input.request, 2000, 'request'),
    followsId: input.followsId ?? null,
    followsHow: input.followsId ? (input.followsHow ?? ('REOPENED' as const)) : null,
  };
}

/** Keeps what somebody has typed so far; the same draft however often it is saved, and from whichever tab. */
export async function saveDraft(ctx: HubContext, input: SaveReferralDraftInput): Promise<ReferralDraft> {
  const patient = await load(ctx, Patient, input.patientId, 'refer');
  const madeBy = ctx.caller?.userId;
  if (!madeBy) return fail.forbidden('A referral is sent by a person.');
  const em = await ctx.db.em();
  // One at a time: two tabs that begin the same draft at once keep one.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `draft|${patient.id}|${input.serviceId}|${madeBy}`,
  ]);
  const content = await contentOf(ctx, input, patient.careOrgId);
  const now = ctx.clock.now();
  const { serviceId } = input;
  const fromOrgId = patient.careOrgId;
  const known = await em.findOne(ReferralDraft, { patientId: patient.id, serviceId, madeBy, fromOrgId });
  if (known && typeof input.expectedVersion === 'number' && input.expectedVersion !== known.version) {
    return refuse('CHANGED_MEANWHILE', 'You went on with this somewhere else. Load it again.', undefined, {
      draft: known,
    });
  }
  const draft = known
    ? Object.assign(known, content, { updatedAt: now })
    : em.create(ReferralDraft, {
        id: newId(),
        fromOrgId,
        patientId: patient.id,
        serviceId,
        ...content,
        madeBy,
        madeByName: await callerName(ctx),
        madeAt: now,
        updatedAt: now,
        version: 1,
      });
  await em.flush();
  auditDraft(ctx, draft, 'referral.draft');
  return draft;
}

/** Throws a draft away. */
export async function discardDraft(ctx: HubContext, id: string): Promise<ReferralDraft> {
  const draft = await load(ctx, ReferralDraft, id, 'update');
  auditDraft(ctx, draft, 'referral.discard-draft');
  const em = await ctx.db.em();
  await em.remove(draft).flush();
  return draft;
}

export function auditDraft(ctx: HubContext, draft: { id: string; patientId: string }, action: string): void {
  const { id, patientId } = draft;
  ctx.audit.record({ action, entity: 'referral_draft', entityId: id, patientId, purpose: 'REFERRAL' });
}
