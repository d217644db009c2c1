import { GraphQLClient, type RequestDocument, type Variables } from 'graphql-request';
import type { Role } from '../src/identity/index.js';
import { membership, session, type MembershipRow, type OrganizationRow, type UserRow } from './factories.js';
import type { TestHub } from './hub.js';

/** A person (or nobody) at the API of a hub under test. */
export interface Visitor {
  /** Sends an operation and returns its data; throws graphql-request's ClientError when there are errors. */
  gql<T = any>(document: RequestDocument, variables?: Variables): Promise<T>; // oxlint-disable-line typescript/no-explicit-any -- tests read what they asked for
  /** The codes of the errors an operation gives, such as `['NOT_FOUND']`; empty when it succeeds. */
  codes(document: RequestDocument, variables?: Variables): Promise<string[]>;
}

/** Someone who is signed in, in one organization. */
export interface Actor extends Visitor {
  organization: OrganizationRow;
  user: UserRow;
  membership: MembershipRow;
  roles: Role[];
  /** The session's token. */
  token: string;
}

/** What the maker of an actor may be told: an organization that exists, other roles, a name. */
interface ActorOptions {
  organization?: OrganizationRow;
  user?: UserRow;
  roles?: Role[];
}

const addresses = new WeakMap<TestHub, Promise<string>>();
/** Where a hub listens; it begins to when first asked. */
export function addressOf(hub: TestHub): Promise<string> {
  const known = addresses.get(hub) ?? (hub.app.url === '' ? hub.app.listen() : Promise.resolve(hub.app.url));
  addresses.set(hub, known);
  return known;
}

/** Someone who calls with this bearer token, or without any. */
export async function visitor(hub: TestHub, token?: string): Promise<Visitor> {
  const address = `${await addressOf(hub)}/graphql`;
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const client = new GraphQLClient(address, { headers });
  const lenient = new GraphQLClient(address, { headers, errorPolicy: 'all' });
  return {
    gql: (document, variables) => client.request(document, variables),
    codes: async (document, variables) => {
      const { errors } = await lenient.rawRequest(String(document), variables);
      return (errors ?? []).map((error) => String(error.extensions['code']));
    },
  };
}

function actorOf(kind: OrganizationRow['kind'], roles: Role[]) {
  return async (hub: TestHub, options: ActorOptions = {}): Promise<Actor> => {
    const member = await membership(hub, { kind, roles, ...options });
    const token = await session(hub, member);
    return { ...member, membership: member, token, ...(await visitor(hub, token)) };
  };
}

export const careManager = actorOf('CARE', ['CARE_MANAGER']);
export const careSupervisor = actorOf('CARE', ['CARE_SUPERVISOR']);
export const carePrivacyOfficer = actorOf('CARE', ['PRIVACY_OFFICER']);
export const agencyStaff = actorOf('AGENCY', ['AGENCY_STAFF']);
export const agencyAdmin = actorOf('AGENCY', ['AGENCY_ADMIN']);
export const planAnalyst = actorOf('PLAN', ['PLAN_ANALYST']);
export const planAdmin = actorOf('PLAN', ['PLAN_ADMIN']);
export const curator = actorOf('STEWARD', ['CURATOR']);
export const operator = actorOf('STEWARD', ['OPERATOR']);
/** Nobody: not signed in. */
export const anonymous = (hub: TestHub): Promise<Visitor> => visitor(hub);
