import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportPackage } from '../../src/directory/hsds/export/export-package.js';
import { createLog } from '../../src/platform/log.js';
import { urlFor } from '../../src/platform/database/roles.js';
import { addressOf, anonymous, visitor, type Actor } from '../actors.js';
import { coverage, need, patient } from '../caseload-factories.js';
import { hsds } from '../hsds-client.js';
import { testHub, type TestHub } from '../hub.js';
import { listenAs } from '../listen-as.js';
import { publish } from '../population-factories.js';
import { send, type Pair } from '../referral-factories.js';
import { testSecret } from '../secret.js';
import { IPV, referToShelter, survivor, twoWeeks } from './survivor.js';

/*
 * A survivor’s record, with violence in every place that takes a word, and every way out of the organization that keeps it
 * (34 USC 12291(b)(2), 42 USC 10406(c)(5)). The shelter was named in a consent and reads its referral; nobody else learns
 * that there is one, whose it is, or that this person is a survivor.
 */
const NOW = '2026-11-18T15:00:00Z';
const SECRET = /Zq(label|note|evidence|message|goal|call|reason|witness)|Zqshelter|intimate.partner|violen/i;
const PERSON = /Zqgiven|Zqfamily|4105550187|Zqstreet/;

let hub: TestHub;
let lines: string[];
let food: Pair;
let shelter: Actor;
let plan: Actor;
let daughter: string;
let referralId: string;
let foodId: string;
let fileId: string;
let paperId: string;
let heard: unknown[];
let outsiders: [string, Actor][];
const sockets: { dispose(): void | Promise<void> }[] = [];

beforeAll(async () => {
  lines = [];
  heard = [];
  hub = await testHub({ now: NOW, log: createLog('debug', { write: (line) => void lines.push(line) }) });
  const all = await survivor(hub);
  ({ food, shelter, plan, daughter, outsiders } = all);
  for (const [, who] of outsiders.slice(0, 4)) if (who !== plan) sockets.push(await listenAs(hub, who, heard));
  foodId = await send(food);
  heard.length = 0;
  ({ referralId, fileId, paperId } = await referToShelter(hub, all));
  await hub.runJobs();
  await twoWeeks(hub);
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) await socket.dispose();
  await hub.stop();
});

