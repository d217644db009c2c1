import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditMonths } from '../../src/access/nightly.js';
import { features } from '../../src/features.js';
import { asTask } from '../../src/platform/database/operation.js';
import { enqueue } from '../../src/platform/jobs/enqueue.js';
import { addressOf, agencyStaff, type Actor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, SEND, sendInput, step, type Pair } from '../referral-factories.js';
import { mailServer } from './mail-server.js';

let hub: TestHub;
let mail: Awaited<ReturnType<typeof mailServer>>;
let people: Pair;

beforeAll(async () => {
  mail = await mailServer();
  hub = await testHub({ env: { SMTP_URL: mail.url }, realMail: true });
  people = await pair(hub);
});
afterAll(async () => {
  await hub.stop();
  await mail.stop();
});

const runAll = async (): Promise<Error[]> => hub.app.jobs.runDue(new Date(Date.now() + 86_400_000));

describe('two people who accept the same referral at once', () => {
  it('one wins, the other sees how it stands', async () => {
    const { organization } = people.agency;
    const colleagues: Actor[] = [people.agency];
    for (let n = 0; n < 3; n += 1) colleagues.push(await agencyStaff(hub, { organization }));
    for (let round = 0; round < 3; round += 1) {
      const id = await send(await pair(hub, people));
      const answers = await Promise.all(
        colleagues.map((one) => one.gql(step('acceptReferral'), { input: { id, expectedVersion: 1 } })),
      );
      const codes = answers.map(({ acceptReferral }) => acceptReferral.userErrors[0]?.code ?? 'WON');
      expect(codes.toSorted()).toEqual(['ALREADY_DONE', 'ALREADY_DONE', 'ALREADY_DONE', 'WON']);
      for (const { acceptReferral } of answers) {
        expect(acceptReferral.referral).toMatchObject({ id, status: 'ACCEPTED' });
      }
      const steps = await hub.sql(
        `select from hub.referral_transition where referral_id = $1 and to_status = 'ACCEPTED'`,
        [id],
      );
      expect(steps).toHaveLength(1);
    }
  });

  it('and one who declines meanwhile: exactly one answer counts', async () => {
    const id = await send(await pair(hub, people));
    const other = await agencyStaff(hub, { organization: people.agency.organization });
    const input = { id, expectedVersion: 1 };
    const [yes, no] = await Promise.all([
      people.agency.gql(step('acceptReferral'), { input }),
      other.gql(step('declineReferral'), { input: { ...input, reasonCode: 'NO_CAPACITY', reason: '' } }),
    ]);
    const refused = [...yes.acceptReferral.userErrors, ...no.declineReferral.userErrors];
    expect(refused).toHaveLength(1);
    expect(yes.acceptReferral.referral.status).toBe(no.declineReferral.referral.status);
  });
});

describe('a referral sent ten times at once with one key', () => {
  it('is sent once', async () => {
    const between = await pair(hub, people);
    const input = sendInput(between);
    const answers = await Promise.all(Array.from({ length: 10 }, () => people.sender.gql(SEND, { input })));
    const ids = new Set(answers.map(({ sendReferral }) => sendReferral.referral.id));
    expect(ids.size).toBe(1);
    const [id] = ids;
    for (const [table, column] of [
      ['referral', 'patient_id'],
      ['disclosure', 'patient_id'],
    ]) {
      expect(await hub.sql(`select from hub.${table} where ${column} = $1`, [between.patientId])).toHaveLength(1);
    }
    expect(await hub.sql('select from hub.referral_transition where referral_id = $1', [id])).toHaveLength(1);
    const jobs = await hub.sql(
      `select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'referral.notify' and j.payload ->> 'referralId' = $1`,
      [id],
    );
    expect(jobs).toHaveLength(1);
  });
});

