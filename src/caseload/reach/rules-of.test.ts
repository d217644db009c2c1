import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, type Actor } from '../../../test/actors.js';
import { patient, relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { asTask } from '../../platform/database/operation.js';
import { rulesOf } from './rules-of.js';

let hub: TestHub;
let sender: Actor;
beforeAll(async () => {
  hub = await testHub();
  sender = await careManager(hub);
});
afterAll(() => hub.stop());

const owner = () => ({ organizationId: sender.organization.id });
async function zoneOf(given: object, relative = false): Promise<string | undefined> {
  const patientId = await patient(hub, owner(), given);
  const relatedPersonId = relative ? await relatedPerson(hub, owner(), patientId) : null;
  const db = asTask(hub.orm);
  const rules = await rulesOf(await db.em(), { careOrgId: sender.organization.id, patientId, relatedPersonId });
  await db.end();
  return rules?.timeZone;
}

describe('the clock by which a person is reached', () => {
  it('is the one that was said, else that of the ZIP code, else that of the care organization', async () => {
    expect(await zoneOf({})).toBe('America/New_York');
    expect(await zoneOf({ zip: '96813' })).toBe('Pacific/Honolulu');
    expect(await zoneOf({ zip: '96813', time_zone: 'America/Chicago' })).toBe('America/Chicago');
    expect(await zoneOf({ zip: '00000' })).toBe('America/New_York');
    expect(await zoneOf({ zip: '85001' }, true)).toBe('America/Phoenix');
  });

  it('is told apart within a state', async () => {
    expect(await zoneOf({ zip: '79901' })).toBe('America/Denver');
    expect(await zoneOf({ zip: '75201' })).toBe('America/Chicago');
    expect(await zoneOf({ zip: '32501' })).toBe('America/Chicago');
    expect(await zoneOf({ zip: '33101' })).toBe('America/New_York');
  });
});