describe('what a survivor told', () => {
  it('stands in no letter, subject, text, digest or reminder, to whomever', async () => {
    const sent = JSON.stringify([hub.mail.letters, await hub.sql('select body from hub.text_outbox')]);
    expect(hub.mail.letters.length).toBeGreaterThan(3);
    expect(sent).not.toMatch(SECRET);
    expect(sent).not.toMatch(PERSON);
  });

  it('stands in no log, job, metric, key or note of the audit', async () => {
    const left = await hub.sql(
      'select (select json_agg(j) from graphile_worker._private_jobs j) as jobs, (select json_agg(k) from hub.idempotency_key k) as keys',
    );
    const metrics = await (await fetch(`${await addressOf(hub)}/metrics`)).text();
    for (const text of [lines.join(''), JSON.stringify(left), metrics]) {
      expect(text).not.toMatch(PERSON);
      expect(text).not.toMatch(/Zq|violen/i);
    }
  });

  it('is told to no live connection of anybody else', () => {
    expect(JSON.stringify(heard)).not.toContain(referralId);
    // The pantry hears of its own referral, and the others of nothing.
    expect(heard.map((one) => JSON.stringify(one)).filter((one) => !one.includes(foodId))).toEqual([]);
  });

  it('is not behind the link of a letter before it is opened, nor on the page of another referral', async () => {
    const letter = hub.mail.to('intake@example.org').find(({ text }) => text.includes('/answer#token='));
    const token = /\/answer#token=([\w-]+)/.exec(letter?.text ?? '')?.[1];
    expect(token).toBeDefined();
    const envelope = await (
      await anonymous(hub)
    ).gql('query ($token: String!) { referralEnvelope(token: $token) { agency priority expiresAt } }', { token });
    expect(JSON.stringify(envelope)).not.toMatch(PERSON);
    expect(JSON.stringify(envelope)).not.toMatch(SECRET);
    const PANTRY = `query ($id: ID!) { referral(id: $id) { patientLabel categories { label } needs { label } request shared { items { key value } } messages { edges { node { body } } } } }`;
    const shown = JSON.stringify(await food.agency.gql(PANTRY, { id: foodId }));
    expect(shown).toMatch(/Zqfamily/);
    // The note on reaching the person travels with every referral: that is what the care team wrote it for.
    expect(shown.replaceAll('Zqnote: violence', '')).not.toMatch(SECRET);
  });

  it('is found by nobody elsewhere: by no id, list, search, suggestion, queue or count', async () => {
    const ids = { patient: food.patientId, referral: referralId };
    const TRIES = [
      'query { viewer { user { name } } searchServices(input: { text: "Zqgiven Zqfamily Zqlabel" }) { total edges { node { service { name } } } } suggestServices(text: "Zqfa") { text } }',
      'query { patients(filter: { text: "Zqfamily" }) { edges { node { id displayName } } } }',
      `query { patient(id: "${ids.patient}") { displayName needs { edges { node { label } } } } }`,
      `query { referral(id: "${ids.referral}") { patientLabel shared { items { value } } messages { edges { node { body } } } } }`,
      `query { patientAccesses(patientId: "${ids.patient}") { edges { node { words } } } }`,
      'query { inbox(first: 100) { edges { node { id patientLabel categories { code } } } } }',
      'query { referrals(first: 100) { edges { node { id patientLabel } } } today { counts { patients } } }',
      'query { populationReports { id } populationSummary(input: { by: CATEGORY }) { needs { key label membersWithNeed { value suppressed } } } }',
      'query { emergencyAccesses { edges { node { words } } } }',
      `mutation { breakGlass(input: { patientId: "${ids.patient}", reason: DANGER, words: "Let me look at the record." }) { access { patient { displayName } } userErrors { code } } }`,
    ];
    for (const [name, who] of [...outsiders, ['nobody', { token: undefined } as unknown as Actor] as [string, Actor]]) {
      for (const query of TRIES) {
        const door = await visitor(hub, who.token);
        const answer = await door.gql(query).catch((error: { response: unknown }) => error.response);
        // What was asked is repeated nowhere, so all of it is answer.
        const said = JSON.stringify(answer, (key, value) => (key === 'query' ? undefined : (value as unknown)));
        expect(said).not.toContain('GRAPHQL_VALIDATION_FAILED');
        const about = name === 'another agency of the same person' ? said.replaceAll('Zqgiven Z.', '') : said;
        expect([
          name,
          query.slice(0, 40),
          PERSON.test(about),
          /Zq(label|note|message|reason|goal|call)/.test(about),
          about.includes(referralId),
        ]).toEqual([name, query.slice(0, 40), false, false, false]);
      }
    }
  });

  it('is there for the care team, or the tries above would prove nothing', async () => {
    const { patient: seen } = await food.sender.gql(
      'query ($id: ID!) { patient(id: $id) { displayName needs { edges { node { label } } } goals { description } } }',
      { id: food.patientId },
    );
    expect(JSON.stringify(seen)).toMatch(/Zqfamily.*Zqlabel.*Zqgoal/);
    const READ = 'query ($id: ID!) { referral(id: $id) { request shared { items { value } } } }';
    expect(JSON.stringify(await shelter.gql(READ, { id: referralId }))).toMatch(/Zqreason.*Zqfamily/);
  });

  it('is a file that nobody else opens', async () => {
    const open = async (who: Actor) =>
      (
        await fetch(`${await hub.url()}/files/${fileId}?kind=consent-evidence`, {
          headers: { authorization: `Bearer ${who.token}` },
        })
      ).status;
    expect(await open(food.sender)).toBe(200);
    expect(await open(shelter)).toBe(404);
    for (const [name, who] of outsiders) expect([name, await open(who)]).toEqual([name, 404]);
  });

  it('is a paper in a message that the two sides open and nobody else, whatever kind it is asked as', async () => {
    const open = async (token: string | undefined, kind = 'referral-message') =>
      (
        await fetch(`${await hub.url()}/files/${paperId}?kind=${kind}`, {
          headers: token ? { authorization: `Bearer ${token}` } : {},
        })
      ).status;
    expect([await open(food.sender.token), await open(shelter.token)]).toEqual([200, 200]);
    expect([await open(food.sender.token, 'consent-evidence'), await open(shelter.token, 'consent-evidence')]).toEqual([
      404, 404,
    ]);
    for (const [name, who] of outsiders) expect([name, await open(who.token)]).toEqual([name, 404]);
    expect(await open(undefined)).toBe(401);
    const SEEN = 'query ($id: ID!) { referral(id: $id) { messages { edges { node { files { name } } } } } }';
    expect(JSON.stringify(await shelter.gql(SEEN, { id: referralId }))).toContain('Zqmessage-violence.png');
  });

  it('is not in the directory, as it is read, exported or published', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-export-'));
    const owner = new Client({ connectionString: hub.app.database.ownerUrl });
    await owner.connect();
    try {
      const path = join(folder, 'package');
      await exportPackage(owner, path, {});
      const files = await readdir(path);
      expect(files.length).toBeGreaterThan(2);
      for (const file of files) expect(await readFile(join(path, file), 'utf8')).not.toMatch(PERSON);
    } finally {
      await owner.end();
      await rm(folder, { recursive: true, force: true });
    }
    for (const path of [
      '/services?per_page=100',
      '/organizations?per_page=100',
      '/service_at_locations?per_page=100',
    ]) {
      expect((await hsds(hub, path)).text).not.toMatch(PERSON);
    }
  });

  it('is on no page of somebody around them, and on their own only when they ask', async () => {
    const MAKE = 'mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }';
    const pageOf = async (relatedPersonId: string | null) => {
      const { makeHelpLink } = await food.sender.gql(MAKE, {
        input: { patientId: food.patientId, relatedPersonId, way: 'PAPER', asksBirthYear: false },
      });
      const token = /#token=([\w-]+)/.exec(makeHelpLink.url)?.[1];
      const opened = await (
        await anonymous(hub)
      ).gql('mutation ($token: String!) { openMyHelp(input: { token: $token }) { page { token } } }', { token });
      return visitor(hub, opened.openMyHelp.page.token);
    };
    const ALL = `query ($withPrivate: Boolean) { myHelp(withPrivate: $withPrivate) { needs { label } referrals { agency service } consents { recipient categories { label } statement }
      disclosures { to categories { label } } accesses { who words } } }`;
    const near = JSON.stringify(await (await pageOf(daughter)).gql(ALL, { withPrivate: true }));
    expect(near).not.toMatch(SECRET);
    expect(near).not.toContain(shelter.organization.name);
    const own = await pageOf(null);
    const closed = JSON.stringify(await own.gql(ALL, {}));
    expect(closed).not.toMatch(SECRET);
    expect(closed).not.toContain(shelter.organization.name);
    expect(JSON.stringify(await own.gql(ALL, { withPrivate: true }))).toMatch(/Zqshelter/);
  });

  it('is counted for a plan among many, and of nobody when there are few', async () => {
    const { owner } = food;
    const member = async (given: object) => {
      const id = await patient(hub, owner, { county: 'MD/Baltimore City' });
      await coverage(hub, owner, id, { plan_org_id: plan.organization.id });
      await need(hub, owner, id, { identified_at: '2026-03-10T12:00:00Z', ...given });
      return id;
    };
    for (let n = 0; n < 90; n += 1) {
      await member({ category: ['food-insecurity', 'housing-instability', 'transportation-insecurity'][n % 3] });
    }
    for (let n = 0; n < 5; n += 1) await member({ ...IPV, label: 'Zqlabel' });
    hub.clock.set('2027-02-15T08:00:00Z');
    await publish(hub);
    const [{ figures }] = (await hub.sql<{ figures: unknown }>(
      'select json_agg(r.figures) as figures from hub.population_report r where plan_org_id = $1',
      [plan.organization.id],
    )) as [{ figures: unknown }];
    expect(figures).not.toBeNull();
    const text = JSON.stringify(figures);
    expect(text).not.toMatch(PERSON);
    expect(text).not.toMatch(/Zq/);
    expect(text).not.toContain(food.patientId);
    const NEEDS =
      'query ($report: ID!) { populationSummary(input: { reportId: $report, by: CATEGORY }) { needs { key membersWithNeed { value suppressed } } } }';
    const { populationReports } = await plan.gql('{ populationReports { id from to } }');
    expect(populationReports.length).toBeGreaterThan(0);
    const seen: { key: string; membersWithNeed: { value: number | null } }[] = [];
    for (const { id } of populationReports) {
      seen.push(...((await plan.gql(NEEDS, { report: id })).populationSummary?.needs ?? []));
    }
    // Some of the many are shown, or nothing would be proved.
    expect(seen.some(({ membersWithNeed }) => (membersWithNeed.value ?? 0) >= 30)).toBe(true);
    const violence = seen.filter(({ key }) => key === IPV.category);
    expect(violence.length).toBeGreaterThan(0);
    for (const { membersWithNeed } of violence) expect([null, 0]).toContain(membersWithNeed.value);
    // What was counted from is gone again.
    for (const table of ['member', 'need', 'screening', 'referral', 'span']) {
      expect([table, await hub.sql(`select 1 from hub.population_${table}`)]).toEqual([table, []]);
    }
    const login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    await login.connect();
    try {
      await login.query('begin');
      await login.query('set local role hub_app');
      await login.query(`select set_config('hub.org_id', $1, true)`, [plan.organization.id]);
      for (const table of [
        'patient',
        'need',
        'consent',
        'referral',
        'goal',
        'off_platform_referral',
        'disclosure',
        'related_person',
      ]) {
        const { rows } = await login.query(`select count(*)::int as n from hub.${table}`);
        expect([table, rows[0].n]).toEqual([table, 0]);
      }
    } finally {
      await login.query('rollback');
      await login.end();
    }
  });
});
