import type * as Argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';
import { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, next, user } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';

/*
 * Nobody learns from an answer, or from how long it takes, whether an address has an account. Time itself is not
 * measured: what takes it is counted, which is the same on every machine. That is the statements, in order, and the
 * one slow hash.
 */
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof Argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});

const hub = await testHub({ env: { TRUST_PROXY: 'loopback', BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());
const password = 'three blue herons';
const passwordHash = await hashPassword(password);

let here: Browser;
beforeEach(async () => {
  here = await browser(hub, `198.51.100.${next() % 250}`);
});

interface Work {
  /** All that the answer says, and the cookies it sets. */
  answer: string;
  statements: string[];
  /** What each slow hash cost: `m=19456,t=2,p=1`. */
  hashes: (string | undefined)[];
}

async function workOf(query: string, input: object): Promise<Work> {
  const sent = vi.spyOn(Client.prototype, 'query');
  vi.mocked(verify).mockClear();
  try {
    const answer = await here.gql(query, { input });
    const statements = sent.mock.calls.map(([first]) => {
      const text = typeof first === 'string' ? first : (first as { text?: string }).text;
      return (text ?? '').replace(/\s+/g, ' ').trim();
    });
    const hashes = vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$')[3]);
    return { answer: JSON.stringify({ ...answer, cookies: here.setCookies }), statements, hashes };
  } finally {
    sent.mockRestore();
  }
}

/** An address for every reason why a sign-in may fail. */
async function addresses(): Promise<Record<string, string>> {
  const known = await membership(hub, { user: await user(hub, { passwordHash }) });
  const disabled = await membership(hub, { user: await user(hub, { passwordHash }) });
  await hub.sql('update hub.user_account set disabled_at = now() where id = $1', [disabled.user.id]);
  const armed = await membership(hub, { user: await user(hub, { passwordHash }) });
  await hub.sql(`update hub.user_account set totp_secret = '\\x00', totp_confirmed_at = now() where id = $1`, [
    armed.user.id,
  ]);
  return {
    known: known.user.email,
    disabled: disabled.user.email,
    'with an authenticator app': armed.user.email,
    'without a password': (await membership(hub)).user.email,
    'of nobody’s member': (await user(hub, { passwordHash })).email,
  };
}

describe('a sign-in that fails', () => {
  const signIn = `mutation($input: SignInInput!) { signIn(input: $input) { step viewer { user { id } } userErrors { code message field } } }`;

  test('says, asks and computes the same for an unknown address as for any that is known', async () => {
    const unknown = await workOf(signIn, { email: 'nobody@example.org', password: 'three blue herring' });
    expect(unknown.hashes).toEqual(['m=19456,t=2,p=1']);
    expect(unknown.statements.length).toBeGreaterThan(4);
    for (const [kind, email] of Object.entries(await addresses())) {
      expect([kind, await workOf(signIn, { email, password: 'three blue herring' })]).toEqual([kind, unknown]);
    }
  });

  test('is the same for a disabled account whose password was right', async () => {
    const { disabled } = await addresses();
    const unknown = await workOf(signIn, { email: 'nobody@example.org', password });
    expect(await workOf(signIn, { email: disabled, password })).toEqual(unknown);
  });

  test('is limited for an unknown address as for a known one, after the same number of attempts', async () => {
    const { known = '' } = await addresses();
    for (const email of ['nobody-else@example.org', known]) {
      here = await browser(hub, `198.51.100.${next() % 250}`);
      const codes: string[] = [];
      for (let times = 0; times < 11; times += 1) {
        const { answer } = await workOf(signIn, { email, password: 'wrong' });
        codes.push((JSON.parse(answer) as { codes: string[] }).codes[0] ?? '');
      }
      expect(codes).toEqual([...Array.from({ length: 10 }, () => ''), 'RATE_LIMITED']);
    }
  });
});

describe('asking for a new password', () => {
  const ask = 'mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { sent userErrors { code } } }'; // prettier-ignore

  test('says, asks and queues the same, whoever it is for', async () => {
    const unknown = await workOf(ask, { email: 'nobody@example.org' });
    expect(unknown.hashes).toEqual([]);
    for (const [kind, email] of Object.entries(await addresses())) {
      expect([kind, await workOf(ask, { email })]).toEqual([kind, unknown]);
    }
    const jobs = await hub.sql<{ keys: string[] }>(
      `select array(select json_object_keys(payload)) as keys from graphile_worker._private_jobs`,
    );
    expect(new Set(jobs.map(({ keys }) => keys.join()))).toEqual(new Set(['userId']));
  });

  test('goes on saying the same when no more letters are written', async () => {
    const { known } = await addresses();
    const ends: Work[] = [];
    for (const email of ['nobody-more@example.org', known ?? '']) {
      for (let times = 0; times < 5; times += 1) await workOf(ask, { email });
      ends.push(await workOf(ask, { email }));
    }
    expect(ends[0]).toEqual(ends[1]);
  });
});
