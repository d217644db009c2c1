import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager } from '../../../test/actors.js';
import { consent, need } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, sendInput, SEND, service, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const NOW = '2026-11-18T15:00:00Z';
const LOOK = `query ($input: PreviewReferralsInput!) { previewReferrals(input: $input) {
  service { id } leftOut { code message } preview { missingConsent shared { items { key value } } } } }`;
const SEND_ALL = `mutation ($input: SendReferralsInput!) { sendReferrals(input: $input) {
  results { service { id } referral { id status } leftOut { code message } } userErrors { code field } } }`;

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date(NOW) });
});
afterAll(() => hub.stop());

interface Result {
  service: { id: string };
  referral: { id: string; status: string } | null;
  leftOut: { code: string; message: string } | null;
}
const inputOf = ({ patientId, needId }: Pair, services: readonly string[], given: object = {}) => ({
  patientId,
  items: services.map((serviceId) => ({ serviceId, needIds: [needId] })),
  ...given,
});
const sendAll = async (between: Pair, services: readonly string[], given: object = {}) =>
  (await between.sender.gql(SEND_ALL, { input: inputOf(between, services, { idempotencyKey: newId(), ...given }) }))
    .sendReferrals as { results: Result[] | null; userErrors: { code: string; field: string | null }[] };
const codes = (results: readonly Result[] | null) => results?.map((one) => one.leftOut?.code ?? one.referral?.status);
const another = async (given: Record<string, unknown> = {}): Promise<string> =>
  service(hub, (await agencyStaff(hub)).organization.id, given);
const full = { capacity_status: 'NO_CAPACITY', capacity_updated_at: NOW };
const rows = ({ patientId }: Pair) =>
  hub.sql<{ id: string; service_id: string }>('select id, service_id from hub.referral where patient_id = $1', [
    patientId,
  ]);

