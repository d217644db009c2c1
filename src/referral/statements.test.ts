import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../test/actors.js';
import { organization } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { byLink, linked, type Linked } from '../../test/link-factories.js';
import { pair, send, sendInput, service, take, type Pair } from '../../test/referral-factories.js';
import { listStatements } from '../platform/database/statements.js';
import { newId } from '../platform/id.js';

const LINE = `id status patientLabel sentAt overdue side categories { code label } from { id name } to { id name }
  service { id name organization { id name } } loop { closed } viewerActions`;

describe('the number of SQL statements', () => {
  let hub: TestHub;
  let between: Pair;
  let ids: string[];

  beforeAll(async () => {
    hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
    between = await pair(hub);
    ids = [];
    for (let i = 0; i < 21; i += 1) {
      const to = i % 2 ? between.serviceId : await service(hub, between.agency.organization.id);
      ids.push(await send(await pair(hub, { ...between, serviceId: to })));
    }
    for (const [index, id] of ids.slice(0, 4).entries()) {
      await take(between.agency, 'acceptReferral', id, { note: `Note ${index}` });
    }
    await organization(hub);
  }, 60_000);
  afterAll(() => hub.stop());

  async function statements(actor: Actor, query: string, variables: object = {}): Promise<string[]> {
    await actor.gql(query, { ...variables });
    return listStatements(hub.orm, () => actor.gql(query, { ...variables }));
  }

  it('of an inbox page of 20 does not grow with its rows', async () => {
    const page = (first: number) =>
      `{ inbox(first: ${first}) { edges { node { ${LINE} } } pageInfo { hasNextPage } } }`;
    const some = await statements(between.agency, page(1));
    const all = await statements(between.agency, page(20));
    expect(all.length).toBe(some.length);
    // The page with what its lines name, and the audit.
    expect(all.length).toBe(2);
  });

  it('of the sent list of 20 with patients is as small', async () => {
    const query = `{ referrals(first: 20) { edges { node { ${LINE} patient { id displayName } } } } }`;
    expect((await statements(between.sender, query)).length).toBeLessThanOrEqual(6);
  });

  it('of an inbox whose lines name services and senders is one, and the audit', async () => {
    const query = '{ inbox { edges { node { id service { name } from { name } } } } }';
    expect(await statements(between.agency, query)).toHaveLength(2);
  });

  it('of one referral with all that its page shows stays at four for each side', async () => {
    const page = `query ($id: ID!) { referral(id: $id) { ${LINE} request shared { items { key value } }
      transitions { toStatus byName at } messages(first: 100) { edges { node { body authorOrganization { name } } } } } }`;
    const read = await statements(between.agency, page, { id: ids[0] });
    // The referral with its steps and what it names, its messages, who wrote these, and the audit.
    expect(read.length).toBeLessThanOrEqual(4);
    expect((await statements(between.sender, page, { id: ids[0] })).length).toBeLessThanOrEqual(4);
  });

  it('of the desk is one for each list and one for all its numbers', async () => {
    const query = `{ today { counts { overdueReferrals toConfirm declined } needsAnswer { ${LINE} }
      overdueReferrals { ${LINE} } toConfirm { ${LINE} } } }`;
    const read = await statements(between.sender, query);
    // Three lists, their numbers, those of the patients, and the audit.
    expect(read.length).toBeLessThanOrEqual(6);
  });

  it('of a list of patients with their referrals is one', async () => {
    const query = `{ patients(first: 20) { edges { node { id summary { openReferrals overdueReferrals }
      referrals(first: 3) { edges { node { id status } } } } } } }`;
    const about = (await statements(between.sender, query)).filter((sql) => sql.includes('referral'));
    expect(about.length).toBeLessThanOrEqual(3);
  });

  it('of sending is one for each step, and of an answer by the agency too', async () => {
    const one = await pair(hub, between);
    const SENT = `mutation ($input: SendReferralInput!) { sendReferral(input: $input) { userErrors { code }
      referral { ${LINE} request shared { items { key value } } version } } }`;
    await send(one);
    const next = await pair(hub, between);
    let sent: { id: string } | undefined;
    const read = await listStatements(hub.orm, async () => {
      sent = (await next.sender.gql(SENT, { input: sendInput(next) })).sendReferral.referral;
    });
    // The key, the patient, where it goes, the needs, the consent; the referral, the needs, what hangs on it, the audit
    // with jobs and live updates, the key; and what the answer names.
    expect(read.length).toBeLessThanOrEqual(11);
    // What is answered at once is what stands there.
    const stands = await next.sender.gql(
      `query ($id: ID!) { referral(id: $id) { ${LINE} request shared { items { key value } } version } }`,
      { id: sent?.id },
    );
    expect(sent).toEqual(stands.referral);
    const accepted = await listStatements(hub.orm, () => take(next.agency, 'acceptReferral', sent?.id ?? '', {}));
    // The referral, locked; the clocks and the caller's name; the step, the referral; the audit with jobs and live updates.
    expect(accepted.length).toBeLessThanOrEqual(5);
  });

  it('of an answer by a link is seven behind the two that ask whose it is, whatever has been written before', async () => {
    const between = await linked(hub);
    const one = await linked(hub, { like: between });
    const accept = (at: Linked, words?: string) =>
      byLink(at.visitor, 'answer', { token: at.token, id: newId(), answer: 'ACCEPT', words });
    await accept(between);
    // The referral, locked; whether it was said, the name and the clocks; the step, the referral, the link; the page; the
    // audit with jobs and live updates.
    expect(await listStatements(hub.orm, () => accept(one))).toHaveLength(7);
    const two = await linked(hub, { like: between });
    for (const body of ['One', 'Two']) await byLink(two.visitor, 'message', { token: two.token, id: newId(), body });
    // The message, and whether papers came with those that are shown.
    expect((await listStatements(hub.orm, () => accept(two, 'Come by.'))).length).toBeLessThanOrEqual(9);
  });
});
