import { buildSchema, isInputObjectType, isNonNullType, type GraphQLField, type GraphQLInputType } from 'graphql';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import { addressOf, careSupervisor, curator, visitor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { linked, LINKED } from '../link-factories.js';
import { step } from '../referral-factories.js';

/*
 * Every kind of secret that the hub gives somebody, at the door of every other kind: each opens its own and nothing else. Doors
 * are all root fields of the schema that take a token, so that one which comes later is tried too.
 */
const MAKE_PAGE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }`;
const OPEN_PAGE = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { token } userErrors { code } } }`;
const START = `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening { id } } }`;
const QUESTIONS = `mutation ($input: SendScreeningLinkInput!) { sendScreeningLink(input: $input) { link } }`;
const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { code } } }`;
const RESET = `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }`;
const CHECK = `mutation ($input: RequestVerificationInput!) { requestVerification(input: $input) { userErrors { code } } }`;

let hub: TestHub;
const tokens: Record<string, string> = {};
let doors: { kind: 'query' | 'mutation'; field: GraphQLField<unknown, unknown> }[];

beforeAll(async () => {
  hub = await testHub({ now: new Date(), env: { TRUST_PROXY: 'loopback' } });
  const at = await linked(hub);
  const { sender, patientId, serviceId } = at;
  const behind = (text: string | undefined): string => /#token=([\w-]+)/.exec(text ?? '')?.[1] ?? '';
  const letter = async (to: string): Promise<string> => {
    await hub.runJobs();
    return behind(hub.mail.to(to).at(-1)?.text);
  };
  tokens['answer'] = at.token;
  const { url } = (await sender.gql(MAKE_PAGE, { input: { patientId, way: 'PAPER', asksBirthYear: false } }))
    .makeHelpLink;
  tokens['page'] = behind(url);
  const input = { patientId, instrumentKey: 'ahc-hrsn' };
  const screeningId = (await sender.gql(START, { input })).startScreening.screening.id;
  tokens['questions'] = behind((await sender.gql(QUESTIONS, { input: { screeningId } })).sendScreeningLink.link);
  const supervisor = await careSupervisor(hub);
  await supervisor.gql(INVITE, { input: { email: 'new@example.org', roles: ['CARE_MANAGER'] } });
  tokens['invitation'] = await letter('new@example.org');
  await (await visitor(hub)).gql(RESET, { input: { email: sender.user.email } });
  tokens['reset'] = await letter(sender.user.email);
  await (await curator(hub)).gql(CHECK, { input: { serviceIds: [serviceId] } });
  tokens['check'] = await letter(at.email);
  tokens['session'] = sender.token;
  const opened = await (await visitor(hub)).gql(OPEN_PAGE, { input: { token: tokens['page'] } });
  tokens['open page'] = opened.openMyHelp.page.token;
  tokens['reply code'] = /\+(\w+)@/.exec(hub.mail.to(at.email)[0]?.replyTo ?? '')?.[1] ?? 'abcdefghijkl';
  const schema = buildSchema(await readFile('schema.graphql', 'utf8'));
  const all = (['query', 'mutation'] as const).flatMap(
    (kind) =>
    Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {}).map((field) => ({ kind, field })), // prettier-ignore
  );
  doors = all.filter(({ field }) => field.args.some((arg) => arg.name === 'token' || takesToken(arg.type)));
});
afterAll(() => hub.stop());

const open = (type: GraphQLInputType): GraphQLInputType => (isNonNullType(type) ? type.ofType : type);
const takesToken = (type: GraphQLInputType): boolean => {
  const input = open(type);
  return isInputObjectType(input) && 'token' in input.getFields();
};

/** What an input wants at least, beside the token. */
const FILL: Record<string, unknown> = {
  'ID!': newId(),
  'String!': 'A long enough 1 passphrase',
  'AgencyAnswer!': 'ACCEPT',
  'LocalDate!': '1970-05-02',
  '[AnswerInput!]!': [],
  '[String!]!': [],
};
function inputFor(field: GraphQLField<unknown, unknown>, token: string): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const arg of field.args) {
    const type = open(arg.type);
    if (arg.name === 'token') input['token'] = token;
    if (!isInputObjectType(type)) continue;
    const needed = Object.values(type.getFields()).filter(
      ({ name, type: of }) => name === 'token' || isNonNullType(of),
    );
    const filled = needed.map(({ name, type: of }) => [name, name === 'token' ? token : FILL[String(of)]] as const);
    input[arg.name] = Object.fromEntries(filled);
  }
  return input;
}

async function knock({ kind, field }: (typeof doors)[number], token: string) {
  await hub.sql('delete from hub.rate_limit');
  const page = field.name === 'openMyHelp' ? ' page { state token }' : '';
  const fields = kind === 'mutation' ? `userErrors { code }${page}` : '__typename';
  const args = field.args.filter((arg) => arg.name === 'token' || takesToken(arg.type));
  const document = `${kind} (${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')}) { ${field.name}(${args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')}) { ${fields} } }`; // prettier-ignore
  const response = await fetch(`${await addressOf(hub)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.1.${Math.floor(Math.random() * 250)}.7` },
    body: JSON.stringify({ query: document, variables: inputFor(field, token) }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Record<string, { userErrors?: { code: string }[] } | null>;
    errors?: { extensions: { code: string } }[];
  };
  const refused = [...(errors ?? []).map(({ extensions }) => extensions.code), ...(data?.[field.name]?.userErrors ?? []).map(({ code }) => code)]; // prettier-ignore
  return { refused, data };
}

/** Whose token opens a door. */
const OWN: [string, RegExp][] = [
  ['answer', /ByLink$|^referralEnvelope$|^claimListing$/],
  ['page', /^openMyHelp$/],
  ['questions', /Sheet$|^takeBackDevice$/],
  ['invitation', /^acceptInvitation$/],
  ['reset', /^resetPassword$/],
  ['check', /^listingCheck$|^answerVerification$/],
];
const rows = async (): Promise<unknown> =>
  hub.sql(`select (select count(*) from hub.referral_transition) t, (select count(*) from hub.referral_message) m, (select count(*) from hub.session) s,
    (select count(*) from hub.membership) e, (select count(*) from hub.user_account where password_hash is not null) p, (select max(version) from hub.service) v,
    (select count(*) from hub.referral where seen_at is not null) o`);

describe('a secret', () => {
  it('of each kind was really given, and every door has an owner', () => {
    for (const [name, token] of Object.entries(tokens)) expect(token, name).toMatch(/^[\w-]{8,}$/);
    expect(doors.length).toBeGreaterThanOrEqual(14);
    for (const { field } of doors) {
      const owners = OWN.filter(([, door]) => door.test(field.name));
      expect(owners, field.name).toHaveLength(1);
    }
  });

  it('of another kind opens no door, says no more than a made-up one, and changes nothing', async () => {
    const before = await rows();
    for (const door of doors) {
      const [own] = OWN.find(([, name]) => name.test(door.field.name)) ?? [];
      const strange = await knock(door, 'A'.repeat(43));
      for (const [name, token] of Object.entries(tokens)) {
        if (name === own) continue;
        const answer = await knock(door, token);
        expect(answer, `${name} at ${door.field.name}`).toEqual(strange);
        if (door.kind === 'mutation' && door.field.name !== 'openMyHelp') {
          expect(answer.refused, `${name} at ${door.field.name}`).not.toEqual([]);
        }
      }
    }
    expect(await rows()).toEqual(before);
  });

  it('of a link is no session, and no session is another’s', async () => {
    const me = `{ patients(first: 1) { edges { node { id } } } }`;
    for (const name of ['answer', 'page', 'questions', 'invitation', 'reset', 'check', 'open page', 'reply code']) {
      const bearer = await visitor(hub, tokens[name]);
      expect(await bearer.codes(me), name).not.toEqual([]);
      const codes = await bearer.codes(step('acceptReferral'), { input: { id: newId() } });
      expect(['UNAUTHENTICATED', 'FORBIDDEN'], name).toContain(codes[0]);
    }
  });

  it('opens its own door, or the tries above would prove nothing', async () => {
    const opened = await (
      await visitor(hub)
    ).gql(`mutation ($input: OpenReferralByLinkInput!) { openReferralByLink(input: $input) { ${LINKED} } }`, {
      input: { token: tokens['answer'] },
    });
    expect(opened.openReferralByLink.referral.status).toBe('REQUESTED');
    const look = `query ($check: String!, $sheet: String!) { listingCheck(token: $check) { __typename } questionSheet(token: $sheet) { state } }`;
    const { questionSheet } = await (
      await visitor(hub)
    ).gql(look, { check: tokens['check'], sheet: tokens['questions'] });
    expect(questionSheet.state).toBe('OPEN');
  });
});
