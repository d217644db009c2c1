import { LockMode } from '@mikro-orm/postgresql';
import { languageOf, type HubContext } from '../../access/index.js';
import type { Referral } from '../referral.entity.js';
import { isTerminal } from '../machine.js';
import { lockReferral, takeStep } from '../take-step.js';
import { judge } from './guards.js';
import { askedAlready, nextAgencies } from './next-agencies.js';
import { OfferTarget, ReferralOffer } from './offer.entity.js';
import { inputOf, sendTo } from './offer-referral.js';

/** So many agencies the hub chooses by itself. */
const MOST_BY_ITSELF = 3;

/** The offer of a referral, locked behind it: whoever accepts takes the two in the same order. */
async function locked(
  ctx: HubContext,
  referralId: string,
): Promise<{ referral: Referral; offer: ReferralOffer } | null> {
  const referral = await lockReferral(ctx, referralId, 'send');
  if (!referral.offerId) return null;
  const em = await ctx.db.em();
  const offer = await em.findOne(
    ReferralOffer,
    { id: referral.offerId, fromOrgId: referral.fromOrgId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  return offer && { referral, offer };
}

const targetsOf = async (ctx: HubContext, { id, fromOrgId }: ReferralOffer): Promise<OfferTarget[]> =>
  (await ctx.db.em()).find(OfferTarget, { offerId: id, fromOrgId }, { orderBy: { position: 'asc' } });

function close(ctx: HubContext, offer: ReferralOffer, status: 'STOPPED' | 'EXHAUSTED'): void {
  Object.assign(offer, { status, closedAt: ctx.clock.now() });
}

/** Whether any agency of the offer has been asked and has not ended it. */
async function isUnderWay(ctx: HubContext, offer: ReferralOffer): Promise<boolean> {
  const em = await ctx.db.em();
  const [row] = await em.execute<{ under_way: boolean }[]>(
    `select exists (select from hub.referral where offer_id = ? and from_org_id = ?
       and status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')) as under_way`,
    [offer.id, offer.fromOrgId],
  );
  return row?.under_way ?? false;
}

/** The next agency that may be asked now, by the order of the sender; those that may not are left out with the reason. */
async function nextTarget(ctx: HubContext, offer: ReferralOffer, targets: readonly OfferTarget[]) {
  const asked = await askedAlready(ctx, offer.needIds);
  for (const target of targets.filter(({ state }) => state === 'WAITING')) {
    const { serviceId, serviceAtLocationId: siteId = null } = target;
    const { skip } = await judge(ctx, inputOf(offer, { serviceId, siteId }, offer.id), 'locked');
    const reason = asked.has(target.toOrgId) ? 'ASKED_ALREADY' : skip;
    if (!reason) return target;
    Object.assign(target, { state: 'SKIPPED', skippedFor: reason, at: ctx.clock.now() });
  }
  const byItself = targets.filter(({ chosenBy }) => chosenBy === 'HUB').length;
  return offer.sendOn && byItself < MOST_BY_ITSELF ? bestOf(ctx, offer, targets, asked) : null;
}

/** The agency that fits best, when the sender allowed to go on without asking. */
async function bestOf(
  ctx: HubContext,
  offer: ReferralOffer,
  targets: readonly OfferTarget[],
  asked: ReadonlySet<string>,
) {
  const { id: offerId, fromOrgId, patientId, needIds, share } = offer;
  const em = await ctx.db.em();
  const rows = await em.execute<{ category: string }[]>(
    'select distinct category from hub.need where id = any (?::uuid[]) and care_org_id = ?',
    [`{${needIds.join()}}`, fromOrgId],
  );
  const categories = rows.map((row) => row.category);
  const except = new Set([...asked, ...targets.map((target) => target.toOrgId)]);
  // What the sender chose first says best what is wanted.
  const [first] = targets;
  if (!first) return null;
  const wanted = { serviceId: first.serviceId, request: offer.request ?? null };
  const about = { patientId, needIds, share, categories, asked: wanted, except };
  const { candidates } = await nextAgencies(ctx, about, 10);
  const best = candidates.find(({ skip }) => skip === null);
  if (!best?.prepared) return null;
  return em.create(OfferTarget, {
    offerId,
    position: targets.length + 1,
    fromOrgId,
    toOrgId: best.prepared.to.id,
    serviceId: best.serviceId,
    serviceAtLocationId: null,
    state: 'WAITING',
    chosenBy: 'HUB',
  });
}

/**
 * Goes on with an offer after an agency has declined, could not help or did not answer. Everything is looked at again at
 * this moment; where nobody may be asked without a person deciding, an agency that is silent keeps the referral.
 */
export async function goOn(ctx: HubContext, referralId: string): Promise<void> {
  const found = await locked(ctx, referralId);
  if (!found) return;
  const { referral, offer } = found;
  const silent = referral.status === 'REQUESTED' && Boolean(referral.stalledAt) && !referral.clockPausedAt;
  if (!silent && !isTerminal(referral.status)) return;
  // It was taken by this agency, which then could not help: the others are asked after all.
  if (
    offer.kind === 'CASCADE' &&
    offer.status === 'TAKEN' &&
    offer.takenBy === referral.id &&
    referral.status === 'FAILED'
  ) {
    Object.assign(offer, { status: 'OPEN', takenBy: null, closedAt: null });
  }
  if (offer.status !== 'OPEN') return;
  if (!silent && (await isUnderWay(ctx, offer))) return;
  if (offer.kind === 'GROUP') return silent ? undefined : close(ctx, offer, 'EXHAUSTED');
  const target = await nextTarget(ctx, offer, await targetsOf(ctx, offer));
  if (!target) return close(ctx, offer, 'EXHAUSTED');
  if (silent) await takeStep(ctx, { id: referral.id, reasonCode: 'NO_ANSWER' }, 'CANCELLED', 'cancel');
  await sendTo(ctx, offer, target);
}

/** Withdraws what other agencies were asked, kindly, once one of them has accepted. */
export async function withdrawOthers(ctx: HubContext, referralId: string): Promise<void> {
  const em = await ctx.db.em();
  const rows = await em.execute<{ id: string }[]>(
    `select o.id from hub.referral t join hub.referral_offer f on f.id = t.offer_id and f.taken_by = t.id
       join hub.referral o on o.offer_id = f.id and o.id <> t.id
     where t.id = ? and t.from_org_id = ? and o.from_org_id = t.from_org_id and o.status = 'REQUESTED' order by o.id`,
    [referralId, ctx.caller?.organizationId ?? null],
  );
  for (const { id } of rows) {
    const other = await lockReferral(ctx, id, 'cancel');
    if (other.status !== 'REQUESTED') continue;
    await takeStep(ctx, { id, reasonCode: 'ACCEPTED_ELSEWHERE' }, 'CANCELLED', 'cancel');
  }
}

/** Stops an offer: nobody else is asked, and what was not answered is withdrawn. */
export async function stopOffer(ctx: HubContext, offer: ReferralOffer): Promise<void> {
  const em = await ctx.db.em();
  const rows = await em.execute<{ id: string }[]>(
    `select id from hub.referral where offer_id = ? and from_org_id = ? and status = 'REQUESTED' order by id`,
    [offer.id, offer.fromOrgId],
  );
  // First the referrals and then the offer, as whoever accepts takes them.
  const open = [];
  for (const { id } of rows) open.push(await lockReferral(ctx, id, 'cancel'));
  await em.refresh(offer, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (offer.status !== 'OPEN') return;
  close(ctx, offer, 'STOPPED');
  for (const { id, status } of open) {
    if (status === 'REQUESTED') {
      await takeStep(ctx, { id, reasonCode: 'OTHER', reason: STOPPED[languageOf(ctx)] }, 'CANCELLED', 'cancel');
    }
  }
}

const STOPPED = { en: 'The care team stopped asking.', es: 'El equipo de atención dejó de preguntar.' } as const;
