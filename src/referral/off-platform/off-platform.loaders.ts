import { byId, manyBy, where } from '../../access/index.js';
import { FollowUp } from '../follow-up/follow-up.entity.js';
import { OffPlatformNeed, OffPlatformReferral, OffPlatformStep } from './off-platform.entity.js';

const owner = (ctx: { caller: { organizationId: string } | null }): string => ctx.caller?.organizationId ?? '';

export const offPlatformById = byId<OffPlatformReferral>(async (ctx, ids) =>
  (await ctx.db.em()).find(OffPlatformReferral, {
    $and: [{ id: { $in: [...ids] } }, where(ctx, OffPlatformReferral)],
  }),
);

/** Help outside the hub that was asked for a patient, the latest first. */
export const offPlatformOfPatient = manyBy<OffPlatformReferral>(
  async (ctx, patientIds) => {
    const found = await (
      await ctx.db.em()
    ).find(
      OffPlatformReferral,
      { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, OffPlatformReferral)] },
      { orderBy: { madeAt: 'desc', id: 'desc' } },
    );
    const [patientId] = patientIds.length === 1 ? patientIds : [];
    const detail = { count: found.length };
    ctx.audit.record({ action: 'off-platform.list', patientId, entity: 'off_platform_referral', detail });
    return found;
  },
  (row) => row.patientId,
);

export const stepsOf = manyBy<OffPlatformStep>(
  async (ctx, ids) =>
    (await ctx.db.em()).find(
      OffPlatformStep,
      { referralId: { $in: [...ids] }, careOrgId: owner(ctx) },
      { orderBy: { at: 'asc', id: 'asc' } },
    ),
  (row) => row.referralId,
);

export const needIdsOfOffPlatform = manyBy<OffPlatformNeed>(
  async (ctx, ids) =>
    (await ctx.db.em()).find(OffPlatformNeed, { referralId: { $in: [...ids] }, careOrgId: owner(ctx) }),
  (row) => row.referralId,
);

/** What is to be done about a patient, and was: open ones first, each by day. */
export const followUpsOfPatient = manyBy<FollowUp>(
  async (ctx, patientIds) => {
    const rows = await (
      await ctx.db.em()
    ).find(
      FollowUp,
      { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, FollowUp)] },
      { orderBy: { dueOn: 'asc', id: 'asc' } },
    );
    return rows.toSorted((one, other) => Number(Boolean(one.doneAt)) - Number(Boolean(other.doneAt)));
  },
  (row) => row.patientId,
);
