import { GraphQLClient } from 'graphql-request';
import { expect } from 'vitest';
import type { Role } from '../../src/access/index.js';
import { hashPassword } from '../../src/identity/account/password.js';
import { addressOf } from '../actors.js';
import { membership, organization, user, type OrganizationRow } from '../factories.js';
import type { TestHub } from '../hub.js';

const PASSWORD = 'three blue herons';

/** Someone at the API as from a browser: signs in with a password, and the session travels as a cookie. */
export class Person {
  #client: GraphQLClient | undefined;

  constructor(
    readonly hub: TestHub,
    readonly email: string,
  ) {}

  async signIn(): Promise<void> {
    const url = `${await addressOf(this.hub)}/graphql`;
    const { data, headers } = await new GraphQLClient(url).rawRequest<{ signIn: { step: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { step userErrors { code } } }',
      { input: { email: this.email, password: PASSWORD } },
    );
    expect(data.signIn.step).toBe('SIGNED_IN');
    const lines = (headers as unknown as Headers).getSetCookie();
    const cookie = lines.map((line) => line.split(';')[0]).join('; ');
    this.#client = new GraphQLClient(url, { headers: { cookie } });
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- a story reads what it asked for
  async ask(document: string, variables: object = {}): Promise<any> {
    if (!this.#client) await this.signIn();
    return this.#client?.request(document, { ...variables });
  }

  /** A mutation that must succeed; returns its payload. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a story reads what it asked for
  async act(name: string, input: object, fields: string): Promise<any> {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    const document = `mutation ($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`;
    const { [name]: payload } = await this.ask(document, { input });
    expect([name, payload.userErrors]).toEqual([name, []]);
    return payload;
  }
}

/** Four organizations, who works in them, and one listing that a curator has added. */
export async function network(hub: TestHub) {
  // The reference data that a real hub fills at its first start.
  await hub.sql(
    `insert into hub.zip_code values ('21201', 'Baltimore', 'Baltimore City', 'MD', 39.29, -76.62) on conflict do nothing`,
  );
  const passwordHash = await hashPassword(PASSWORD);
  const join = async (name: string, where: OrganizationRow, role: Role): Promise<Person> => {
    const who = await user(hub, { name, email: `${name.toLowerCase()}@example.org`, passwordHash });
    await membership(hub, { organization: where, roles: [role], user: who });
    return new Person(hub, who.email);
  };
  const care = await organization(hub, { kind: 'CARE', name: 'Harbor Health' });
  const pantry = await organization(hub, { kind: 'AGENCY', name: 'Hope Pantry' });
  const plan = await organization(hub, { kind: 'PLAN', name: 'Chesapeake Plan' });
  const curator = await join('Cora', await organization(hub, { kind: 'STEWARD' }), 'CURATOR');
  const people = {
    maria: await join('Maria', care, 'CARE_MANAGER'),
    will: await join('Will', pantry, 'AGENCY_ADMIN'),
    anya: await join('Anya', plan, 'PLAN_ANALYST'),
    petra: await join('Petra', care, 'PRIVACY_OFFICER'),
  };
  const listing = {
    organizationId: pantry.id,
    name: 'Weekly groceries',
    categories: ['food-insecurity'],
    address1: '5 Light Street',
    city: 'Baltimore',
    stateProvince: 'MD',
    postalCode: '21201',
    takesReferrals: true,
    referralEmail: 'intake@hope.example.org',
    isFree: true,
  };
  await curator.act('addService', listing, 'service { id }');
  await hub.runJobs();
  return {
    ...people,
    care,
    plan,
    /** Time passes, and everyone signs in again: a session ends when nobody uses it. */
    async later(step: { hours?: number; days?: number }): Promise<void> {
      hub.clock.advance(step);
      for (const person of Object.values(people)) await person.signIn();
    },
  };
}