describe('a mail server that is away', () => {
  it('gets each letter late, and once', async () => {
    await hub.sql('update hub.organization set referral_email = $2 where id = $1', [
      people.agency.organization.id,
      'inbox@example.org',
    ]);
    await runAll();
    mail.letters.length = 0;
    await mail.stop();
    await send(await pair(hub, people));
    const failures = await runAll();
    expect(failures.map(String)).toEqual([expect.stringMatching(/The mail server did not take the letter/)]);
    const kept = await hub.sql<{ last_error: string }>(
      'select last_error from graphile_worker._private_jobs where last_error is not null',
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(/127\.0\.0\.1|example\.org/);
    await mail.start();
    expect(await runAll()).toEqual([]);
    expect(await runAll()).toEqual([]);
    expect(mail.letters).toHaveLength(1);
    expect(mail.letters[0]).toContain('inbox@example.org');
  });
});

describe('the audit', () => {
  const month = (ahead: number) => `to_char(now() + make_interval(months => ${ahead}), 'YYYY_MM')`;
  const drop = (ahead: number) => hub.sql(`do $$ begin execute 'drop table hub.audit_' || ${month(ahead)}; end $$`);
  const exists = async (ahead: number): Promise<boolean> => {
    const [row] = await hub.sql<{ found: boolean }>(
      `select to_regclass('hub.audit_' || ${month(ahead)}) is not null as found`,
    );
    return row?.found ?? false;
  };
  const read = '{ patients { edges { node { familyName } } } }';

  it('without a table for the month lets nobody read, and says so in no more than the API’s words', async () => {
    await drop(0);
    const error: unknown = await people.sender.gql(read).catch((reason: unknown) => reason);
    expect(JSON.stringify(error)).toContain('"status":500');
    expect(JSON.stringify(error)).not.toMatch(/familyName":|partition|hub\.audit/);
    const sent = pair(hub, people).then(send);
    await expect(sent).rejects.toThrow(/went wrong/);
  });

  it('has a task that makes the months ahead, every day', async () => {
    await drop(6);
    await asTask(hub.orm).write((em) => enqueue(em, auditMonths, {}));
    expect(await runAll()).toEqual([]);
    expect(await exists(0)).toBe(true);
    expect(await exists(6)).toBe(true);
    expect(await people.sender.codes(read)).toEqual([]);
    const daily = features.flatMap((feature) => feature.crons ?? []).find(({ task }) => task === auditMonths);
    expect(daily?.match).toMatch(/^\d+ \d+ \* \* \*$/);
  });
});

describe('bad requests', () => {
  const post = async (body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${await addressOf(hub)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${people.sender.token}`, ...headers },
      body,
    });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it('are answered in JSON, without what was sent', async () => {
    const secret = randomUUID();
    const bodies: [string, number][] = [
      [`{"query": "${secret}`, 400],
      [`{"query": "{ patients(filter: { text: \\"${secret}\\" "`, 400],
      [`["${secret}"]`, 400],
      [`{"query": 7, "variables": "${secret}"}`, 400],
      [JSON.stringify({ query: '{ __typename }', variables: { a: secret.repeat(10_000) } }), 413],
    ];
    for (const [body, status] of bodies) {
      const answer = await post(body);
      expect(answer.status).toBe(status);
      expect(answer.type).toMatch(/^application\/json/);
      expect(JSON.parse(answer.text).errors[0].message).toEqual(expect.any(String));
      expect(answer.text).not.toContain(secret);
    }
  });

  it('name the field and what is expected, and not the value', async () => {
    const secret = 'Zebulon';
    const query =
      'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } userErrors { message field } } }';
    for (const bad of [
      { givenName: secret, familyName: 'B', birthDate: secret },
      { givenName: [secret], familyName: 'B', birthDate: '1970-01-01' },
      { givenName: 'A', familyName: 'B', birthDate: '1970-01-01', risk: secret },
      { givenName: 'A', familyName: 'B', birthDate: '1970-01-01', householdSize: secret },
      { givenName: 'A', familyName: 'B', birthDate: '1970-01-01', [secret.toLowerCase()]: secret },
      { familyName: secret },
    ]) {
      const { text } = await post(
        JSON.stringify({ query, variables: { input: { ...bad, idempotencyKey: randomUUID() } } }),
      );
      const { errors } = JSON.parse(text) as {
        errors: { extensions: { code: string; fields: { field: string }[] } }[];
      };
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors[0]?.extensions.fields[0]?.field).toMatch(/^input\./);
      expect(text).not.toContain(secret);
    }
  });
});
