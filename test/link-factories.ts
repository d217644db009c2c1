import { visitor, type Visitor } from './actors.js';
import type { TestHub } from './hub.js';
import { pair, send, type Pair } from './referral-factories.js';

/** All that the page behind a link asks for. */
export const LINKED = `referral { agency from sentByName service claimableListing status version priority reasonCode reason patientLabel
  shared { key value } categories { code } request notice answers mayCorrect answerDueAt answeredAt closedAt infoAskedAt infoGivenAt
  waitlistPosition waitlistExpectedOn appointmentAt appointmentPlace outcome outcomeNote enrollment
  messages { id body authorName side files { id name } } contacts { how reached note byName } transitions { toStatus side byName } expiresAt }
  userErrors { code message field }`;

/** The token in the last letter to an address. */
export function tokenIn(hub: TestHub, address: string): string {
  const text = hub.mail.to(address).at(-1)?.text ?? '';
  const token = /\/answer#token=([\w-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`No link in the last letter to ${address}: ${text}`);
  return token;
}

let made = 0;

export interface Linked extends Pair {
  id: string;
  token: string;
  /** Where the agency's letters go. */
  email: string;
  visitor: Visitor;
}

/** A referral that was sent to an agency which reads its mail and has no account, and the link of its letter. */
export async function linked(hub: TestHub, given: { like?: Pair; send?: object } = {}): Promise<Linked> {
  const between = given.like ?? (await pair(hub));
  made += 1;
  const email = `desk${made}@agency.example`;
  await hub.sql('update hub.service set referral_email = $1 where id = $2', [email, between.serviceId]);
  // Letters about earlier ones leave first: the last letter to this address is about this one.
  await hub.runJobs();
  const id = await send(between, { ...given.send });
  await hub.runJobs();
  return { ...between, id, email, token: tokenIn(hub, email), visitor: await visitor(hub) };
}

/** One thing done by a link: what the page then shows, and why it was refused. */
export async function byLink(
  who: Visitor,
  mutation: 'open' | 'answer' | 'message' | 'correct',
  input: object,
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they asked for
): Promise<{ referral: any; refused: string[] }> {
  const name = `${mutation}ReferralByLink`;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${LINKED} } }`;
  const payload = (await who.gql(document, { input }))[name];
  return { referral: payload.referral, refused: payload.userErrors.map((error: { code: string }) => error.code) };
}
