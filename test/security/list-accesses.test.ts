import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carePrivacyOfficer, type Actor } from '../actors.js';
import { patient } from '../caseload-factories.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, type Pair } from '../referral-factories.js';

const LOG = `query ($id: ID!) { patientAccesses(patientId: $id, first: 100) { edges { node { at actorName action times detail purpose organization { name } } } } }`;
const PATIENTS = '{ patients { edges { node { displayName } } } }';
const INBOX = '{ inbox { edges { node { status } } } }';

interface Access {
  at: string;
  actorName: string;
  action: string;
  times: number;
  detail: string | null;
  organization: { name: string };
}

/*
 * Whoever asks who has seen a person learns of lists too, and of nobody else who stood in them.
 */
describe('a person who was shown in a list', () => {
  let hub: TestHub;
  let here: Pair;
  let there: Pair;
  let second: string;
  let officers: Actor[];
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    here = await pair(hub);
    there = await pair(hub);
    second = await patient(hub, here.owner);
    officers = [
      await carePrivacyOfficer(hub, { organization: here.sender.organization }),
      await carePrivacyOfficer(hub, { organization: there.sender.organization }),
    ];
  });
  afterAll(() => hub.stop());

  const log = async (id: string, officer = officers[0]!): Promise<Access[]> =>
    (await officer.gql(LOG, { id })).patientAccesses.edges.map((edge: { node: Access }) => edge.node);
  const lists = async (id: string, officer?: Actor) =>
    (await log(id, officer)).filter(({ action }) => /list|inbox|search/.test(action) && action !== 'access.list');

  it('is named in the audit, with how often in a day, everybody on the page alike', async () => {
    for (let n = 0; n < 14; n += 1) await here.sender.gql(PATIENTS);
    hub.clock.advance({ days: 1 });
    await here.sender.gql(PATIENTS);
    for (const id of [here.patientId, second]) {
      expect(await lists(id)).toMatchObject([
        { actorName: here.sender.user.name, action: 'patient.list', times: 15, detail: null },
      ]);
    }
    expect(await lists(there.patientId, officers[1])).toEqual([]);
  });

  it('is one line for each day, the latest first', async () => {
    await hub.sql(
      `update hub.audit set at = at - interval '2 days' where id in (select id from hub.audit where action = 'patient.list' order by id limit 4)`,
    );
    expect((await lists(second)).map(({ times }) => times)).toEqual([11, 4]);
  });

  it('is named where it was looked for by words', async () => {
    const name = (await hub.sql<{ name: string }>('select family_name as name from hub.patient where id = $1', [second]))[0]!.name; // prettier-ignore
    await here.sender.gql(`query ($text: String) { patients(filter: { text: $text }) { edges { node { id } } } }`, { text: name }); // prettier-ignore
    expect((await lists(second)).map(({ action }) => action)).toContain('patient.search');
    expect((await lists(here.patientId)).map(({ action }) => action)).not.toContain('patient.search');
  });

  it('is named to the organization that keeps the record when an agency has it in its inbox', async () => {
    await send(here);
    // The same agency receives from another organization.
    const other = { ...there, agency: here.agency, serviceId: here.serviceId };
    await send(other);
    await here.agency.gql(INBOX);
    await here.agency.gql(INBOX);
    const agency = here.agency.organization.name;
    const seen = { action: 'referral.inbox', actorName: agency, times: 2 };
    expect(await lists(here.patientId)).toContainEqual(expect.objectContaining(seen));
    expect(await lists(there.patientId, officers[1])).toContainEqual(expect.objectContaining(seen));
    // One line a sender for each page, and nobody of another sender in it.
    const lines = await hub.sql<{ patient_org_id: string; patient_ids: string[] }>(
      `select patient_org_id, patient_ids from hub.audit where action = 'referral.inbox'`,
    );
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      const mine = line.patient_org_id === here.owner.organizationId ? here.patientId : there.patientId;
      expect(line.patient_ids).toEqual([mine]);
    }
  });

  it('stays unknown to everybody else, also by the function that answers', async () => {
    expect(await officers[1]!.codes(LOG, { id: second })).toEqual(['NOT_FOUND']);
    const asked = async (role: string, organizationId: string): Promise<number> => {
      await hub.sql('begin');
      try {
        await hub.sql(`set local role ${role}`);
        await hub.sql(`select set_config('hub.org_id', $1, true)`, [organizationId]);
        return (await hub.sql('select * from hub.accesses_of($1)', [second])).length;
      } finally {
        await hub.sql('rollback');
      }
    };
    expect(await asked('hub_auditor', here.owner.organizationId)).toBeGreaterThan(2);
    expect(await asked('hub_auditor', there.owner.organizationId)).toBe(0);
    await expect(asked('hub_app', here.owner.organizationId)).rejects.toMatchObject({ code: '42501' });
  });
});
