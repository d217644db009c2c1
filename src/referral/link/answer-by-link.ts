import type { HubContext } from '../../access/index.js';
import { asLink, callerName } from '../../identity/index.js';
import { Refusal, refuse } from '../../platform/graphql/refusal.js';
import { answerReferral } from '../answer/answer-referral.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import { clockOfService } from '../clock/times-of-service.js';
import { openProposal, proposeTransfer } from '../follow/propose-transfer.js';
import { markSeen } from '../mark-seen.js';
import { contradict } from '../phone/contradict.js';
import { Referral } from '../referral.entity.js';
import { addMessage } from '../send-message.js';
import { lockReferral } from '../take-step.js';
import { actAsLink, enterByLink, holderOf, linkEnded, type Link } from './link.js';
import type {
  AnswerReferralByLinkInput,
  ContradictPhoneAnswerByLinkInput,
  CorrectReferralByLinkInput,
  MessageReferralByLinkInput,
  ProposeTransferByLinkInput,
} from './link.inputs.js';
import type { LinkedReferral } from './linked-referral.js';
import { mayCorrect, showLinked } from './show-linked.js';

const nameOf = (name: string | null | undefined): string | null => keptText(name, 100, 'name');

/** What a link answers with after something was done, or refused with the referral as it stands. */
async function shownAfter(
  ctx: HubContext,
  link: Link,
  work: (agency: HubContext) => Promise<Referral>,
  name: string | null,
): Promise<LinkedReferral> {
  try {
    const holder = holderOf(ctx, link, name);
    return await actAsLink(ctx, holder, async (agency) => showLinked(agency, link, await work(agency)));
  } catch (error) {
    if (!(error instanceof Refusal) || !error.answer['referral']) throw error;
    // Whoever comes second sees what the first one did, unless the link died with it.
    const now = await asLink(ctx, holderOf(ctx, link), (agency) => standing(agency, link));
    throw new Refusal(error.code, error.message, error.field, { referral: now });
  }
}

async function standing(agency: HubContext, link: Link): Promise<LinkedReferral | null> {
  const found = await (await agency.db.em()).findOne(Referral, link.referralId);
  return found && showLinked(agency, link, found);
}

/** Opens a referral by its link: from now on the sender knows that somebody has looked. */
export async function openByLink(ctx: HubContext, token: string): Promise<LinkedReferral> {
  const link = (await enterByLink(ctx, token)) ?? linkEnded();
  return shownAfter(ctx, link, async (agency) => open(agency, link), null);
}

async function open(agency: HubContext, link: Link): Promise<Referral> {
  const referral = await markSeen(agency, link.referralId);
  await note(agency, link, 'opened_at');
  return referral;
}

async function note(agency: HubContext, link: Link, column: 'opened_at' | 'answered_at'): Promise<void> {
  await agency.db.query(
    `update hub.referral_link set ${column} = coalesce(${column}, $2::timestamptz) where id = $1::uuid`,
    [link.id, agency.clock.now().toISOString()],
  );
}

/** One answer by a link. What was sent before under the same id is not done again. */
export async function answerByLink(ctx: HubContext, input: AnswerReferralByLinkInput): Promise<LinkedReferral> {
  const link = (await enterByLink(ctx, input.token)) ?? linkEnded();
  const at = { id: link.referralId, expectedVersion: input.expectedVersion };
  return shownAfter(
    ctx,
    link,
    async (agency) => {
      const { referral: locked, before } = await said(agency, link, input.id, 'answer');
      if (before) return locked;
      const referral = await answerReferral(agency, { ...at, locked }, input, input.id);
      await note(agency, link, 'answered_at');
      return referral;
    },
    nameOf(input.name),
  );
}

/** That something was written down wrongly. Said again, it is answered with how it stands. */
export async function contradictByLink(
  ctx: HubContext,
  input: ContradictPhoneAnswerByLinkInput,
): Promise<LinkedReferral> {
  const link = (await enterByLink(ctx, input.token)) ?? linkEnded();
  return shownAfter(
    ctx,
    link,
    async (agency) => {
      const locked = await lockReferral(agency, link.referralId, 'answer');
      return contradict(agency, { id: input.answerId, words: input.words }, locked);
    },
    nameOf(input.name),
  );
}

/** A message by a link, once for its id. */
export async function messageByLink(ctx: HubContext, input: MessageReferralByLinkInput): Promise<LinkedReferral> {
  const link = (await enterByLink(ctx, input.token)) ?? linkEnded();
  return shownAfter(
    ctx,
    link,
    (agency) => write(agency, link, input.id, input.body, input.fileIds),
    nameOf(input.name),
  );
}

async function write(
  agency: HubContext,
  link: Link,
  id: string,
  body: string,
  fileIds?: readonly string[] | null,
): Promise<Referral> {
  const { referral, before } = await said(agency, link, id, 'message');
  if (before) return referral;
  await addMessage(agency, referral, body, { id, fileIds });
  return referral;
}

const SAID = 'select id from hub.referral_message where id = $1::uuid and referral_id = $2::uuid';

/**
 * The referral, locked so that of two at once one sees the other, and whether a message with this id stands there
 * already. What an answer needs next is read along with that.
 */
async function said(agency: HubContext, link: Link, id: string, action: 'answer' | 'message') {
  const referral = await lockReferral(agency, link.referralId, action);
  const [known] = await Promise.all([
    agency.db.gather<{ id: string }>(SAID, [id, link.referralId]),
    callerName(agency),
    action === 'answer' && clockOfService(agency, referral.serviceId),
  ]);
  const before = known.length > 0;
  if (before) auditReferral(agency, referral, 'referral.read');
  return { referral, before };
}

/**
 * "Not us, but they do this": a word to the sender, who decides and asks the person. Nobody there is told anything by it.
 * The same service named twice is one proposal.
 */
export async function proposeByLink(ctx: HubContext, input: ProposeTransferByLinkInput): Promise<LinkedReferral> {
  const link = (await enterByLink(ctx, input.token)) ?? linkEnded();
  const { serviceId, note: why } = input;
  return shownAfter(
    ctx,
    link,
    async (agency) => {
      const referral = await lockReferral(agency, link.referralId, 'answer');
      const open = await openProposal(agency, referral.id);
      if (open?.serviceId !== serviceId) {
        return proposeTransfer(agency, { id: referral.id, serviceId, note: why ?? null });
      }
      auditReferral(agency, referral, 'referral.read');
      return referral;
    },
    nameOf(input.name),
  );
}

const SLIP = {
  en: 'We tapped the wrong answer. Please look at this again.',
  es: 'Tocamos la respuesta equivocada. Por favor, revise esto otra vez.',
} as const;

/**
 * "I tapped the wrong one": an end is an end, since the sender may have acted on it; but the sender is told at once, and
 * opens it again or sends it anew.
 */
export async function correctByLink(ctx: HubContext, input: CorrectReferralByLinkInput): Promise<LinkedReferral> {
  const link = (await enterByLink(ctx, input.token)) ?? linkEnded();
  const words = keptText(input.words, 1000, 'words');
  return shownAfter(
    ctx,
    link,
    async (agency) => {
      const referral = await lockReferral(agency, link.referralId, 'message');
      if (!mayCorrect(referral, agency.clock.now())) {
        return refuse('TOO_LATE', 'Write a message to the sender instead.', undefined, { referral });
      }
      return write(agency, link, input.id, [SLIP[agency.language], words].filter(Boolean).join(' '));
    },
    nameOf(input.name),
  );
}
