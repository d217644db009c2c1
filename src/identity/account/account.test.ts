import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { careManager, visitor } from '../../../test/actors.js';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, session, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from './password.js';

const hub = await testHub({ env: { TRUST_PROXY: 'loopback', BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const viewer = '{ viewer { user { id name locale } } }';

let member: MembershipRow;
let here: Browser;
let address = 1;
beforeEach(async () => {
  address += 1;
  member = await membership(hub, { user: await user(hub, { passwordHash }) });
  here = await browser(hub, `198.51.100.${address}`);
});

const ask = (email: string) =>
  here.gql(
    'mutation($email: String!) { requestPasswordReset(input: { email: $email }) { sent userErrors { code } } }',
    { email },
  );
const reset = async (token: string, chosen: string) =>
  (
    await here.gql(
      'mutation($token: String!, $password: String!) { resetPassword(input: { token: $token, password: $password }) { done userErrors { code field } } }',
      { token, password: chosen },
    )
  ).data.resetPassword;
const signIn = async (typed: string) =>
  (
    await here.gql('mutation($input: SignInInput!) { signIn(input: $input) { step } }', {
      input: { email: member.user.email, password: typed },
    })
  ).data.signIn.step;

async function askAndRead(): Promise<string> {
  await ask(member.user.email);
  await hub.runJobs();
  const letter = hub.mail.to(member.user.email).at(-1);
  return /http:\/\/hub\.example\.org\/reset-password#token=([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
}

describe('a forgotten password', () => {
  test('is replaced by the link of a letter, once', async () => {
    const token = await askAndRead();
    expect(await reset(token, 'four green herons')).toEqual({ done: true, userErrors: [] });
    expect(await signIn(password)).toBeNull();
    expect(await signIn('four green herons')).toBe('SIGNED_IN');
    await hub.runJobs();
    expect(hub.mail.to(member.user.email).at(-1)?.subject).toBe('Your password was changed');
    expect((await reset(token, 'five grey herons')).userErrors).toEqual([{ code: 'LINK_ENDED', field: 'token' }]);
  });

  test('gets the same answer for an address nobody has, and no letter', async () => {
    await hub.runJobs();
    const before = hub.mail.letters.length;
    const answers = [await ask('nobody@example.org'), await ask(member.user.email.toUpperCase())];
    expect(answers[0]).toEqual(answers[1]);
    await hub.runJobs();
    expect(hub.mail.letters).toHaveLength(before + 1);
  });

  test('ends all sessions of the person, and the second factor stays', async () => {
    const tokens = [await session(hub, member), await session(hub, member)];
    const other = await careManager(hub);
    await reset(await askAndRead(), 'four green herons');
    for (const token of tokens) expect(await (await visitor(hub, token)).gql(viewer)).toEqual({ viewer: null });
    expect((await other.gql(viewer)).viewer).not.toBeNull();
  });

  test('has a link that works for one hour', async () => {
    const token = await askAndRead();
    hub.clock.advance({ minutes: 60 });
    expect((await reset(token, 'four green herons')).userErrors).toEqual([{ code: 'LINK_ENDED', field: 'token' }]);
  });

  test('keeps the link alive when the chosen password is too weak', async () => {
    const token = await askAndRead();
    expect((await reset(token, 'password1234')).userErrors).toEqual([{ code: 'WEAK_PASSWORD', field: 'password' }]);
    expect((await reset(token, 'four green herons')).done).toBe(true);
  });

  test('closes every other open link of the person', async () => {
    const first = await askAndRead();
    hub.clock.advance({ minutes: 1 });
    const second = await askAndRead();
    expect(first).not.toBe(second);
    await reset(second, 'four green herons');
    expect((await reset(first, 'five grey herons')).userErrors).toHaveLength(1);
  });

  test('sends at most five letters an hour, and says nothing about it', async () => {
    await hub.runJobs();
    const before = hub.mail.letters.length;
    for (let times = 0; times < 7; times += 1) {
      expect((await ask(member.user.email)).data.requestPasswordReset.sent).toBe(true);
      await hub.runJobs();
    }
    expect(hub.mail.letters).toHaveLength(before + 5);
  });

  test('puts only ids into the job, and only a hash into the table', async () => {
    await ask(member.user.email);
    const [job] = await hub.sql<{ payload: object }>(
      `select payload from graphile_worker._private_jobs order by id desc limit 1`,
    );
    expect(job?.payload).toEqual({ userId: member.user.id });
    const token = await askAndRead();
    const rows = await hub.sql<{ row: string }>('select r::text as row from hub.password_reset r where user_id = $1', [
      member.user.id,
    ]);
    expect(rows.map(({ row }) => row).join()).not.toContain(Buffer.from(token).toString('hex'));
  });

  test('is refused to an address that tries many links', async () => {
    const codes: string[] = [];
    for (let times = 0; times < 32; times += 1) {
      codes.push(
        ...(await here.gql('mutation { resetPassword(input: { token: "x", password: "four green herons" }) { done } }'))
          .codes,
      );
    }
    expect(codes).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  });

  test('speaks the person’s language', async () => {
    await hub.sql(`update hub.user_account set locale = 'es' where id = $1`, [member.user.id]);
    await askAndRead();
    expect(hub.mail.to(member.user.email).at(-1)?.subject).toBe('Elija una contraseña nueva');
  });
});

describe('changing the password', () => {
  const change = async (current: string, chosen: string) =>
    (
      await here.gql(
        'mutation($current: String!, $password: String!) { changePassword(input: { current: $current, password: $password }) { done userErrors { code field } } }',
        { current, password: chosen },
      )
    ).data.changePassword;

  test('needs the present one, ends other sessions and reset links, and keeps this session', async () => {
    const other = await visitor(hub, await session(hub, member));
    const link = await askAndRead();
    await signIn(password);
    expect((await change('wrong', 'four green herons')).userErrors).toEqual([
      { code: 'WRONG_PASSWORD', field: 'current' },
    ]);
    expect((await change(password, 'short')).userErrors).toEqual([{ code: 'WEAK_PASSWORD', field: 'password' }]);
    expect((await change(password, 'four green herons')).done).toBe(true);
    expect((await other.gql(viewer)).viewer).toBeNull();
    expect((await here.gql(viewer)).data.viewer).not.toBeNull();
    expect((await reset(link, 'five grey herons')).userErrors).toHaveLength(1);
    expect(await signIn('four green herons')).toBe('SIGNED_IN');
    const entries = await hub.sql(
      `select outcome from hub.audit where actor_id = $1 and action = 'account.password' order by id`,
      [member.user.id],
    );
    expect(entries).toEqual([{ outcome: 'REFUSED' }, { outcome: 'ALLOWED' }]);
    await hub.runJobs();
    expect(hub.mail.to(member.user.email).at(-1)?.subject).toBe('Your password was changed');
  });

  test('is limited like signing in', async () => {
    await signIn(password);
    for (let times = 0; times < 10; times += 1) await change('wrong', 'four green herons');
    const { codes } = await here.gql('mutation { changePassword(input: { current: "x", password: "y" }) { done } }');
    expect(codes).toEqual(['RATE_LIMITED']);
  });
});

describe('the profile', () => {
  const update = (input: object) =>
    here.gql(
      'mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name locale } userErrors { code } } }',
      {
        input,
      },
    );

  test('takes a name and a language, each alone', async () => {
    await signIn(password);
    expect((await update({ name: '  Rosa   Lee ' })).data.updateProfile.user).toEqual({
      name: 'Rosa Lee',
      locale: 'en',
    });
    expect((await update({ locale: 'es' })).data.updateProfile.user).toEqual({ name: 'Rosa Lee', locale: 'es' });
    expect((await update({ locale: 'fr' })).data.updateProfile.userErrors).toEqual([{ code: 'UNKNOWN_LANGUAGE' }]);
    expect((await update({ name: ' ' })).data.updateProfile.userErrors).toEqual([{ code: 'NAME_LENGTH' }]);
    expect((await here.gql(viewer)).data.viewer.user).toMatchObject({ name: 'Rosa Lee', locale: 'es' });
  });
});
