import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../../src/identity/index.js';
import { urlFor } from '../../src/platform/database/roles.js';
import { newId } from '../../src/platform/id.js';
import { visitor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { byLink, linked, LINKED, type Linked } from '../link-factories.js';
import { MESSAGE, take } from '../referral-factories.js';
import { testSecret } from '../secret.js';

const NOW = '2026-11-18T15:00:00Z';
const ENVELOPE = 'query ($token: String!) { referralEnvelope(token: $token) { agency } }';
/** Denied, by a grant that is missing or by a policy. */
const DENIED = '42501';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: NOW });
});
afterAll(() => hub.stop());

const row = async (id: string) => (await hub.sql('select * from hub.referral where id = $1', [id]))[0] ?? {};
const answer = (at: Linked, input: object = {}) =>
  byLink(at.visitor, 'answer', { token: at.token, id: newId(), answer: 'ACCEPT', ...input });
/** Every way in by a token, and that each is shut. */
async function shut(at: Linked, token = at.token): Promise<void> {
  const before = await row(at.id);
  expect(await at.visitor.codes(ENVELOPE, { token })).toEqual(['NOT_FOUND']);
  const id = newId();
  expect((await byLink(at.visitor, 'open', { token })).refused).toEqual(['LINK_ENDED']);
  expect((await byLink(at.visitor, 'answer', { token, id, answer: 'ACCEPT' })).refused).toEqual(['LINK_ENDED']);
  expect((await byLink(at.visitor, 'message', { token, id, body: 'x' })).refused).toEqual(['LINK_ENDED']);
  expect((await byLink(at.visitor, 'correct', { token, id })).refused).toEqual(['LINK_ENDED']);
  expect(await row(at.id)).toEqual(before);
  // Nobody wears the limit of guesses out for the next test.
  await hub.sql('delete from hub.rate_limit');
}

