import type { EntityManager } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { Service } from '../../directory/index.js';
import { callerName } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse, Refusal } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import { sendReferral } from '../send-referral.js';
import { OfferTarget, ReferralOffer } from './offer.entity.js';
import type { OfferReferralInput, OfferTargetInput } from './offer.inputs.js';

const MOST = 8;

/** The services asked for, each of an agency of its own. */
async function servicesOf(ctx: HubContext, input: OfferReferralInput): Promise<Service[]> {
  const { targets, kind } = input;
  const least = kind === 'GROUP' ? 2 : 1;
  if (targets.length < least || targets.length > MOST) {
    fail.badInput('input.targets', `${least} to ${MOST} services are expected`);
  }
  const em = await ctx.db.em();
  const ids = targets.map((target) => target.serviceId);
  const found = new Map((await em.find(Service, { id: { $in: ids } })).map((service) => [service.id, service]));
  const services = ids.map((id) => found.get(id) ?? fail.notFound('Service'));
  if (new Set(services.map((service) => service.organizationId)).size < services.length) {
    refuse('SAME_AGENCY', 'Choose one service of each agency.', 'targets');
  }
  return services;
}

/** What is sent to one agency of an offer. */
export function inputOf(offer: ReferralOffer, target: { serviceId: string; siteId: string | null }, key: string) {
  const { patientId, needIds, share, priority, request, household } = offer;
  return { patientId, needIds, share, priority, request: request ?? null, household, idempotencyKey: key, ...target };
}

/** Sends to one agency of an offer and writes down that it was asked. */
export async function sendTo(ctx: HubContext, offer: ReferralOffer, target: OfferTarget): Promise<void> {
  const { serviceId, serviceAtLocationId } = target;
  const input = inputOf(offer, { serviceId, siteId: serviceAtLocationId ?? null }, offer.id);
  const referral = await sendReferral(ctx, input, offer.id);
  Object.assign(target, { state: 'SENT', skippedFor: null, referralId: referral.id, at: ctx.clock.now() });
  auditReferral(ctx, referral, 'referral.offer');
  await (await ctx.db.em()).flush();
}

/** Asks several agencies: all of them at once, or the first one now. Nothing is sent unless all that is to be sent may be. */
export async function offerReferral(ctx: HubContext, input: OfferReferralInput): Promise<ReferralOffer> {
  const { caller } = ctx;
  if (!caller?.userId) return fail.forbidden('A referral is sent by a person.');
  const services = await servicesOf(ctx, input);
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const offer = em.create(ReferralOffer, {
    id: newId(),
    fromOrgId: caller.organizationId,
    patientId: input.patientId,
    kind: input.kind,
    status: 'OPEN',
    needIds: [...new Set(input.needIds)],
    share: input.share ?? [],
    household: (input.household ?? []).map((one) => ({ ...one })),
    priority: input.priority ?? 'ROUTINE',
    request: keptText(input.request, 2000, 'request'),
    sendOn: input.kind === 'CASCADE' && (input.sendOn ?? false),
    sentBy: caller.userId,
    sentByName: await callerName(ctx),
    createdAt: now,
    version: 1,
  });
  await em.flush();
  const targets = input.targets.map((target, index) => targetOf(em, offer, services[index], target, index + 1));
  await em.flush();
  const asked = input.kind === 'GROUP' ? targets : targets.slice(0, 1);
  for (const target of asked) {
    await sendTo(ctx, offer, target).catch((error: unknown) => {
      const name = services[target.position - 1]?.name ?? '';
      // Of several it must be said which one stood in the way.
      if (error instanceof Refusal && asked.length > 1) {
        return refuse(error.code, `${name}: ${error.message}`, 'targets');
      }
      throw error;
    });
  }
  return offer;
}

function targetOf(
  em: EntityManager,
  offer: ReferralOffer,
  service: Service | undefined,
  { serviceId, siteId }: OfferTargetInput,
  position: number,
): OfferTarget {
  if (!service) return fail.notFound('Service');
  return em.create(OfferTarget, {
    offerId: offer.id,
    position,
    fromOrgId: offer.fromOrgId,
    toOrgId: service.organizationId,
    serviceId,
    serviceAtLocationId: siteId ?? null,
    state: 'WAITING',
    chosenBy: 'SENDER',
  });
}
