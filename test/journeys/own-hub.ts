import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { generateSync } from 'otplib/functional';
import type { Browser } from 'playwright-core';
import { hashPassword } from '../../src/identity/account/password.js';
import type { Role } from '../../src/identity/index.js';
import { careManager } from '../actors.js';
import { membership, user, type MembershipRow, type OrganizationRow } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, type Pair } from '../referral-factories.js';
import { enter, open, type Watched } from './chromium.js';

/** What everybody of an own hub signs in with. */
export const password = 'three blue herons';
let passwordHash: Promise<string> | undefined;

/** A free port of this machine: letters and sign-on need the address before the hub listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface OwnHub {
  hub: TestHub;
  url: string;
  /** Somebody with a name, an address and the password. */
  person(name: string, role: Role, where?: OrganizationRow): Promise<MembershipRow>;
  /** The six digits an app with this secret shows, by the hub's clock. */
  codeOf(secret: string): string;
  /** The link in the last letter to an address. */
  linkTo(email: string): Promise<string>;
}

/** The next ten o'clock in the morning of New York in winter: at night letters to people wait for the day. */
export function nextMorning(): Date {
  const morning = new Date();
  morning.setUTCHours(15, 0, 0, 0);
  if (morning.getTime() < Date.now()) morning.setUTCDate(morning.getUTCDate() + 1);
  return morning;
}

/**
 * A hub for one journey: a clock that is moved by hand and letters that are read, behind the real client. `at` is its
 * port.
 */
export async function ownHub(at: number, env: Record<string, string> = {}, now = new Date()): Promise<OwnHub> {
  const url = `http://127.0.0.1:${at}`;
  const hub = await testHub({ now, env: { PORT: String(at), BASE_URL: url, ...env } });
  await hub.url();
  return {
    hub,
    url,
    async person(name, role, where) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
      const who = await user(hub, { name, email, passwordHash: await (passwordHash ??= hashPassword(password)) });
      const kind = KIND[role];
      return membership(hub, { user: who, roles: [role], ...(where ? { organization: where } : { kind }) });
    },
    codeOf: (secret) => generateSync({ secret, epoch: hub.clock.now().getTime() / 1000 }),
    async linkTo(email) {
      await hub.runJobs();
      const [link] = /http:\S+#token=\S+/.exec(hub.mail.to(email).at(-1)?.text ?? '') ?? [];
      if (!link) throw new Error(`No letter with a link to ${email}`);
      return link;
    },
  };
}

/** Ana Ruiz, a care manager of this hub with a patient and an agency to send to, at her desk. */
export async function anaAtHerDesk({ hub, url }: OwnHub, browser: Browser): Promise<{ between: Pair; care: Watched }> {
  const email = 'ana@example.org';
  const ana = await user(hub, {
    name: 'Ana Ruiz',
    email,
    passwordHash: await (passwordHash ??= hashPassword(password)),
  });
  const between = await pair(hub, { sender: await careManager(hub, { user: ana }) });
  const care = await open(browser, { url });
  await enter(care.page, email, password);
  return { between, care };
}

const KIND: Record<Role, OrganizationRow['kind']> = {
  CARE_MANAGER: 'CARE',
  CARE_SUPERVISOR: 'CARE',
  PRIVACY_OFFICER: 'CARE',
  AGENCY_STAFF: 'AGENCY',
  AGENCY_ADMIN: 'AGENCY',
  PLAN_ANALYST: 'PLAN',
  PLAN_ADMIN: 'PLAN',
  CURATOR: 'STEWARD',
  OPERATOR: 'STEWARD',
};
