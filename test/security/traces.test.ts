import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { addressOf, carePrivacyOfficer } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { send, step, take } from '../referral-factories.js';
import { post, SECRETS, wholePerson } from './hostile-ground.js';

/*
 * What a day's work leaves behind outside the record: log, metrics, errors, jobs, letters, the audit, and what a database
 * administrator sees of connections. Nothing of it may say whom the work was about.
 */
let hub: TestHub;
let lines: string[];
let errors: string[];
const names = Object.values(SECRETS);

beforeAll(async () => {
  lines = [];
  errors = [];
  hub = await testHub({ now: new Date(), log: createLog('debug', { write: (line) => void lines.push(line) }) });
  await work();
}, 60_000);
afterAll(() => hub.stop());

async function work(): Promise<void> {
  const person = await wholePerson(hub);
  const { sender, agency, patientId, referralId } = person;
  await hub.sql('update hub.organization set referral_email = $2 where id = $1', [
    agency.organization.id,
    'in@example.org',
  ]);
  const officer = await carePrivacyOfficer(hub, { organization: sender.organization });
  const say = async (token: string | undefined, query: string, variables: object = {}): Promise<void> => {
    const { json } = await post(hub, token, { query, variables });
    errors.push(
      JSON.stringify([json.errors ?? [], Object.values(json.data ?? {}).map((it) => Object(it)['userErrors'])]),
    );
  };
  const register = `mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } userErrors { code message field } } }`;
  const { givenName, familyName, phone, email, whatMatters, contactNote, street, message } = SECRETS;
  const details = { givenName, familyName, phone, email, whatMatters, contactNote, address1: street };
  await say(sender.token, register, { input: { ...details, birthDate: SECRETS.birthDate } });
  // What is refused must not come back either.
  await say(sender.token, register, {
    input: { ...details, birthDate: '2999-01-01', zip: familyName, phone: `${familyName} 1` },
  });
  await say(sender.token, register, { input: { ...details, birthDate: familyName } });
  await say(sender.token, register, { input: { ...details, birthDate: '1970-01-01', externalId: familyName } });
  await say(sender.token, register, { input: { ...details, birthDate: '1970-01-01', externalId: familyName } });
  await say(
    sender.token,
    `mutation { addNeed(input: { patientId: "${patientId}", category: "${familyName}", label: "${familyName}", wantsHelp: true }) { userErrors { message } } }`,
  );
  await say(sender.token, '{ patients(filter: { text: "Zqfamily" }) { edges { node { id } } } }');
  await say(
    sender.token,
    `{ patients(filter: { text: "${familyName}", nothing: "${phone}" }) { edges { node { id } } } }`,
  );
  await say(
    sender.token,
    `{ searchServices(input: { text: "${familyName}", near: { place: "${street}" } }) { total } }`,
  );
  await say(officer.token, `{ patientAccesses(patientId: "${patientId}") { edges { node { words detail } } } }`);
  await say(
    undefined,
    `mutation { signIn(input: { email: "${email}", password: "${familyName}" }) { userErrors { message } } }`,
  );
  // A query over GET has its variables in the address.
  const query = encodeURIComponent(`{ patients(filter: { text: "${familyName}" }) { edges { node { id } } } }`);
  for (const path of [`/graphql?query=${query}`, `/patients?text=${familyName}`]) {
    await fetch((await addressOf(hub)) + path, {
      headers: {
        authorization: `Bearer ${sender.token}`,
        'apollo-require-preflight': 'yes',
        referer: `http://x/${familyName}`,
      },
    });
  }
  // A fault of ours in the middle of it.
  await hub.sql('alter table hub.patient add constraint fault check (gender is null)');
  await say(sender.token, register, { input: { ...details, birthDate: '1970-01-01', gender: familyName } });
  await hub.sql('alter table hub.patient drop constraint fault');
  await take(sender, 'confirmReferralOutcome', referralId, { confirmation: 'HELPED', note: SECRETS.needNote });
  await agency.gql(step('holdReferral'), { input: { id: referralId, reasonCode: 'OTHER', reason: message } });
  const second = await wholePerson(hub);
  await agencySays(second.referralId);
  await send({ ...second, sender: second.sender }).catch(() => undefined);

  async function agencySays(id: string): Promise<void> {
    const text = `mutation ($input: SendReferralMessageInput!) { sendReferralMessage(input: $input) { userErrors { code } } }`;
    await say(second.agency.token, text, { input: { id, body: message, idempotencyKey: `key ${id}` } });
    await take(second.agency, 'failReferral', id, { reasonCode: 'OTHER', reason: message });
  }
}

const found = (text: string): string[] => names.filter((name) => text.includes(name));

describe('whom the work was about', () => {
  it('stands in no job, before it runs and after it failed', async () => {
    const before = await hub.sql('select * from graphile_worker._private_jobs');
    expect(before.length).toBeGreaterThan(5);
    expect(found(JSON.stringify(before))).toEqual([]);
    await hub.sql('alter table hub.mail_outbox rename to mail_away');
    await hub.sql('alter table hub.need rename to need_away');
    await hub.app.jobs.runDue(new Date());
    const failed = await hub.sql('select * from graphile_worker._private_jobs where last_error is not null');
    expect(failed.length).toBeGreaterThan(0);
    expect(found(JSON.stringify(failed))).toEqual([]);
    await hub.sql('alter table hub.mail_away rename to mail_outbox');
    await hub.sql('alter table hub.need_away rename to need');
    expect(await hub.app.jobs.runDue(new Date(Date.now() + 86_400_000))).toEqual([]);
  });

  it('stands in no letter', () => {
    expect(hub.mail.letters.length).toBeGreaterThan(2);
    expect(found(JSON.stringify(hub.mail.letters))).toEqual([]);
  });

  it('stands in no error', () => {
    expect(errors.join('')).toContain('BAD_USER_INPUT');
    expect(errors.join('')).toContain('INTERNAL');
    expect(found(errors.join(''))).toEqual([]);
  });

  it('stands in no line of the log', () => {
    const text = lines.join('');
    expect(text).toContain('a field failed');
    expect(text).toContain('"answered"');
    expect(found(text)).toEqual([]);
    expect(text).not.toMatch(/Bearer|hub_session=/);
  });

  it('stands in no number of the metrics', async () => {
    const text = await (await fetch(`${await addressOf(hub)}/metrics`)).text();
    expect(text).toContain('hub_http_request_seconds');
    expect(found(text)).toEqual([]);
  });

  it('stands in no note of the audit or of a key, nor in the name of a connection', async () => {
    const audit = await hub.sql('select action, purpose, entity, detail, roles from hub.audit');
    const keys = await hub.sql('select mutation, key, result from hub.idempotency_key');
    const connections = await hub.sql('select application_name from pg_stat_activity');
    expect(audit.length).toBeGreaterThan(10);
    expect(keys.length).toBeGreaterThan(0);
    expect(found(JSON.stringify([audit, keys, connections]))).toEqual([]);
  });
});
