import type { HubContext } from '../../access/index.js';
import { consentById } from '../../caseload/index.js';
import { baseUrlOf } from '../../identity/index.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import { sendEach } from '../../platform/mail/once.js';
import { stableId } from '../../platform/id.js';
import { tellBothSides } from '../announce.js';
import { auditReferral } from '../audit-referral.js';
import { aboutStep, readNotice, textNotice } from '../notices.js';
import type { Referral } from '../referral.entity.js';
import { lockReferral, refuseAsItStands } from '../take-step.js';
import { ensureLink } from './ensure-link.js';

/** A letter to an agency that nobody asked for twice: so long after the last link a new one is made. */
const AGAIN_MS = 10 * 60_000;

/** The letter with a new link, in place of one that was lost, went to the wrong person or ran out. */
export const sendNewLink = defineTask<{ referralId: string }>(
  'referral.new-link',
  async ({ referralId }, { db, platform }) => {
    const words = aboutStep('REQUESTED', 'REQUESTER');
    const link = await db.write((em) => ensureLink(em, platform, referralId, true));
    if (!words || !link) return;
    const letter = await readNotice(await db.em(), referralId, words, baseUrlOf(platform.config), link);
    const [chosen] = await (
      await db.em()
    ).execute<{ phone: string | null }[]>(
      `select n.text_phone as phone from hub.referral r join hub.agency_notices n on n.organization_id = r.to_org_id where r.id = ?`,
      [referralId],
    );
    await db.end();
    // A job that waits for a mail server is asked for anew with the link: then it is another letter.
    const id = stableId('new link', link.id);
    const to = chosen?.phone;
    await sendEach([
      ...(letter ? [() => platform.mail.send({ ...letter, id })] : []),
      ...(to ? [() => platform.texts.send({ ...textNotice(link.url), to, id })] : []),
    ]);
  },
);

async function revoke(ctx: HubContext, referral: Referral): Promise<void> {
  const em = await ctx.db.em();
  await em.execute('update hub.referral_link set revoked_at = ? where referral_id = ? and revoked_at is null', [
    ctx.clock.now().toISOString(),
    referral.id,
  ]);
  await tellBothSides(em, referral);
}

/** Takes back the link of a referral: from this moment on it opens nothing, and no later letter holds another. */
export async function withdrawLink(ctx: HubContext, id: string): Promise<Referral> {
  const referral = await lockReferral(ctx, id, 'send');
  auditReferral(ctx, referral, 'referral.link-withdraw');
  await revoke(ctx, referral);
  return referral;
}

/** A new link in place of the last one. */
export async function renewLink(ctx: HubContext, id: string): Promise<Referral> {
  const referral = await lockReferral(ctx, id, 'send');
  auditReferral(ctx, referral, 'referral.link-renew');
  if (referral.closedAt || referral.status === 'DRAFT') {
    refuseAsItStands(referral, 'FINISHED', 'This referral is finished and cannot change.');
  }
  const consent = await consentById(ctx, referral.consentId);
  if (!consent?.effectiveAt(ctx.clock.now()) && referral.consentDecision !== 'KEPT') {
    refuseAsItStands(
      referral,
      'CONSENT_ENDED',
      'The consent has ended, so nothing more may be shared. Ask the patient again, or cancel the referral.',
    );
  }
  const [last] = await ctx.db.query<{ at: string }>(
    'select max(created_at) as at from hub.referral_link where referral_id = $1 and from_org_id = $2',
    [id, referral.fromOrgId],
  );
  const since = last?.at ? ctx.clock.now().getTime() - new Date(last.at).getTime() : Infinity;
  if (since < AGAIN_MS) {
    refuseAsItStands(referral, 'TOO_SOON', 'A letter with a link left a few minutes ago. Give it a moment.');
  }
  await revoke(ctx, referral);
  await enqueue(await ctx.db.em(), sendNewLink, { referralId: id }, { jobKey: `new link ${id}` });
  return referral;
}
