import { newId } from '../src/platform/id.js';
import { agencyStaff, careManager, type Actor } from './actors.js';
import { consent, need, patient } from './caseload-factories.js';
import { insert, next, type Ground } from './factories.js';
import type { TestHub } from './hub.js';

/** Rows by column name, on top of what a factory makes up. */
type Columns = Record<string, unknown>;

/** A service of an agency that takes referrals, about food unless told otherwise; returns the id. */
export async function service(hub: Ground, organizationId: string, given: Columns = {}): Promise<string> {
  const id = newId();
  const now = hub.clock.now();
  await insert(hub, 'service', {
    id,
    organization_id: organizationId,
    name: `Pantry ${next()}`,
    categories: ['food-insecurity'],
    takes_referrals: true,
    last_modified: now,
    created_at: now,
    updated_at: now,
    ...given,
  });
  return id;
}

/** A care manager with a patient who wants help with food and agreed to sharing, and an agency that gives food. */
export interface Pair {
  sender: Actor;
  agency: Actor;
  owner: { organizationId: string };
  patientId: string;
  needId: string;
  consentId: string;
  serviceId: string;
}

/** Makes a pair in two new organizations, or about a new patient of those of another pair. */
export async function pair(
  hub: TestHub,
  like: Partial<Pick<Pair, 'sender' | 'agency' | 'serviceId'>> = {},
): Promise<Pair> {
  const sender = like.sender ?? (await careManager(hub));
  const agency = like.agency ?? (await agencyStaff(hub));
  const owner = { organizationId: sender.organization.id };
  const patientId = await patient(hub, owner, { phone: '+14105550123', zip: '21201' });
  return {
    sender,
    agency,
    owner,
    patientId,
    needId: await need(hub, owner, patientId),
    consentId: await consent(hub, owner, patientId, { recorded_by: sender.user.id }),
    serviceId: like.serviceId ?? (await service(hub, agency.organization.id)),
  };
}

export const SEND = `mutation ($input: SendReferralInput!) { sendReferral(input: $input) {
  referral { id status version } userErrors { code message field } } }`;

/** What `sendReferral` takes for a pair, with a key of its own. */
export function sendInput({ patientId, serviceId, needId }: Pair, given: Columns = {}): Columns {
  return { patientId, serviceId, needIds: [needId], idempotencyKey: newId(), ...given };
}

/** Sends the referral of a pair through the API; returns its id. */
export async function send(between: Pair, given: Columns = {}): Promise<string> {
  const { sendReferral } = await between.sender.gql(SEND, { input: sendInput(between, given) });
  if (sendReferral.userErrors.length > 0) throw new Error(JSON.stringify(sendReferral.userErrors));
  return sendReferral.referral.id;
}

/** What is wrong with sending it so. */
export const refusals = async (between: Pair, given: Columns = {}) =>
  (await between.sender.gql(SEND, { input: sendInput(between, given) })).sendReferral.userErrors;

/** What sending wrote about the person of a pair. */
export async function rowsAbout(hub: TestHub, { patientId }: Pair) {
  const [counts] = await hub.sql(
    `select (select count(*)::int from hub.referral where patient_id = $1) as referrals,
       (select count(*)::int from hub.disclosure where patient_id = $1) as disclosures,
       (select count(*)::int from hub.need where patient_id = $1 and status = 'BEING_ADDRESSED') as addressed`,
    [patientId],
  );
  return counts;
}

/** A mutation over one referral: `step('acceptReferral')` as a document that answers with where it stands. */
export const step = (mutation: string): string => {
  const input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${mutation}(input: $input) {
    referral { id status version reasonCode reason viewerActions } userErrors { code message field } } }`;
};

export interface StepAnswer {
  referral: { id: string; status: string; version: number; reasonCode: string | null; viewerActions: string[] } | null;
  /** The codes of what was refused. */
  refused: string[];
}

/** Takes one step as somebody; says where the referral stands after, or why the step was refused. */
export async function take(actor: Actor, mutation: string, id: string, input: object = {}): Promise<StepAnswer> {
  const answer = (await actor.gql(step(mutation), { input: { id, ...input } }))[mutation];
  return { referral: answer.referral, refused: answer.userErrors.map((error: { code: string }) => error.code) };
}

export const MESSAGE = `mutation ($input: SendReferralMessageInput!) { sendReferralMessage(input: $input) {
  message { id body authorName side mine authorOrganization { name } } referral { id } userErrors { code field } } }`;
