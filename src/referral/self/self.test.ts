import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, visitor, type Actor, type Visitor } from '../../../test/actors.js';
import { asApp } from '../../../test/as-app.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, tokenIn } from '../../../test/link-factories.js';
import { service, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';
import { SELF_ORG } from './self-org.js';

const BEGIN = `mutation ($input: BeginSelfReferralInput!) { beginSelfReferral(input: $input) { ticket userErrors { code field } } }`;
const TEXT = `query ($input: SelfStatementInput!) { selfReferralStatement(input: $input) { text version } }`;
const SEND = `mutation ($input: SendSelfReferralInput!) { sendSelfReferral(input: $input) { sent userErrors { code field } } }`;
const INBOX = `{ inbox(first: 20) { edges { node { id askedBy patientLabel sentByName viewerActions shared { items { key value } } } } } }`;

let hub: TestHub;
let agency: Actor;
let serviceId: string;
let somebody: Visitor;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2027-03-10T15:00:00Z') });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  hub.clock.set('2027-03-10T15:00:00Z');
  await hub.sql('delete from hub.rate_limit');
  hub.mail.letters.splice(0);
  agency = await agencyStaff(hub);
  somebody = await anonymous(hub);
  serviceId = await service(hub, agency.organization.id);
});

const person = () => somebody;
const about = (given: object = {}) => ({
  serviceId,
  givenName: 'Ana',
  familyName: 'R',
  categories: ['food-insecurity'],
  ...given,
});
async function begin(address = `${newId()}@example.org`, given: object = {}) {
  const input = { serviceId, way: 'EMAIL', address, ...given };
  return { address, ...(await person().gql(BEGIN, { input })).beginSelfReferral };
}
const versionOf = async (given: object = {}): Promise<string> =>
  (await person().gql(TEXT, { input: about(given) })).selfReferralStatement.version;
async function codeIn(address: string): Promise<string> {
  await hub.runJobs();
  return /^\d{6}/.exec(hub.mail.to(address).at(-1)?.text ?? '')?.[0] ?? '';
}
async function ask(given: object = {}, statement: object = {}) {
  const { ticket, address } = await begin();
  const code = await codeIn(address);
  const input = {
    ...about(statement),
    ticket,
    code,
    statementVersion: await versionOf(statement),
    hours: 'ANY',
    ...given,
  };
  return { address, input, ...(await person().gql(SEND, { input })).sendSelfReferral };
}
const received = async () =>
  (await agency.gql(INBOX)).inbox.edges.map((edge: { node: Record<string, unknown> }) => edge.node);

