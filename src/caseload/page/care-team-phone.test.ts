import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyAdmin, careManager, careSupervisor, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';

const SET = `mutation ($input: SetCareTeamPhoneInput!) { setCareTeamPhone(input: $input) { phone userErrors { code field } } }`;
const READ = '{ careTeamPhone }';

describe('The number of a care team', () => {
  let hub: TestHub;
  let lead: Actor;
  beforeAll(async () => {
    hub = await testHub();
    lead = await careSupervisor(hub);
  });
  afterAll(() => hub.stop());
  const set = async (phone: string | null) => (await lead.gql(SET, { input: { phone } })).setCareTeamPhone;

  it('is said once for all pages, changed and taken away', async () => {
    const colleague = await careManager(hub, { organization: lead.organization });
    expect(await colleague.gql(READ)).toEqual({ careTeamPhone: null });
    expect(await set('410-555-0142')).toEqual({ phone: '(410) 555-0142', userErrors: [] });
    expect(await colleague.gql(READ)).toEqual({ careTeamPhone: '(410) 555-0142' });
    expect(await set(' +1 443 555 0143 ')).toMatchObject({ phone: '(443) 555-0143' });
    const kept = await hub.sql('select e164 from hub.phone where organization_id = $1', [lead.organization.id]);
    expect(kept).toEqual([{ e164: '+14435550143' }]);
    expect(await set('')).toMatchObject({ phone: null });
    expect(await colleague.gql(READ)).toEqual({ careTeamPhone: null });
  });

  it('is a number, and is said by who leads a care team alone', async () => {
    expect(await set('ask at the desk')).toEqual({
      phone: null,
      userErrors: [{ code: 'NOT_A_PHONE', field: 'phone' }],
    });
    const own = { input: { phone: '410-555-0144' } };
    const colleague = await careManager(hub, { organization: lead.organization });
    expect(await colleague.codes(SET, own)).toEqual(['FORBIDDEN']);
    const agency = await agencyAdmin(hub);
    expect(await agency.codes(SET, own)).toEqual(['FORBIDDEN']);
    expect(await agency.codes(READ)).toEqual(['FORBIDDEN']);
    // Another team keeps its own.
    const other = await careSupervisor(hub);
    await set('410-555-0145');
    expect(await other.gql(READ)).toEqual({ careTeamPhone: null });
  });
});
