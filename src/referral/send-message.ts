import { LockMode } from '@mikro-orm/postgresql';
import type { HubContext } from '../access/index.js';
import { Consent } from '../caseload/index.js';
import { callerName, type StoredFile } from '../identity/index.js';
import { emit } from '../platform/events.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { tellBothSides } from './announce.js';
import { keptText } from './answered.js';
import { auditReferral } from './audit-referral.js';
import { resumeClocks } from './clock/keep-clocks.js';
import type { Referral } from './referral.entity.js';
import { keepFiles, takeFiles } from './file/referral-file.js';
import { noteDisclosure } from './note-disclosure.js';
import { ReferralMessage } from './referral-history.entity.js';
import { refuseAsItStands, sideOf } from './take-step.js';

const LIMIT = 4000;

/**
 * What a sender writes is told to another organization: it needs the consent as much as the referral did. Locked, so that
 * the person cannot be told that sharing has stopped while this is still on its way.
 */
async function demandConsent(ctx: HubContext, referral: Referral): Promise<void> {
  const lock = { lockMode: LockMode.PESSIMISTIC_READ, refresh: true } as const;
  const consent = await (await ctx.db.em()).findOne(Consent, { id: referral.consentId }, lock);
  if (consent?.effectiveAt(ctx.clock.now())) return;
  refuseAsItStands(
    referral,
    'CONSENT_ENDED',
    'The consent has ended, so nothing more may be shared. Ask the patient again, or cancel the referral.',
  );
}

interface Given {
  /** The input that is named for what is wrong with the text; `body` when left out. */
  field?: string;
  id?: string | undefined;
  /** False where another letter tells of it. */
  letter?: boolean;
  /** Files that were sent for it. */
  fileIds?: readonly string[] | null | undefined;
  /** Files that lie with something else already, which the caller has looked at. */
  papers?: readonly StoredFile[];
}

/** Writes a message to the other side and tells it so. What the sender writes answers what the agency asked. */
export async function addMessage(
  ctx: HubContext,
  referral: Referral,
  text: string,
  { field = 'body', id = newId(), letter = true, fileIds, papers = [] }: Given = {},
): Promise<ReferralMessage> {
  const { caller } = ctx;
  if (!caller) return fail.unauthenticated();
  auditReferral(ctx, referral, 'referral.message');
  const words = keptText(text, LIMIT, field);
  if (words === null && !fileIds?.length && papers.length === 0) refuse('REQUIRED', 'Write something first.', field);
  const side = sideOf(ctx, referral);
  if (referral.askedBy === 'SELF' || referral.status === 'DRAFT' || referral.status === 'ENTERED_IN_ERROR') {
    refuseAsItStands(referral, 'NO_MESSAGES', 'Nobody reads messages on this referral.');
  }
  if (side === 'REQUESTER') await demandConsent(ctx, referral);
  const files = [...papers, ...(await takeFiles(ctx, fileIds ?? []))];
  // Papers without a word are called by their names.
  const body = words ?? files.map(({ name }) => name).join(', ');
  const em = await ctx.db.em();
  const message = em.create(ReferralMessage, {
    id,
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    authorOrgId: caller.organizationId,
    authorUserId: caller.userId,
    authorName: await callerName(ctx),
    body,
    at: ctx.clock.now(),
  });
  const told = files.length > 0 ? ['message', 'document'] : ['message'];
  if (side === 'REQUESTER') await noteDisclosure(ctx, referral, told);
  if (side === 'REQUESTER' && referral.infoAskedAt) {
    referral.infoGivenAt ??= ctx.clock.now();
    await resumeClocks(em, referral, ctx.clock.now());
  }
  await em.flush();
  await keepFiles(ctx, message, files);
  await tellBothSides(em, referral);
  if (letter) await emit(em, 'referral.message', { referralId: referral.id, side, documents: files.length > 0 });
  return message;
}
