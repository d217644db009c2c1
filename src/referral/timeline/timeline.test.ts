import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, carePrivacyOfficer, type Visitor } from '../../../test/actors.js';
import { relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { openPageOf, sendPaper } from '../../../test/paper-factories.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';
import { listStatements } from '../../platform/database/statements.js';
import { newId } from '../../platform/id.js';

const OF = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { patient(id: $id) {
  timeline(first: $first, after: $after, last: $last, before: $before) { edges { cursor node { id kind at words detail referral { id } } } pageInfo { hasNextPage endCursor } } } }`;
const MINE = `query ($withPrivate: Boolean, $first: Int, $after: String) { myHelp(withPrivate: $withPrivate) { timeline(first: $first, after: $after) {
  edges { node { id kind words detail } } pageInfo { hasNextPage endCursor } } } }`;
const CALL = `mutation ($input: RecordOffPlatformReferralInput!) { recordOffPlatformReferral(input: $input) { referral { id } userErrors { code } } }`;
const BY_PHONE = `mutation ($input: RecordPhoneAnswerInput!) { recordPhoneAnswer(input: $input) { userErrors { code } } }`;
const LIST = `{ patients(first: 20) { edges { node { id timeline(first: 3) { edges { node { words } } } } } } }`;

interface Entry {
  id: string;
  kind: string;
  at: string;
  words: string;
  detail: string | null;
}

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-18T15:00:00Z' });
});
afterAll(() => hub.stop());

const read = async (who: Visitor, id: string, page: object = {}) =>
  (await who.gql(OF, { id, ...page })).patient.timeline;
const mine = async (who: Visitor, given: object = {}): Promise<Entry[]> =>
  (await who.gql(MINE, given)).myHelp.timeline.edges.map(({ node }: { node: Entry }) => node);
const said = ({ edges }: { edges: { node: Entry }[] }): string[] => edges.map(({ node }) => [node.words, node.detail].filter(Boolean).join(' | ')); // prettier-ignore

async function call({ sender, patientId, needId }: Pair, agencyName: string): Promise<void> {
  const input = {
    patientId,
    agencyName,
    needIds: [needId],
    how: 'PHONE',
    status: 'WAITLIST',
    told: 'NOTHING',
    idempotencyKey: newId(),
  };
  const { userErrors } = (await sender.gql(CALL, { input })).recordOffPlatformReferral;
  expect(userErrors).toEqual([]);
}

/** A referral on a waiting list with a place, another with an appointment, a call, and nobody reached. */
async function lived(): Promise<{ here: Pair; service: string; agency: string }> {
  const here = await pair(hub);
  const [named] = await hub.sql('select name from hub.service where id = $1', [here.serviceId]);
  const first = await send(here);
  await take(here.agency, 'acceptReferral', first);
  hub.clock.advance({ minutes: 1 });
  await take(here.agency, 'holdReferral', first, { reasonCode: 'WAITLIST', reason: 'x' });
  await hub.sql(`update hub.referral set waitlist_position = 3, waitlist_expected_on = '2026-12-10' where id = $1`, [
    first,
  ]);
  hub.clock.advance({ minutes: 1 });
  const second = await send(here);
  await hub.sql(
    `update hub.referral set appointment_at = '2026-12-01T15:00:00Z', appointment_place = 'Front desk' where id = $1`,
    [second],
  );
  await hub.sql(
    `insert into hub.referral_contact (id, referral_id, from_org_id, to_org_id, how, reached, by_name, at) values ($1, $2, $3, $4, 'PHONE', false, 'Desk', $5)`,
    [newId(), second, here.sender.organization.id, here.agency.organization.id, hub.clock.now()],
  );
  hub.clock.advance({ minutes: 1 });
  await call(here, 'Church kitchen');
  return { here, service: String(named?.['name']), agency: here.agency.organization.name };
}

describe('what happened around a patient', () => {
  it('tells of steps, the waiting list with its place, appointments, attempts and calls, the latest first', async () => {
    const { here, service, agency } = await lived();
    const all = said(await read(here.sender, here.patientId));
    expect(all).toEqual([
      `Appointment: ${service} | ${agency}. Front desk`,
      'Church kitchen: on the waiting list | By phone',
      `${agency} tried to reach the person`,
      `${service}: asked for help | ${agency}`,
      `${service}: on the waiting list | ${agency}. Place 3 on the list, expected around December 10, 2026`,
      `${service}: they said yes | ${agency}`,
      `${service}: asked for help | ${agency}`,
    ]);
  });

  it('says of an answer that came by phone that it did, to the care team and to the person', async () => {
    const here = await pair(hub);
    const input = { id: await send(here), answer: 'ACCEPT', saidBy: 'Maria at the desk', idempotencyKey: newId() };
    expect((await here.sender.gql(BY_PHONE, { input })).recordPhoneAnswer.userErrors).toEqual([]);
    const yes = expect.objectContaining({ words: expect.stringContaining('they said yes') });
    const [told] = (await read(here.sender, here.patientId)).edges.map(({ node }: { node: Entry }) => node);
    expect(told).toEqual(yes);
    expect(told.detail).toMatch(/Told by phone$/);
    const [mineToo] = await mine(await openPageOf(hub, here));
    expect(mineToo).toEqual(yes);
    expect(mineToo?.detail).toMatch(/They told your care team by phone$/);
  });

  it('comes page by page from either end, each entry once, in one statement for a list of patients', async () => {
    const { here } = await lived();
    const whole = (await read(here.sender, here.patientId)).edges.map(({ node }: { node: Entry }) => node.id);
    const forward: string[] = [];
    for (let after: string | null = null; ;) {
      const page: { edges: { node: Entry }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = await read(here.sender, here.patientId, { first: 2, after }); // prettier-ignore
      forward.push(...page.edges.map(({ node }) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(forward).toEqual(whole);
    const back = await read(here.sender, here.patientId, { last: 3 });
    expect(back.edges.map(({ node }: { node: Entry }) => node.id)).toEqual(whole.slice(-3));
    expect(await here.sender.codes(OF, { id: here.patientId, after: 'nonsense' })).toEqual(['BAD_USER_INPUT']);
    await pair(hub, here);
    const all = await listStatements(hub.orm, () => here.sender.gql(LIST));
    expect(all.filter((sql) => sql.includes('appointment'))).toHaveLength(1);
  });

  it('is nothing for another care team, an agency, or a privacy officer', async () => {
    const { here } = await lived();
    for (const who of [await careManager(hub), await agencyStaff(hub), here.agency]) {
      expect((await who.codes(OF, { id: here.patientId }))[0]).toMatch(/NOT_FOUND|FORBIDDEN/);
    }
    const officer = await carePrivacyOfficer(hub, { organization: here.sender.organization });
    expect(said(await read(officer, here.patientId))).toEqual([]);
  });
});

describe('on a person’s own page', () => {
  it('it is theirs alone, in their words, without what agencies wrote and without private matters', async () => {
    const { here, service, agency } = await lived();
    const page = await openPageOf(hub, here);
    const words = (await mine(page)).map((one) => [one.words, one.detail].filter(Boolean).join(' | '));
    expect(words.slice(0, 3)).toEqual([
      `Appointment: ${service} | ${agency}. Front desk`,
      'Church kitchen: on the waiting list | By phone',
      `${agency} tried to reach you`,
    ]);
    await sendPaper(hub, page);
    expect((await mine(page)).map((one) => one.words)).toContain('You sent a paper');
    const other = await openPageOf(hub, await pair(hub, here));
    expect(await mine(other)).toEqual([]);
    const daughter = await relatedPerson(hub, here.owner, here.patientId, { authority: 'GUARDIAN' });
    expect(await mine(await openPageOf(hub, here, daughter))).toEqual([]);
    await hub.sql(`update hub.referral set sensitivity = 'HIV' where patient_id = $1`, [here.patientId]);
    await hub.sql(`update hub.off_platform_referral set sensitivity = 'HIV' where patient_id = $1`, [here.patientId]);
    const again = await openPageOf(hub, here);
    expect((await mine(again)).map((one) => one.words)).toEqual(['You sent a paper']);
    expect((await mine(again, { withPrivate: true })).length).toBe(8);
    // What was recorded by mistake happened to nobody.
    await hub.sql(`update hub.off_platform_referral set status = 'ENTERED_IN_ERROR' where patient_id = $1`, [
      here.patientId,
    ]);
    expect((await mine(again, { withPrivate: true })).length).toBe(7);
  });

  it('the role of the database reads no more than that', async () => {
    const { here } = await lived();
    await lived();
    const asPatient = (role: string, sql: string) =>
      hub.orm.em
        .fork({
          session: {
            role,
            variables: {
              'hub.org_id': here.sender.organization.id,
              'hub.patient_id': here.patientId,
              'hub.related_person_id': '',
            },
          },
        })
        .transactional((em) => em.execute<{ n: number }[]>(sql));
    const count = async (table: string) =>
      (await asPatient('hub_patient', `select count(*)::int as n from hub.${table}`))[0]?.n;
    expect(await count('referral_contact')).toBe(1);
    expect(await count('off_platform_step')).toBe(1);
    expect(await count('referral_transition')).toBe(4);
    for (const column of ['referral_transition.reason', 'referral_contact.note', 'off_platform_referral.note']) {
      const [table, name] = column.split('.');
      await expect(asPatient('hub_patient', `select ${name} from hub.${table}`)).rejects.toThrow(/permission denied/);
      await expect(asPatient('hub_caregiver', `select id from hub.${table}`)).rejects.toThrow(/permission denied/);
    }
  });
});
