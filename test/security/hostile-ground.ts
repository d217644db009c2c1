import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { hashToken } from '../../src/identity/token.js';
import { newId } from '../../src/platform/id.js';
import { addressOf, anonymous, type Actor } from '../actors.js';
import { coverage, need, relatedPerson, screening } from '../caseload-factories.js';
import { insert } from '../factories.js';
import type { TestHub } from '../hub.js';
import { pair, send, take, type Pair } from '../referral-factories.js';

/** What is written into one person's record and nowhere else, by where it stands. */
export const SECRETS = {
  familyName: 'Zqfamily',
  givenName: 'Zqgiven',
  phone: '4105550187',
  email: 'zqmail@example.org',
  street: 'Zqstreet',
  contactNote: 'Zqcontact',
  whatMatters: 'Zqmatters',
  birthDate: '1931-07-19',
  needNote: 'Zqneednote',
  evidence: 'Zqevidence',
  relative: 'Zqrelative',
  answer: 'Zqanswer',
  memberId: 'Zqmember',
  request: 'Zqrequest',
  message: 'Zqmessage',
} as const;

/** A person with everything there can be about one, and a referral that was sent, accepted and talked about. */
export async function wholePerson(hub: TestHub): Promise<Pair & { referralId: string }> {
  const people = await pair(hub);
  const { owner, patientId, sender } = people;
  await hub.sql(
    `update hub.patient set family_name = $2, given_name = $3, phone = $4, email = $5, address_1 = $6, contact_note = $7,
       what_matters = $8, birth_date = $9 where id = $1`,
    [
      patientId,
      SECRETS.familyName,
      SECRETS.givenName,
      `+1${SECRETS.phone}`,
      SECRETS.email,
      SECRETS.street,
      SECRETS.contactNote,
      SECRETS.whatMatters,
      SECRETS.birthDate,
    ],
  );
  await hub.sql('update hub.need set note = $2 where id = $1', [people.needId, SECRETS.needNote]);
  await hub.sql('update hub.consent set evidence = $2 where id = $1', [people.consentId, SECRETS.evidence]);
  await relatedPerson(hub, owner, patientId, { name: SECRETS.relative });
  await coverage(hub, owner, patientId, { member_id: SECRETS.memberId });
  const screeningId = await screening(hub, owner, patientId, { started_by: sender.user.id });
  await need(hub, owner, patientId, {
    screening_id: screeningId,
    category: 'housing-instability',
    note: SECRETS.needNote,
  });
  await insert(hub, 'screening_answer', {
    screening_id: screeningId,
    link_id: '/88122-7',
    care_org_id: owner.organizationId,
    patient_id: patientId,
    question_loinc: '88122-7',
    value_text: SECRETS.answer,
    answered_at: hub.clock.now(),
  });
  const referralId = await send(people, { request: SECRETS.request });
  await take(people.agency, 'acceptReferral', referralId, { note: SECRETS.message });
  return { ...people, referralId };
}

/** An API key of an actor's organization; returns its token. */
export async function apiKey(hub: TestHub, actor: Actor): Promise<string> {
  const token = `hub_${newId()}`;
  await insert(hub, 'api_key', {
    id: newId(),
    organization_id: actor.organization.id,
    name: 'Key',
    token_hash: hashToken(token),
    hint: 'last',
    roles: actor.roles,
    created_by: actor.user.id,
    created_at: hub.clock.now(),
  });
  return token;
}

/** Opens the page of a patient, or of somebody around them, by its link; returns what a browser sends from then on. */
export async function pageToken(
  hub: TestHub,
  { sender, patientId }: Pair,
  relatedPersonId: string | null = null,
): Promise<string> {
  const made = await sender.gql('mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }', {
    input: { patientId, relatedPersonId, way: 'PAPER', asksBirthYear: false },
  });
  const token = /#token=([\w-]+)/.exec(made.makeHelpLink.url)?.[1];
  const opened = await (
    await anonymous(hub)
  ).gql('mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { token } } }', { input: { token } });
  return opened.openMyHelp.page.token;
}

export interface Answer {
  status: number;
  text: string;
  json: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown; extensions: { code: string; requestId?: string } }[];
  };
}

let asked = 0;
/** One of many addresses behind a proxy that is trusted: what is tried here is more than one address may ask of links. */
function forwarded(): string {
  const address = Math.floor((asked += 1) / 20);
  return `10.0.${(address >> 8) & 255}.${address & 255}`;
}

export async function post(
  hub: TestHub,
  token: string | undefined,
  call: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${await addressOf(hub)}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': forwarded(),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(call),
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Answer['json'] };
}

const nullable = (type: GraphQLInputType): GraphQLInputType =>
  (isNonNullType(type) ? type.ofType : type) as GraphQLInputType;

/** A value that fits a type; `idAt` says what stands at each path that takes an id. */
function fitting(type: GraphQLInputType, path: string, idAt: (path: string) => string): unknown {
  const inner = nullable(type);
  if (isListType(inner)) return [fitting(inner.ofType as GraphQLInputType, path, idAt)];
  if (isInputObjectType(inner)) {
    const wanted = Object.values(inner.getFields()).filter(
      (field) => isNonNullType(field.type) || getNamedType(field.type).name === 'ID',
    );
    return Object.fromEntries(wanted.map((field) => [field.name, fitting(field.type, `${path}.${field.name}`, idAt)]));
  }
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  const { name } = inner;
  if (name === 'ID') return idAt(path);
  if (name === 'Boolean') return true;
  if (name === 'Int' || name === 'Float') return 1;
  if (name === 'LocalDate') return '1970-01-01';
  if (name === 'DateTimeISO') return '2026-01-01T00:00:00.000Z';
  return path.endsWith('idempotencyKey') ? newId() : 'words';
}

/** The places of a field's arguments that take an id, such as `input.patientId`. */
export function idPaths(args: readonly GraphQLArgument[]): string[] {
  const found: string[] = [];
  for (const arg of args) {
    const named = getNamedType(arg.type);
    if (isNonNullType(arg.type) || named.name === 'ID') {
      fitting(arg.type, arg.name, (path) => {
        found.push(path);
        return '';
      });
    }
  }
  return found;
}

function selectionOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const fields = type.getFields();
  if (fields['userErrors']) return '{ userErrors { code message field } }';
  return fields['id'] ? '{ id }' : '{ __typename }';
}

/** An operation that calls one root field with fitting arguments. */
export function callOf(
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
  idAt: (path: string) => string,
): { query: string; variables: Record<string, unknown> } {
  const args = field.args.filter((arg) => isNonNullType(arg.type) || getNamedType(arg.type).name === 'ID');
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const variables = Object.fromEntries(args.map((arg) => [arg.name, fitting(arg.type, arg.name, idAt)]));
  const head = declared ? `(${declared})` : '';
  const call = passed ? `(${passed})` : '';
  return { query: `${kind} ${head} { it: ${field.name}${call} ${selectionOf(schema, field)} }`, variables };
}