describe('a link that was used', () => {
  it('twice acts once: the same answer again is told that it was done', async () => {
    const at = await linked(hub);
    const input = { id: newId(), words: 'Hello' };
    await answer(at, input);
    const again = await answer(at, input);
    expect(again).toMatchObject({ refused: [], referral: { status: 'ACCEPTED', messages: [{ body: 'Hello' }] } });
    expect(again.referral.transitions).toHaveLength(2);
    expect((await answer(at)).refused).toEqual(['ALREADY_DONE']);
  });

  it('twice at the same moment takes one step', async () => {
    const at = await linked(hub);
    const both = await Promise.all([answer(at, { name: 'A' }), answer(at, { name: 'B' })]);
    expect(both.map(({ refused }) => refused).toSorted()).toEqual([[], ['ALREADY_DONE']]);
    const steps = await hub.sql('select from hub.referral_transition where referral_id = $1', [at.id]);
    expect(steps).toHaveLength(2);
  });

  it('late opens nothing: after its day, and a fortnight after the referral ended', async () => {
    const at = await linked(hub);
    hub.clock.advance({ days: 31 });
    await shut(at);
    hub.clock.set(NOW);
    await answer(at, { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' });
    hub.clock.advance({ days: 13 });
    expect((await byLink(at.visitor, 'open', { token: at.token })).refused).toEqual([]);
    hub.clock.advance({ days: 2 });
    await shut(at);
    hub.clock.set(NOW);
  });

  it('altered, cut, empty, or as the hash that is stored opens nothing', async () => {
    const at = await linked(hub);
    const { token } = at;
    const flipped = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    const hash = hashToken(token);
    const others = [
      flipped,
      token.slice(0, -1),
      `${token}A`,
      '',
      ' ',
      hash.toString('hex'),
      hash.toString('base64url'),
    ];
    for (const other of others) await shut(at, other);
    expect((await answer(at)).refused).toEqual([]);
  });
});

describe('a link whose referral changed hands', () => {
  it('dies when the sender cancels or withdraws it', async () => {
    const why = { reasonCode: 'OTHER', reason: 'x' };
    const cancelled = await linked(hub);
    await take(cancelled.sender, 'cancelReferral', cancelled.id, why);
    await shut(cancelled);
    const mistaken = await linked(hub);
    await take(mistaken.sender, 'withdrawReferralInError', mistaken.id, { reason: 'x' });
    await shut(mistaken);
  });

  it('dies when it goes to another agency', async () => {
    const [at, other] = [await linked(hub), await linked(hub)];
    await hub.sql('update hub.referral set to_org_id = $1 where id = $2', [other.agency.organization.id, at.id]);
    await shut(at);
  });

  it('dies when the consent is revoked, whatever was answered', async () => {
    const at = await linked(hub);
    const revoke = () =>
      hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = $2 where id = $1`, [
        at.consentId,
        hub.clock.now(),
      ]);
    await answer(at);
    await revoke();
    await shut(at);
  });

  it('ends with the consent, whether it was opened before or not, and works again with a longer one', async () => {
    const at = await linked(hub);
    await hub.sql('update hub.consent set expires_at = $2 where id = $1', [at.consentId, hub.clock.now()]);
    await shut(at);
    await hub.sql('update hub.consent set expires_at = null, expiry_event = $2 where id = $1', [at.consentId, 'Moves']);
    await byLink(at.visitor, 'open', { token: at.token });
    await hub.sql('update hub.consent set expires_at = $2 where id = $1', [at.consentId, hub.clock.now()]);
    await shut(at);
    await hub.sql('update hub.consent set expires_at = null where id = $1', [at.consentId]);
    expect((await answer(at)).refused).toEqual([]);
  });

  it('dies when it is taken back, and no later letter holds another by itself', async () => {
    const at = await linked(hub);
    await hub.sql('update hub.referral_link set revoked_at = $2 where referral_id = $1', [at.id, hub.clock.now()]);
    await shut(at);
    await at.sender.gql(MESSAGE, { input: { id: at.id, body: 'Hello?', idempotencyKey: newId() } });
    await hub.runJobs();
    const tokens = hub.mail.to(at.email).map((letter) => /answer#token=([\w-]+)/.exec(letter.text)?.[1]);
    expect(tokens).toEqual([at.token, undefined]);
  });
});

describe('guessing', () => {
  it('is stopped after 30 wrong tokens from an address, and no link of others suffers', async () => {
    const at = await linked(hub);
    const guess = () => at.visitor.codes(ENVELOPE, { token: newId() });
    for (let i = 0; i < 30; i += 1) expect(await guess()).toEqual(['NOT_FOUND']);
    expect(await guess()).toEqual(['RATE_LIMITED']);
    expect((await answer(at)).refused).toEqual([]);
    await hub.sql('delete from hub.rate_limit');
  });

  it('one link over and over is slowed down, and only that one', async () => {
    const [at, other] = [await linked(hub), await linked(hub)];
    for (let i = 0; i < 60; i += 1) expect(await at.visitor.codes(ENVELOPE, { token: at.token })).toEqual([]);
    expect(await at.visitor.codes(ENVELOPE, { token: at.token })).toEqual(['RATE_LIMITED']);
    expect(await other.visitor.codes(ENVELOPE, { token: other.token })).toEqual([]);
    await hub.sql('delete from hub.rate_limit');
  });

  it('in one request with many aliases is refused before anything runs', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `a${i}: referralEnvelope(token: "guess-${i}") { agency }`).join(
      ' ',
    );
    const response = await fetch(`${await hub.url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ ${many} }` }),
    });
    expect(await response.text()).toContain('Aliases limit');
    const counted = await hub.sql('select from hub.rate_limit');
    expect(counted.length).toBeLessThanOrEqual(1);
    await hub.sql('delete from hub.rate_limit');
  });
});

describe('a program that follows links', () => {
  it('with GET or HEAD reaches a page that is the same for every token, and changes nothing', async () => {
    const at = await linked(hub);
    const before = await row(at.id);
    const base = await hub.url();
    for (const method of ['GET', 'HEAD']) {
      await fetch(`${base}/answer`, { method });
      await fetch(`${base}/answer?token=${at.token}`, { method });
      await fetch(
        `${base}/graphql?query=${encodeURIComponent(`mutation{openReferralByLink(input:{token:"${at.token}"}){userErrors{code}}}`)}`,
        {
          method,
          headers: { 'apollo-require-preflight': '1' },
        },
      );
    }
    expect(await row(at.id)).toEqual(before);
  });

  it('and runs the page asks for the envelope alone: no person in it, nothing marked', async () => {
    const at = await linked(hub);
    const before = await row(at.id);
    const whole = await at.visitor.gql(
      'query ($token: String!) { referralEnvelope(token: $token) { agency priority answerDueAt expiresAt } }',
      {
        token: at.token,
      },
    );
    const label = String(before['patient_label']).split(' ')[0] ?? '-';
    expect(JSON.stringify(whole)).not.toContain(label);
    expect(await row(at.id)).toEqual(before);
    expect(await hub.sql(`select from hub.audit where entity_id = $1 and via = 'LINK'`, [at.id])).toEqual([]);
  });
});

describe('another link', () => {
  it('acts on its own referral alone, whatever is sent beside its token', async () => {
    const [mine, theirs] = [await linked(hub), await linked(hub)];
    const before = await row(theirs.id);
    // Their link's message id taken for a message of ours: refused, or at least nothing of theirs is shown.
    const message = { id: newId(), body: 'Ours' };
    await byLink(theirs.visitor, 'message', { token: theirs.token, ...message });
    const stolen = await byLink(mine.visitor, 'message', { token: mine.token, ...message }).catch(() => null);
    expect(JSON.stringify(stolen)).not.toContain(theirs.agency.organization.name);
    expect(await row(theirs.id)).toMatchObject({ status: before['status'] });
    const { referral } = await byLink(mine.visitor, 'open', { token: mine.token });
    expect(referral.from).toBe(mine.sender.organization.name);
  });

  it('in one request with another’s keeps each apart', async () => {
    const [one, two] = [await linked(hub), await linked(hub)];
    const both = await one.visitor.gql(
      `mutation ($a: OpenReferralByLinkInput!, $b: OpenReferralByLinkInput!) { a: openReferralByLink(input: $a) { ${LINKED} } b: openReferralByLink(input: $b) { ${LINKED} } }`,
      { a: { token: one.token }, b: { token: two.token } },
    );
    expect([both.a.referral.from, both.b.referral.from]).toEqual([
      one.sender.organization.name,
      two.sender.organization.name,
    ]);
  });

  it('is no session: nothing else of the API opens by it', async () => {
    const at = await linked(hub);
    const bearer = await visitor(hub, at.token);
    expect(await bearer.codes('query ($id: ID!) { referral(id: $id) { id } }', { id: at.id })).toEqual([
      'UNAUTHENTICATED',
    ]);
    expect(await at.visitor.codes('{ inbox { edges { cursor } } }')).toEqual(['UNAUTHENTICATED']);
  });
});

describe('the second fence', () => {
  let login: Client;
  beforeAll(async () => {
    login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    await login.connect();
  });
  afterAll(() => login.end());

  /** One statement in the role of links, with a token's hash; how many rows, or that it was denied. */
  async function asLinkRole(at: { token: string; org: string }, text: string, params: unknown[] = []) {
    await login.query('begin');
    try {
      await login.query('set local role hub_link');
      const settings = [at.org, hashToken(at.token).toString('hex'), hub.clock.now().toISOString()];
      await login.query(
        `select set_config('hub.org_id', $1, true), set_config('hub.link', $2, true), set_config('hub.now', $3, true)`,
        settings,
      );
      const { rowCount } = await login.query(text, params);
      return rowCount ?? 0;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === DENIED) return 'denied';
      throw error;
    } finally {
      await login.query('rollback');
    }
  }

  it('shows a link its one referral, and not one row of another of the same agency', async () => {
    const at = await linked(hub);
    const other = await linked(hub, { like: at });
    const mine = { token: at.token, org: at.agency.organization.id };
    expect(await asLinkRole(mine, 'select from hub.referral')).toBe(1);
    expect(await asLinkRole(mine, 'select from hub.referral where id = $1', [other.id])).toBe(0);
    await hub.sql(
      `insert into hub.referral_transfer (id, referral_id, from_org_id, to_org_id, service_id, proposed_by_name, proposed_at)
       select gen_random_uuid(), id, from_org_id, to_org_id, service_id, 'Rosa', now() from hub.referral where id = $1`,
      [other.id],
    );
    for (const table of ['referral_transition', 'referral_message', 'referral_contact', 'referral_transfer']) {
      expect(await asLinkRole(mine, `select from hub.${table} where referral_id <> $1`, [at.id])).toBe(0);
    }
    expect(await asLinkRole(mine, `update hub.referral set reason = 'x' where id <> $1`, [at.id])).toBe(0);
    expect(await asLinkRole(mine, `update hub.referral set status = 'ACCEPTED' where id = $1`, [at.id])).toBe(1);
  });

  it('finds a link by the index of its token or its reply code, however many were ever sent', async () => {
    const at = await linked(hub);
    const owner = new Client({ connectionString: hub.app.database.ownerUrl });
    const plans: string[] = [];
    owner.on('notice', ({ message }) => plans.push(message ?? ''));
    await owner.connect();
    try {
      // What runs inside of functions says how it was planned. Few rows would be read whole where that can be.
      await owner.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
        set client_min_messages = log; set enable_seqscan = off; set hub.link = '${hashToken(at.token).toString('hex')}'`);
      const planOf = async (asked: string) => {
        plans.length = 0;
        await owner.query(`select ${asked}`);
        return plans.join('\n');
      };
      const reply = `(select id from hub.referral_link_of('\\x00', true, now()))`;
      for (const asked of ['hub.linked()', 'hub.linked_by()', reply]) {
        const plan = await planOf(asked);
        const hash = asked === reply ? 'reply_hash' : 'token_hash';
        expect([asked, plan]).toEqual([asked, expect.stringContaining(`Index Cond: (${hash} = `)]);
        expect([asked, plan]).toEqual([asked, expect.stringContaining('Index Scan using referral_link_pkey')]);
      }
    } finally {
      await owner.end();
    }
  });

  it('shows nothing without a token that works, whatever organization is named', async () => {
    const at = await linked(hub);
    const org = at.agency.organization.id;
    for (const token of ['', 'made-up']) expect(await asLinkRole({ token, org }, 'select from hub.referral')).toBe(0);
    await take(at.sender, 'cancelReferral', at.id, { reasonCode: 'OTHER', reason: 'x' });
    expect(await asLinkRole({ token: at.token, org }, 'select from hub.referral')).toBe(0);
  });

  it('has no other table that holds people', async () => {
    const at = await linked(hub);
    const mine = { token: at.token, org: at.agency.organization.id };
    const allowed = new Set([
      'referral',
      'referral_transition',
      'referral_message',
      'referral_contact',
      'phone_answer',
      // Who fits better, as this agency said of this one referral.
      'referral_transfer',
      'referral_link',
      // Files of this one link, and those of this one referral.
      'stored_file',
      'referral_file',
    ]);
    const tables = await hub.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'hub'::regnamespace and relkind in ('r', 'p') and relrowsecurity`,
    );
    const open: string[] = [];
    for (const { name } of tables) {
      if (!allowed.has(name) && (await asLinkRole(mine, `select from hub.${name}`)) !== 'denied') open.push(name);
    }
    expect(open).toEqual([]);
    expect(await asLinkRole(mine, 'select token_hash from hub.referral_link')).toBe('denied');
  });

  it('writes only in its own name: no sender’s step, no other referral, no other organization, no longer life', async () => {
    const [at, other] = [await linked(hub), await linked(hub)];
    const mine = { token: at.token, org: at.agency.organization.id };
    const sides = await row(at.id);
    const step = (id: unknown, side: string) =>
      asLinkRole(
        mine,
        `insert into hub.referral_transition (id, referral_id, from_org_id, to_org_id, to_status, side, by_name, at)
         values ($1, $2, $3, $4, 'ACCEPTED', $5, 'x', now())`,
        [newId(), id, sides['from_org_id'], sides['to_org_id'], side],
      );
    expect([await step(at.id, 'TARGET'), await step(at.id, 'REQUESTER'), await step(other.id, 'TARGET')]).toEqual([
      1,
      'denied',
      'denied',
    ]);
    const message = (author: unknown) =>
      asLinkRole(
        mine,
        `insert into hub.referral_message (id, referral_id, from_org_id, to_org_id, author_org_id, author_name, body, at)
         values ($1, $2, $3, $4, $5, 'x', 'x', now())`,
        [newId(), at.id, sides['from_org_id'], sides['to_org_id'], author],
      );
    expect([await message(sides['to_org_id']), await message(sides['from_org_id'])]).toEqual([1, 'denied']);
    for (const set of [
      `to_org_id = from_org_id`,
      `consent_id = patient_id`,
      `shared = '[]'`,
      `patient_confirmation = 'HELPED'`,
    ]) {
      expect([set, await asLinkRole(mine, `update hub.referral set ${set}`)]).toEqual([set, 'denied']);
    }
    for (const set of [`expires_at = 'infinity'`, 'revoked_at = null']) {
      expect(await asLinkRole(mine, `update hub.referral_link set ${set}`)).toBe('denied');
    }
    expect(await asLinkRole(mine, 'delete from hub.referral')).toBe('denied');
  });
});
