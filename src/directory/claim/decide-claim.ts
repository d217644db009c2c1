import { LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { load, type HubContext } from '../../access/index.js';
import { inviteClaimant, organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import { loadListing, recordChanges } from '../curation/change-listing.js';
import { textOf } from '../curation/check-input.js';
import { ListingClaim } from './claim.entity.js';
import type { ApproveClaimInput, RejectClaimInput } from './claim.inputs.js';

async function openClaim(ctx: HubContext, id: string, expectedVersion: number): Promise<ListingClaim> {
  const claim = await load(ctx, ListingClaim, id, 'decide', { lock: LockMode.PESSIMISTIC_WRITE, what: 'Claim' });
  if (claim.status !== 'OPEN') refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  if (claim.version !== expectedVersion) fail.conflict();
  return claim;
}

/**
 * Hands a listing over. An agency with an account here gets the listing; somebody without one is invited to run the
 * listed agency. Something must speak for them: the domain of their mail, our letter, or a call to the listed number.
 */
export async function approveClaim(ctx: HubContext, input: ApproveClaimInput): Promise<string> {
  const claim = await openClaim(ctx, input.id, input.expectedVersion);
  const callbackNote = textOf(input.callbackNote, 'callbackNote', 1000);
  if (claim.matches.length === 0 && callbackNote === null) {
    refuse('EVIDENCE_REQUIRED', 'Call the listed number first, and write down who answered.', 'callbackNote');
  }
  const em = await ctx.db.em();
  const userId = ctx.caller?.userId ?? refuse('PERSON_REQUIRED', 'A person has to approve this, not a program.');
  Object.assign(claim, { status: 'APPROVED', callbackNote, decidedAt: ctx.clock.now(), decidedBy: userId });
  if (claim.claimantOrgId) await handOver(ctx, claim, claim.claimantOrgId);
  await em.flush();
  if (!claim.claimantOrgId) await enqueue(em, sendClaimInvitation, { claimId: claim.id });
  return claim.id;
}

async function handOver(ctx: HubContext, claim: ListingClaim, organizationId: string): Promise<void> {
  const service = await loadListing(ctx, claim.serviceId, 'correct');
  const [from, to] = [await organizationById(ctx, service.organizationId), await organizationById(ctx, organizationId)];
  service.organizationId = organizationId;
  const change = { field: 'organization_id', previous: from?.name ?? '', replacement: to?.name ?? '' };
  await recordChanges(ctx, service, 'update', [change]);
  const db = (await ctx.db.em()).getKysely<unknown>();
  await sql`update hub.suggestion set organization_id = ${organizationId}::uuid where service_id = ${service.id}::uuid`.execute(
    db,
  );
  await sql`update hub.organization set claimed_at = coalesce(claimed_at, ${ctx.clock.now().toISOString()}::timestamptz)
    where id = ${organizationId}::uuid`.execute(db);
}

/** Invites whoever claimed a listing without an account to run its agency here. */
export const sendClaimInvitation = defineTask<{ claimId: string }>(
  'directory.claim-invitation',
  async ({ claimId }, { db, platform }) => {
    await db.write(async (em) => {
      const claim = await em.findOne(ListingClaim, claimId);
      if (claim?.status !== 'APPROVED' || !claim.decidedBy) return;
      await inviteClaimant(em, platform, {
        // The claim's own id, so that a job that runs twice invites once.
        id: claim.id,
        organizationId: claim.organizationId,
        email: claim.email,
        invitedBy: claim.decidedBy,
      });
    });
  },
);

export async function rejectClaim(ctx: HubContext, input: RejectClaimInput): Promise<string> {
  const claim = await openClaim(ctx, input.id, input.expectedVersion);
  const decisionNote = textOf(input.note, 'note', 1000);
  Object.assign(claim, {
    status: 'REJECTED',
    decisionNote,
    decidedAt: ctx.clock.now(),
    decidedBy: ctx.caller?.userId ?? null,
  });
  await (await ctx.db.em()).flush();
  return claim.id;
}
