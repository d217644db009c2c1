import type { HubContext } from '../../access/index.js';
import { readerOf, stopSharing } from '../../caseload/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { defineTask } from '../../platform/jobs/task.js';
import { isTerminal, type Status } from '../machine.js';
import { takeStep } from '../take-step.js';
import { taskRequest } from '../task-request.js';
import { asThemselves, SELF_ORG } from './self-org.js';

interface Row {
  status: Status;
  consent_id: string;
  consent_ended_at: string | null;
}

const OWN = `select status, consent_id, consent_ended_at from hub.referral where id = ? and patient_id = ? and from_org_id = ?`;

/**
 * Somebody takes back what they asked for themselves: sharing ends at once, so an agency that has not answered sees
 * nothing of it any more, and the request itself is withdrawn by the job that follows.
 */
export async function takeBack(ctx: HubContext, referralId: string): Promise<void> {
  const { patientId, careOrgId } = readerOf(ctx);
  const em = await ctx.db.em();
  const [row] = careOrgId === SELF_ORG ? await em.execute<Row[]>(OWN, [referralId, patientId, SELF_ORG]) : [];
  if (!row) return fail.notFound('Referral');
  if (isTerminal(row.status) || row.consent_ended_at) {
    return refuse('ALREADY_DONE', 'This has ended already. Nothing is left to take back.', 'referralId');
  }
  await stopSharing(ctx, row.consent_id);
}

const OPEN = `select id from hub.referral where id = ? and from_org_id = ? and consent_ended_at is not null and consent_decision is null
    and status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')`;

/** Withdraws a request whose consent has ended: behind it stands no care team that could decide. */
export const withdrawSelf = defineTask<{ referralId: string }>(
  'referral.withdraw-self',
  async ({ referralId }, { db, platform }) => {
    const open = await (await db.em()).execute<{ id: string }[]>(OPEN, [referralId, SELF_ORG]);
    await db.end();
    if (open.length === 0) return;
    await asThemselves({ platform, request: taskRequest() }, referralId, (as) =>
      takeStep(as, { id: referralId, reasonCode: 'CONSENT_WITHDRAWN' }, 'CANCELLED', 'cancel'),
    );
  },
);
