import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { need, patient } from '../../test/caseload-factories.js';
import { careManager } from '../../test/actors.js';
import { organization } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, refusals, rowsAbout, SEND, sendInput, service } from '../../test/referral-factories.js';
import { newId } from '../platform/id.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

describe('a referral that makes no sense', () => {
  it.each([
    ['NEED_NOT_CONFIRMED', `update hub.need set status = 'POSSIBLE', wants_help = null where patient_id = $1`],
    ['NEED_NOT_CONFIRMED', 'update hub.need set wants_help = false where patient_id = $1'],
    ['PATIENT_NOT_ACTIVE', `update hub.patient set status = 'DECEASED' where id = $1`],
  ])('is refused as %s', async (code, sql) => {
    const between = await pair(hub);
    await hub.sql(sql, [between.patientId]);
    expect(await refusals(between)).toMatchObject([{ code }]);
    expect(await rowsAbout(hub, between)).toMatchObject({ referrals: 0 });
  });

  it.each([
    ['SERVICE_TAKES_NO_REFERRALS', 'update hub.service set takes_referrals = false where id = $1'],
    ['SERVICE_NOT_ACTIVE', `update hub.service set status = 'temporarily closed' where id = $1`],
    [
      'SERVICE_NOT_ACTIVE',
      'update hub.organization set retired_at = now() where id = (select organization_id from hub.service where id = $1)',
    ],
  ])('is refused as %s', async (code, sql) => {
    const between = await pair(hub);
    await hub.sql(sql, [between.serviceId]);
    expect(await refusals(between)).toMatchObject([{ code, field: 'serviceId' }]);
  });

  it('is refused to a service of the own organization, and with a text that is too long', async () => {
    const between = await pair(hub);
    const own = await service(hub, between.sender.organization.id);
    expect(await refusals(between, { serviceId: own })).toMatchObject([{ code: 'OWN_SERVICE' }]);
    expect(await refusals(between, { request: 'x'.repeat(2001) })).toMatchObject([
      { code: 'TOO_LONG', field: 'request' },
    ]);
  });

  it('is an input error for needs, sites and things to share that are not there', async () => {
    const between = await pair(hub);
    const { sender, owner } = between;
    const stranger = await need(hub, owner, await patient(hub, owner));
    const other = await service(hub, between.agency.organization.id);
    const codes = (given: Record<string, unknown>) => sender.codes(SEND, { input: sendInput(between, given) });
    expect(await codes({ needIds: [] })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ needIds: [stranger] })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ siteId: other })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ share: ['ssn'] })).toEqual(['BAD_USER_INPUT']);
    expect(await codes({ serviceId: newId() })).toEqual(['NOT_FOUND']);
  });

  it('is NOT_FOUND about another organization’s patient, whatever the rest', async () => {
    const between = await pair(hub);
    const stranger = await careManager(hub);
    expect(await stranger.codes(SEND, { input: sendInput(between) })).toEqual(['NOT_FOUND']);
    const another = await organization(hub);
    const elsewhere = sendInput({ ...between, serviceId: await service(hub, another.id) });
    expect(await stranger.codes(SEND, { input: elsewhere })).toEqual(['NOT_FOUND']);
  });
});