describe('somebody who asks for themselves', () => {
  it('is asked by the agency’s inbox like any other, with the one way that is safe and the consent word for word', async () => {
    const household = [{ relation: 'CHILD', age: 4, givenName: 'Leo' }];
    const { address, userErrors, sent } = await ask({ request: 'Food for two', hours: 'MORNINGS', household });
    expect([sent, userErrors]).toEqual([true, []]);
    const [row] = await received();
    expect(row).toMatchObject({ askedBy: 'SELF', patientLabel: 'Ana R.', sentByName: 'The person themselves' });
    expect(row.viewerActions).not.toContain('MESSAGE');
    const items = new Map(row.shared.items.map((item: { key: string; value: string }) => [item.key, item.value]));
    expect(Object.fromEntries(items)).toMatchObject({ name: 'Ana R', email: address, household: 'Child, 4 (Leo)' });
    expect(items.get('safeContact')).toMatch(/leave no voicemail.*8:00/);
    expect([...items.keys()]).not.toContain('birthDate');
    const [consent] = await hub.sql('select statement, grantee_organization_id, language from hub.consent where care_org_id = $1 order by id desc limit 1', [SELF_ORG]); // prettier-ignore
    expect(consent).toMatchObject({ grantee_organization_id: agency.organization.id, language: 'en' });
    expect(consent?.['statement']).toContain('Agreement of Ana R');
    expect((await take(agency, 'acceptReferral', String(row.id))).refused).toEqual([]);
  });

  it('has nobody behind them who reads messages: none are offered, by account or by link, and none are taken', async () => {
    const email = `${newId()}@agency.example`;
    await hub.sql('update hub.service set referral_email = $1 where id = $2', [email, serviceId]);
    await ask();
    await hub.runJobs();
    const [row] = await received();
    const id = String(row?.['id']);
    expect(row?.['viewerActions']).not.toContain('PROPOSE_TRANSFER');
    expect((await take(agency, 'sendReferralMessage', id, { body: 'When?', idempotencyKey: newId() })).refused).toEqual(
      ['NO_MESSAGES'],
    );
    const token = tokenIn(hub, email);
    const by = await visitor(hub);
    const { referral } = await byLink(by, 'open', { token });
    expect(referral.answers).not.toContain('NEED_INFO');
    const words = { token, id: newId(), expectedVersion: referral.version, words: 'When?' };
    expect((await byLink(by, 'answer', { ...words, answer: 'NEED_INFO' })).refused).toEqual(['NO_MESSAGES']);
    expect((await byLink(by, 'message', { token, id: newId(), body: 'When?' })).refused).toEqual(['NO_MESSAGES']);
    const messages = 'select id from hub.referral_message where referral_id = $1';
    expect(await hub.sql(messages, [id])).toEqual([]);
    await hub.sql('update hub.service set referral_email = null where id = $1', [serviceId]);
  });

  it('is sent a code that says nothing, and nothing else unless they said so', async () => {
    const { address } = await ask();
    await hub.runJobs();
    expect(hub.mail.to(address).map(({ subject, text }) => [subject, text.replace(/\d{6}/, 'N')])).toEqual([
      ['Your code', 'N is your code. It works for 30 minutes. If you did not ask for it, do nothing.\n'],
    ]);
    const wanted = await ask({ wantsLink: true });
    await hub.runJobs();
    const letters = hub.mail.to(wanted.address);
    expect(letters).toHaveLength(2);
    expect(letters[1]?.text).toContain('/my-help#token=');
    expect(JSON.stringify(letters)).not.toMatch(/Ana|Pantry|food/i);
  });

  it('has a link that waits for the hours that are safe', async () => {
    const { address } = await ask({ wantsLink: true, hours: 'EVENINGS', timeZone: 'America/New_York' });
    await hub.runJobs();
    expect(hub.mail.to(address)).toHaveLength(1);
    hub.clock.set('2027-03-10T22:30:00Z');
    await hub.runJobs();
    expect(hub.mail.to(address)).toHaveLength(2);
  });

  it('is never seen by a care organization, nor by another agency', async () => {
    await ask();
    const [row] = await received();
    const app = await asApp(hub);
    const counts: unknown[] = [];
    for (const actor of [agency, await careManager(hub), await agencyStaff(hub)]) {
      counts.push(await app.run(actor, 'select id from hub.referral where id = $1', [row.id]));
      counts.push(await app.run(actor, 'select id from hub.patient where care_org_id = $1', [SELF_ORG]));
      counts.push(await app.run(actor, 'select id from hub.self_request where org_id = $1', [SELF_ORG]));
    }
    await app.end();
    expect(counts).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    const join = hub.sql(`insert into hub.membership (id, user_id, organization_id, roles) select $1, id, $2, array['CARE_MANAGER'] from hub.user_account limit 1`, [newId(), SELF_ORG]); // prettier-ignore
    await expect(join).rejects.toThrow(/membership_not_self/);
  });

  it('asks once, however often the answer was lost', async () => {
    const { input } = await ask();
    expect((await person().gql(SEND, { input })).sendSelfReferral).toEqual({ sent: true, userErrors: [] });
    const { ticket, address } = await begin();
    const again = { ...input, ticket, code: await codeIn(address) };
    await Promise.all([1, 2].map(() => person().gql(SEND, { input: again })));
    expect(await received()).toHaveLength(2);
  });

  it('agrees to the text that was shown and to no other', async () => {
    const other = await versionOf({ givenName: 'Eve' });
    expect((await ask({ statementVersion: other })).userErrors).toMatchObject([{ code: 'TEXT_CHANGED' }]);
    expect(await received()).toEqual([]);
    const spanish = (await person().gql(TEXT, { input: about({ language: 'es' }) })).selfReferralStatement;
    expect(spanish.text).toContain('Acuerdo de Ana R');
  });

  it('needs the code: five wrong ones end the request, and it ends by itself', async () => {
    const { ticket, address } = await begin();
    const code = await codeIn(address);
    const tried = async (given: string, id = ticket) => {
      const input = { ...about(), ticket: id, code: given, statementVersion: await versionOf(), hours: 'ANY' };
      return (await person().gql(SEND, { input })).sendSelfReferral.userErrors[0]?.code;
    };
    const wrong = code === '000000' ? '111111' : '000000';
    for (let times = 0; times < 5; times += 1) expect(await tried(wrong)).toBe('WRONG_CODE');
    expect(await tried(code)).toBe('CODE_ENDED');
    expect(await tried(code, newId())).toBe('CODE_ENDED');
    const late = await begin();
    const lateCode = await codeIn(late.address);
    hub.clock.advance({ minutes: 31 });
    expect(await tried(lateCode, late.ticket)).toBe('CODE_ENDED');
    expect(await received()).toEqual([]);
  });

  it('proves a request for one service and sends no other by it', async () => {
    const { ticket, address } = await begin();
    const code = await codeIn(address);
    const another = await service(hub, agency.organization.id);
    const statementVersion = await versionOf({ serviceId: another });
    const input = { ...about({ serviceId: another }), ticket, code, statementVersion, hours: 'ANY' };
    expect((await person().gql(SEND, { input })).sendSelfReferral.userErrors).toMatchObject([{ code: 'CODE_ENDED' }]);
  });

  it('gets no more codes than five a day to one address, and a wrong address is said', async () => {
    const address = 'same@example.org';
    for (let times = 0; times < 5; times += 1) expect((await begin(address)).userErrors).toEqual([]);
    expect((await begin(address)).userErrors).toEqual([{ code: 'TOO_MANY_CODES', field: 'address' }]);
    expect((await begin('nowhere')).userErrors).toEqual([{ code: 'NOT_AN_EMAIL', field: 'address' }]);
    expect((await begin('12', { way: 'TEXT' })).userErrors).toEqual([{ code: 'NOT_A_PHONE', field: 'address' }]);
  });

  it('is told to call where nothing can be asked for here', async () => {
    for (const given of [{ takes_referrals: false }, { status: 'inactive' }, { sensitivity: 'SUBSTANCE_USE' }]) {
      const closed = await service(hub, agency.organization.id, given);
      expect((await begin('a@example.org', { serviceId: closed })).userErrors).toMatchObject([{ code: 'CALL_THEM' }]);
    }
  });

  it('says in the consent that a shelter is about violence, keeps names out, and its letters say nothing', async () => {
    await hub.sql(`update hub.service set sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id = $1`, [serviceId]);
    const { address, userErrors } = await ask({
      wantsLink: true,
      household: [{ relation: 'CHILD', givenName: 'Leo' }],
    });
    expect(userErrors).toEqual([]);
    const [row] = await received();
    expect(row.shared.items.find((item: { key: string }) => item.key === 'household').value).toBe('Child');
    const [consent] = await hub.sql('select sensitivities, statement from hub.consent where care_org_id = $1 order by id desc limit 1', [SELF_ORG]); // prettier-ignore
    expect(consent?.['sensitivities']).toEqual(['INTIMATE_PARTNER_VIOLENCE']);
    await hub.runJobs();
    expect(JSON.stringify(hub.mail.to(address))).not.toMatch(/violence|shelter|Pantry|Ana/i);
  });

  it('leaves no address behind when it was sent, and no request after a day', async () => {
    await ask();
    const rows = () => hub.sql('select address from hub.self_request where service_id = $1', [serviceId]);
    expect(await rows()).toEqual([{ address: null }]);
    hub.clock.advance({ days: 2 });
    await hub.sql(`select hub.enqueue('referral.clear-self')`);
    await hub.runJobs();
    expect(await rows()).toEqual([]);
  });
});