describe('a list of services that is sent at once', () => {
  it('goes to all that may be sent to, each with its needs, and says of the others why not', async () => {
    const between = await pair(hub);
    const housing = await need(hub, between.owner, between.patientId, {
      category: 'housing-instability',
      label: 'Housing',
    });
    const [room, none, closed, taken] = [
      await another(full),
      await another({ takes_referrals: false }),
      await another({ status: 'temporarily closed' }),
      await another(),
    ];
    await send(between, { serviceId: taken });
    const hiv = await another({ sensitivity: 'HIV' });
    const services = [between.serviceId, room, none, closed, taken, hiv];
    const input = inputOf(between, services);
    input.items[0]?.needIds.push(housing);
    const { previewReferrals: seen } = await between.sender.gql(LOOK, { input });
    const want = [undefined, 'NO_ROOM', 'SERVICE_TAKES_NO_REFERRALS', 'SERVICE_NOT_ACTIVE', 'ASKED_ALREADY', undefined];
    expect(seen.map((one: Result) => one.leftOut?.code)).toEqual(want);
    expect(seen[5].preview.missingConsent).toEqual(['The consent does not name HIV.']);
    const shown = (index: number) =>
      seen[index].preview.shared.items.find((item: { key: string }) => item.key === 'needs').value;
    expect([shown(0), shown(1)]).toEqual(['Not enough food, Housing', 'Not enough food']);

    const { results, userErrors } = await sendAll(between, services, { items: input.items });
    expect(userErrors).toEqual([]);
    expect(codes(results)).toEqual(['REQUESTED', ...want.slice(1, 5), 'CONSENT_MISSING']);
    expect((await rows(between)).map((row) => row.service_id).toSorted()).toEqual(
      [between.serviceId, taken].toSorted(),
    );
    const told = await hub.sql('select referral_id from hub.disclosure where patient_id = $1', [between.patientId]);
    expect(told).toHaveLength(2);
    const audit = await hub.sql(
      `select outcome, count(*)::int from hub.audit where patient_id = $1 and action = 'referral.send' group by 1 order by 1`,
      [between.patientId],
    );
    expect(audit).toEqual([{ outcome: 'ALLOWED', count: 2 }, { outcome: 'REFUSED', count: 1 }]); // prettier-ignore
  });

  it('goes to one that is full when the sender says so', async () => {
    const between = await pair(hub);
    const items = [{ serviceId: await another(full), needIds: [between.needId], evenIfFull: true }];
    expect(codes((await sendAll(between, [], { items })).results)).toEqual(['REQUESTED']);
  });

  it('is refused whole when it is about the person, and as input when it is no list', async () => {
    const between = await pair(hub);
    const ask = (input: object) => between.sender.codes(SEND_ALL, { input: { idempotencyKey: newId(), ...input } });
    expect(await ask(inputOf(between, []))).toEqual(['BAD_USER_INPUT']);
    expect(await ask(inputOf(between, [between.serviceId, between.serviceId]))).toEqual(['BAD_USER_INPUT']);
    expect(await ask(inputOf(between, Array.from({ length: 9 }, newId)))).toEqual(['BAD_USER_INPUT']);
    await hub.sql(`update hub.patient set status = 'DECEASED' where id = $1`, [between.patientId]);
    const { results, userErrors } = await sendAll(between, [between.serviceId]);
    expect([results, userErrors]).toEqual([null, [{ code: 'PATIENT_NOT_ACTIVE', field: 'patientId' }]]);
  });

  it('is NOT_FOUND about the patient of somebody else', async () => {
    const between = await pair(hub);
    const stranger = await careManager(hub);
    const input = inputOf(between, [between.serviceId]);
    expect(await stranger.codes(LOOK, { input })).toEqual(['NOT_FOUND']);
    expect(await stranger.codes(SEND_ALL, { input: { ...input, idempotencyKey: newId() } })).toEqual(['NOT_FOUND']);
    expect(await between.agency.codes(LOOK, { input })).toEqual(['FORBIDDEN']);
  });

  it('acts once for one key, and of two tabs with the same list the second finds what the first one sent', async () => {
    const between = await pair(hub);
    const services = [between.serviceId, await another(), await another()];
    const idempotencyKey = newId();
    const [first, again] = await Promise.all([1, 2].map(() => sendAll(between, services, { idempotencyKey })));
    expect(again?.results).toEqual(first?.results);
    expect(await rows(between)).toHaveLength(3);

    const other = await pair(hub, between);
    const tabs = await Promise.all([services, services.toReversed()].map((list) => sendAll(other, list)));
    expect(tabs.flatMap((tab) => codes(tab.results)).toSorted()).toEqual([
      ...Array<string>(3).fill('ASKED_ALREADY'),
      ...Array<string>(3).fill('REQUESTED'),
    ]);
    expect(await rows(other)).toHaveLength(3);
  });

  it('does not hold up, nor is held up for ever by, somebody who sends one of them alone', async () => {
    const between = await pair(hub);
    const second = await need(hub, between.owner, between.patientId);
    const needIds = [second, between.needId];
    const items = await Promise.all(needIds.map(async (id) => ({ serviceId: await another(), needIds: [id] })));
    const answers = await Promise.all([
      sendAll(between, [], { items }),
      between.sender.gql(SEND, { input: sendInput(between, { needIds }) }),
      sendAll(between, [], { items: items.toReversed() }),
    ]);
    expect(answers).toHaveLength(3);
    expect(await rows(between)).toHaveLength(3);
  });

  it('sends exactly to those that each alone could be sent to, whatever the list', async () => {
    const kinds = ['fine', 'full', 'closed', 'none', 'secret', 'asked'] as const;
    const given = {
      fine: {},
      full,
      closed: { status: 'inactive' },
      none: { takes_referrals: false },
      secret: { sensitivity: 'HIV' },
      asked: {},
    };
    const list = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(list, fc.boolean(), async (wanted, agreed) => {
        const between = await pair(hub);
        const services = await Promise.all(wanted.map((kind) => another(given[kind])));
        const asked = services.filter((_, index) => wanted[index] === 'asked');
        for (const serviceId of asked) await send(between, { serviceId });
        if (!agreed) await hub.sql('update hub.consent set categories = $2 where id = $1', [between.consentId, ['x']]);
        const { results } = await sendAll(between, services);
        const sent = results?.filter((one) => one.referral).map((one) => one.service.id);
        expect(sent).toEqual(agreed ? services.filter((_, index) => wanted[index] === 'fine') : []);
        expect(results?.every((one) => (one.referral === null) !== (one.leftOut === null))).toBe(true);
        expect((await rows(between)).map((row) => row.service_id).toSorted()).toEqual(
          [...asked, ...(sent ?? [])].toSorted(),
        );
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('asks a consent for each agency: one that names an agency covers no other', async () => {
    const between = await pair(hub);
    await hub.sql('delete from hub.consent where id = $1', [between.consentId]);
    const grantee = { grantee_organization_id: between.agency.organization.id };
    await consent(hub, between.owner, between.patientId, grantee);
    const { results } = await sendAll(between, [await another(), between.serviceId]);
    expect(codes(results)).toEqual(['CONSENT_MISSING', 'REQUESTED']);
  });
});
