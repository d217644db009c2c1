import { Client } from 'pg';
import { urlFor } from '../src/platform/database/roles.js';
import { visitor, type Actor, type Visitor } from './actors.js';
import { testHub, type TestHub } from './hub.js';
import type { Pair } from './referral-factories.js';
import { testSecret } from './secret.js';

export const MAKE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { link { id works } url goesAt userErrors { code field } } }`;
export const OPEN = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { state token } userErrors { code } } }`;
export const PAGE = `query ($withPrivate: Boolean, $takeAway: Boolean) { myHelp(withPrivate: $withPrivate, takeAway: $takeAway) { name reader careTeam given { code } givenUntil
  consents { id status recipient statement } disclosures { to fields consentId } accesses { who words } contact { method phoneEnding phoneSafe windows { days from to } }
  needs { label status } referrals { id service agency status ownWord canSay consentEndedAt } } }`;
export const STOP = `mutation ($input: StopSharingInput!) { stopSharing(input: $input) { stopped userErrors { code } } }`;
export const CONTACT = `mutation ($input: ChangeMyContactInput!) { changeMyContact(input: $input) { contact { method phoneSafe windows { days from to } } userErrors { code field } } }`;

export const tokenOf = (url: string): string => /#token=([\w-]{43})$/.exec(url)?.[1] ?? '';
/** A link to the page of a patient, or of somebody around them, made by a care manager. */
export const make = async (sender: Actor, input: object) =>
  (await sender.gql(MAKE, { input: { way: 'PAPER', ...input } })).makeHelpLink;
/** All that a page shows. */
export const read = async (page: Visitor, variables: object = {}) => (await page.gql(PAGE, variables)).myHelp;

export interface HelpPages {
  hub: TestHub;
  open(token: string, birthYear?: number): Promise<{ state: string; token: string }>;
  /** The page of a patient, or of somebody around them. */
  pageOf(between: Pair, input?: object): Promise<Visitor & { link: string; token: string }>;
  /** Runs statements as the role of a page about this patient, each in a transaction of its own that is rolled back. */
  asPage(
    role: 'hub_patient' | 'hub_caregiver',
    between: Pair,
    statements: Record<string, string>,
    settings?: Record<string, string>,
  ): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** A hub, and a connection to its database with what the roles of such pages may do. */
export async function helpPages(now: string): Promise<HelpPages> {
  const hub = await testHub({ now });
  const login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
  await login.connect();
  const open = async (token: string, birthYear?: number) =>
    (await (await visitor(hub)).gql(OPEN, { input: { token, birthYear } })).openMyHelp.page;
  return {
    hub,
    open,
    async pageOf({ sender, patientId }, input = {}) {
      const { url } = await make(sender, { patientId, ...input });
      // All of these tests come from one address.
      await hub.sql('delete from hub.rate_limit');
      const { token } = await open(tokenOf(url), 1970);
      return { ...(await visitor(hub, token)), link: tokenOf(url), token };
    },
    async asPage(role, { owner, patientId }, statements, settings = {}) {
      const all = {
        'hub.org_id': owner.organizationId,
        'hub.patient_id': patientId,
        'hub.now': hub.clock.now().toISOString(),
        ...settings,
      };
      const counts: Record<string, number> = {};
      for (const [name, sql] of Object.entries(statements)) counts[name] = await countAs(login, role, all, sql);
      return counts;
    },
    async stop() {
      await login.end();
      await hub.stop();
    },
  };
}

async function countAs(login: Client, role: string, settings: Record<string, string>, sql: string): Promise<number> {
  await login.query('begin');
  try {
    await login.query(`set local role ${role}`);
    for (const [key, value] of Object.entries(settings)) {
      await login.query('select set_config($1, $2, true)', [key, value]);
    }
    return (await login.query<{ n: number }>(sql)).rows[0]?.n ?? -1;
  } finally {
    await login.query('rollback');
  }
}
