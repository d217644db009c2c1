import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, agencyStaff } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, service, type Pair } from '../referral-factories.js';
import { post } from './hostile-ground.js';

/*
 * The door and what stands open to everybody: limits, letters, other sites, public pages, and addresses that are none.
 */
let hub: TestHub;
let stranger: Pair;

beforeAll(async () => {
  hub = await testHub({ now: new Date() });
  stranger = await pair(hub);
});
afterAll(() => hub.stop());

describe('the door', () => {
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code message } } }';

  it('counts attempts by the real address, whatever a header says', async () => {
    const input = { email: 'somebody@example.org', password: 'not the password' };
    const codes: unknown[] = [];
    for (let n = 0; n < 12; n += 1) {
      const forwarded = {
        'x-forwarded-for': `198.51.100.${n}`,
        forwarded: `for=198.51.100.${n}`,
        'x-real-ip': `198.51.100.${n}`,
      };
      const { json } = await post(hub, undefined, { query: signIn, variables: { input } }, forwarded);
      codes.push(json.errors?.[0]?.extensions.code ?? 'WRONG');
    }
    expect(codes).toContain('RATE_LIMITED');
  });

  it('says the same for an address it knows and one it does not', async () => {
    const reset =
      'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { sent userErrors { code } } }';
    const answers = [];
    for (const email of [stranger.sender.user.email, 'nobody-at-all@example.org', 'not an address', '']) {
      answers.push((await post(hub, undefined, { query: reset, variables: { email } })).text);
    }
    expect(new Set(answers).size).toBe(1);
  });

  it('sends a link that does not follow the header of the request', async () => {
    await fetch(`${await addressOf(hub)}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-host': 'evil.example.org',
        'x-forwarded-proto': 'https',
      },
      body: JSON.stringify({
        query: `mutation { requestPasswordReset(input: { email: "${stranger.sender.user.email}" }) { sent } }`,
      }),
    });
    await hub.runJobs();
    const letters = hub.mail.to(stranger.sender.user.email).filter((letter) => letter.purpose === 'password-reset');
    expect(letters.length).toBeGreaterThan(0);
    expect(JSON.stringify(letters)).not.toContain('evil');
  });

  it('refuses other sites, plain forms and mutations over GET', async () => {
    const { token } = stranger.sender;
    const cookie = `hub_session=${token}`;
    const query = '{ patients { edges { node { id } } } }';
    expect((await post(hub, undefined, { query }, { cookie, origin: 'https://evil.example.org' })).status).toBe(403);
    const address = `${await addressOf(hub)}/graphql`;
    const plain = await fetch(`${address}?query=${encodeURIComponent(query)}`, { headers: { cookie } });
    expect(plain.status).toBe(400);
    const change = encodeURIComponent('mutation { signOut { signedOut } }');
    const get = await fetch(`${address}?query=${change}`, { headers: { cookie, 'apollo-require-preflight': 'yes' } });
    expect(get.status).toBe(405);
    expect((await post(hub, token, { query })).status).toBe(200);
  });
});

describe('what is written for those who keep a listing', () => {
  it('does not stand in its public history', async () => {
    const keeper = await agencyStaff(hub);
    const id = await service(hub, keeper.organization.id);
    const correct = `mutation ($input: CorrectServiceInput!) { correctService(input: $input) { service { id } userErrors { code field } } }`;
    const input = { id, expectedVersion: 1, referralEmail: 'zqinbox@example.org', description: 'For everybody' };
    expect((await keeper.gql(correct, { input })).correctService.userErrors).toEqual([]);
    await keeper.gql(
      'mutation ($id: ID!) { verifyService(input: { id: $id, expectedVersion: 2, note: "Zqverified" }) { userErrors { code } } }',
      { id },
    );
    const query = 'query ($id: ID!) { service(id: $id) { history { edges { node { field replacement } } } } }';
    const ask = async (token?: string) => (await post(hub, token, { query, variables: { id } })).text;
    for (const text of [await ask(), await ask(stranger.sender.token), await ask(stranger.agency.token)]) {
      expect(text).toContain('For everybody');
      expect(text).not.toMatch(/zqinbox|Zqverified/);
    }
    expect(await ask(keeper.token)).toContain('zqinbox@example.org');
  });
});

describe('an upgrade that is none', () => {
  it('does not end the process', async () => {
    const { port } = new URL(await addressOf(hub));
    const targets = ['//', '/graphql', 'http://[', '/%', '*', '/graphql?x=\u00ff'];
    for (const target of targets) {
      const text = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1');
        let got = '';
        socket.on('data', (chunk) => (got += chunk.toString()));
        socket.on('error', () => undefined);
        socket.once('close', () => resolve(got));
        const origin = target === '/graphql' ? 'Origin: https://evil.example.org\r\n' : '';
        socket.end(`GET ${target} HTTP/1.1\r\nHost: x\r\n${origin}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      });
      expect(text).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
    // Gone before it is answered.
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write('GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', () => {
          socket.resetAndDestroy();
          resolve();
        });
      });
    });
    expect((await fetch(`${await addressOf(hub)}/healthz`)).status).toBe(200);
  });
});
