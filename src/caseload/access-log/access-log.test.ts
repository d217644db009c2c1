import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, carePrivacyOfficer, type Actor } from '../../../test/actors.js';
import { patient } from '../../../test/caseload-factories.js';
import { insert } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { caseload } from '../index.js';
import { countStatements } from '../../platform/database/statements.js';
import { identity } from '../../identity/index.js';
import { newId } from '../../platform/id.js';

const LOG = `query ($id: ID!, $first: Int, $after: String) { patientAccesses(patientId: $id, first: $first, after: $after) {
  edges { node { id at actorName roles action words purpose outcome entity detail organization { id name } } }
  pageInfo { hasNextPage endCursor } } }`;
const READ = 'query ($id: ID!) { patient(id: $id) { displayName } }';

let hub: TestHub;
let manager: Actor;
let officer: Actor;
let id: string;

beforeAll(async () => {
  hub = await testHub({ features: [identity, caseload] });
  manager = await careManager(hub);
  officer = await carePrivacyOfficer(hub, { organization: manager.organization });
  id = await patient(hub, { organizationId: manager.organization.id });
});
afterAll(() => hub.stop());

const log = async (variables: object = {}) => (await officer.gql(LOG, { id, ...variables })).patientAccesses;

describe('who has seen a person', () => {
  it('is a list of who, when, what and for whom, the latest first', async () => {
    await manager.gql(READ, { id });
    await officer.gql(READ, { id });
    const { edges } = await log();
    expect(edges.map((edge: { node: object }) => edge.node)).toMatchObject([
      { actorName: officer.user.name, action: 'patient.read', roles: ['PRIVACY_OFFICER'] },
      {
        actorName: manager.user.name,
        action: 'patient.read',
        words: 'Opened the record',
        roles: ['CARE_MANAGER'],
        outcome: 'ALLOWED',
        organization: { id: manager.organization.id },
      },
    ]);
  });

  it('says that somebody looked at it', async () => {
    const { edges } = await log({ first: 1 });
    expect(edges[0].node).toMatchObject({ action: 'access.list', detail: 'How many: 2' });
  });

  it('names another organization, not its people', async () => {
    const agency = await agencyStaff(hub);
    await insert(hub, 'audit', {
      id: newId(),
      org_id: agency.organization.id,
      actor_id: agency.user.id,
      via: 'SESSION',
      action: 'referral.read',
      patient_id: id,
      patient_org_id: manager.organization.id,
    });
    const { edges } = await log({ first: 1 });
    expect(edges[0].node).toMatchObject({ actorName: agency.organization.name, words: 'Opened a referral' });
  });

  it('is paged, and costs the same for every page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
        await log({ first: 2, after });
      seen.push(...page.edges.map((edge) => edge.node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(4);
    // The audit, the patient, the people, the organizations, and the line that says that somebody looked.
    expect(await countStatements(hub.orm, () => log())).toBe(5);
  });

  it('is for privacy officers of the organization that keeps the record', async () => {
    expect(await manager.codes(LOG, { id })).toEqual(['FORBIDDEN']);
    const elsewhere = await carePrivacyOfficer(hub);
    expect(await elsewhere.codes(LOG, { id })).toEqual(['NOT_FOUND']);
    expect(await officer.codes(LOG, { id: newId() })).toEqual(['NOT_FOUND']);
  });
});
