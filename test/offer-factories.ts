import { newId } from '../src/platform/id.js';
import { agencyStaff, type Actor } from './actors.js';
import type { TestHub } from './hub.js';
import { pair, service, type Pair } from './referral-factories.js';

const OFFER = `id kind status sendOn closedAt targets { position state skippedFor chosenByHub to { id } service { id }
  referral { id status reasonCode } }`;
export const SEND_OFFER = `mutation ($input: OfferReferralInput!) { offerReferral(input: $input) { offer { ${OFFER} } userErrors { code message field } } }`;
export const STOP_OFFER = `mutation ($input: StopReferralOfferInput!) { stopReferralOffer(input: $input) { offer { ${OFFER} } userErrors { code } } }`;
export const READ_OFFER = `query ($id: ID!) { referralOffer(id: $id) { ${OFFER} } }`;
export const MONDAY = '2026-11-16T15:00:00Z';

export interface Agency {
  actor: Actor;
  serviceId: string;
}

/** A sender with a patient, and three agencies that may be asked for the same at once. */
export interface Offers {
  between: Pair;
  agencies: Agency[];
}

/** A service that is for everybody and has room. */
const OPEN = {
  eligibility_rules: JSON.stringify([{ kind: 'EVERYONE' }]),
  capacity_status: 'CAPACITY',
  capacity_updated_at: MONDAY,
};

export async function agency(hub: TestHub, given: Record<string, unknown> = {}): Promise<Agency> {
  const actor = await agencyStaff(hub);
  return { actor, serviceId: await service(hub, actor.organization.id, { ...OPEN, ...given }) };
}

export async function offers(hub: TestHub): Promise<Offers> {
  hub.clock.set(MONDAY);
  return { between: await pair(hub), agencies: [await agency(hub), await agency(hub), await agency(hub)] };
}

export const offerInput = ({ between, agencies }: Offers, kind: string, given: object = {}) => ({
  patientId: between.patientId,
  needIds: [between.needId],
  targets: agencies.map(({ serviceId }) => ({ serviceId })),
  kind,
  idempotencyKey: newId(),
  ...given,
});

export const askAll = async (of: Offers, kind: string, given: object = {}) =>
  (await of.between.sender.gql(SEND_OFFER, { input: offerInput(of, kind, given) })).offerReferral;

export async function offered(of: Offers, kind: string, given: object = {}) {
  const { offer, userErrors } = await askAll(of, kind, given);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return offer;
}

export const readOffer = async (of: Offers, id: string) =>
  (await of.between.sender.gql(READ_OFFER, { id })).referralOffer;

/** How each agency stands: its referral's status, or why it was not asked. */
export const statesOf = async (of: Offers, id: string): Promise<string[]> =>
  (await readOffer(of, id)).targets.map(
    (one: { state: string; skippedFor: string | null; referral: { status: string } | null }) =>
      one.referral?.status ?? one.skippedFor ?? one.state,
  );

export const referralOf = (offer: { targets: { referral: { id: string } | null }[] }, at: number) =>
  offer.targets[at]?.referral?.id ?? '';

export const agencyAt = ({ agencies, between }: Offers, at: number): Actor => agencies[at]?.actor ?? between.agency;
