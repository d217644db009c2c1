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

describe('somebody around a patient', () => {
  const rulesFor = async (given: object, near: object = {}) => {
    const patientId = await patient(hub, owner(), near);
    const relatedPersonId = await relatedPerson(hub, owner(), patientId, given);
    const db = asTask(hub.orm);
    const rules = await rulesOf(await db.em(), { careOrgId: sender.organization.id, patientId, relatedPersonId });
    await db.end();
    return rules;
  };
  const SATURDAY = [{ days: ['SA'], from: '10:00', to: '12:00' }];
  const json = (windows: object) => JSON.stringify(windows);

  it('is reached by their own clock, way and hours, whatever those of the patient are', async () => {
    const near = { zip: '21201', time_zone: 'America/New_York', contact_windows: json(SATURDAY), phone_safe: false };
    expect(await rulesFor({ time_zone: 'America/Los_Angeles', phone: '+14155550142' }, near)).toMatchObject({
      timeZone: 'America/Los_Angeles',
      contactMethod: 'TEXT',
      contactWindows: null,
      phoneSafe: true,
    });
    const said = { contact_method: 'PHONE', contact_windows: json(SATURDAY), phone_safe: false, voicemail_ok: true };
    expect(await rulesFor(said, near)).toMatchObject({
      timeZone: 'America/New_York',
      contactMethod: 'PHONE',
      contactWindows: SATURDAY,
      phoneSafe: false,
      voicemailOk: true,
    });
  });

  it('with a record of their own has its hours and clock, and what it forbids is forbidden', async () => {
    const phone = '+18085550142';
    const own = async (given: object) => ({ own_patient_id: await patient(hub, owner(), { phone, ...given }), phone });
    const near = { zip: '21201', time_zone: 'America/New_York' };
    const there = await own({ zip: '96813', contact_windows: json(SATURDAY), phone_safe: false });
    expect(await rulesFor(there, near)).toMatchObject({
      timeZone: 'Pacific/Honolulu',
      contactWindows: SATURDAY,
      phoneSafe: false,
      active: true,
    });
    // Another number than the one that is not safe.
    expect(await rulesFor({ ...there, phone: '+14105550143' }, near)).toMatchObject({ phoneSafe: true });
    expect(await rulesFor(await own({ contact_method: 'NONE' }))).toMatchObject({ contactMethod: 'NONE' });
    expect(await rulesFor(await own({ status: 'DECEASED' }))).toMatchObject({ active: false });
    expect(await rulesFor(await own({ contact_times: 'After her shift' }))).toMatchObject({
      contactTimes: 'After her shift',
    });
  });
});
