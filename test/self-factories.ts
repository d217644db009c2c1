import { newId } from '../src/platform/id.js';
import { anonymous, visitor, type Visitor } from './actors.js';
import type { TestHub } from './hub.js';

const BEGIN = `mutation ($input: BeginSelfReferralInput!) { beginSelfReferral(input: $input) { ticket userErrors { code field } } }`;
const TEXT = `query ($input: SelfStatementInput!) { selfReferralStatement(input: $input) { text version } }`;
const SEND = `mutation ($input: SendSelfReferralInput!) { sendSelfReferral(input: $input) { sent url answerDueAt userErrors { code field } } }`;
const OPEN = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { state token } } }`;

export interface Asking {
  serviceId: string;
  way?: 'EMAIL' | 'TEXT' | 'CALL';
  address?: string;
  categories?: string[];
}

/** Everything that somebody does who asks a service for themselves, from the first field to "They have it". */
export async function askSelf(hub: TestHub, asking: Asking, given: object = {}) {
  const { serviceId, way = 'EMAIL', address = `${newId()}@example.org`, categories = ['food-insecurity'] } = asking;
  const person = await anonymous(hub);
  const begun = (await person.gql(BEGIN, { input: { serviceId, way, address } })).beginSelfReferral;
  if (begun.userErrors.length > 0) return { address, sent: null, url: null, userErrors: begun.userErrors };
  await hub.runJobs();
  const [texted] = await hub.sql(
    'select body from hub.text_outbox where recipient = $1 order by created_at desc limit 1',
    [address],
  );
  const sentTo = way === 'TEXT' ? String(texted?.['body']) : hub.mail.to(address).at(-1)?.text;
  const about = { serviceId, givenName: 'Ana', familyName: 'R', categories };
  const { version } = (await person.gql(TEXT, { input: about })).selfReferralStatement;
  const input = {
    ...about,
    ticket: begun.ticket,
    code: /^\d{6}/.exec(sentTo ?? '')?.[0] ?? null,
    statementVersion: version,
    hours: 'ANY',
    ...given,
  };
  const answer = (await person.gql(SEND, { input })).sendSelfReferral;
  const again = async () => (await person.gql(SEND, { input })).sendSelfReferral;
  return { address, again, ...answer };
}

/** The person's own page, opened by the address that was shown to them or stood in a letter. */
export async function selfPage(hub: TestHub, url: string): Promise<Visitor> {
  const token = /\/my-help#token=([\w-]{43})/.exec(url)?.[1] ?? '';
  await hub.sql('delete from hub.rate_limit');
  const opened = (await (await visitor(hub)).gql(OPEN, { input: { token } })).openMyHelp.page;
  return visitor(hub, opened.token);
}
