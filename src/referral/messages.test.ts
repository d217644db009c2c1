import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { MESSAGE, pair, send, take } from '../../test/referral-factories.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

describe('a message', () => {
  const READ = `query ($id: ID!, $after: String) { referral(id: $id) { messages(first: 2, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { body side mine authorName authorOrganization { name } } } } } }`;

  it('goes to the other side once for a key, and is read in order and in pages', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    const write = (actor: Actor, body: string, key: string) =>
      actor.gql(MESSAGE, { input: { id, body, idempotencyKey: key } });
    const first = await write(agency, ' Does she have a fridge? ', 'agency-0001');
    const again = await write(agency, ' Does she have a fridge? ', 'agency-0001');
    expect(again.sendReferralMessage.message).toEqual(first.sendReferralMessage.message);
    hub.clock.advance({ minutes: 1 });
    await write(sender, 'Yes.', 'sender-0001');
    hub.clock.advance({ minutes: 1 });
    await write(agency, 'Thank you.', 'agency-0002');
    const { messages } = (await sender.gql(READ, { id })).referral;
    expect(messages.edges.map((edge: { node: object }) => edge.node)).toEqual([
      {
        body: 'Does she have a fridge?',
        side: 'TARGET',
        mine: false,
        authorName: agency.user.name,
        authorOrganization: { name: agency.organization.name },
      },
      {
        body: 'Yes.',
        side: 'REQUESTER',
        mine: true,
        authorName: sender.user.name,
        authorOrganization: { name: sender.organization.name },
      },
    ]);
    const rest = (await sender.gql(READ, { id, after: messages.pageInfo.endCursor })).referral.messages;
    expect(rest).toMatchObject({ pageInfo: { hasNextPage: false }, edges: [{ node: { body: 'Thank you.' } }] });
  });

  it('is told by mail without its text, and to nobody who has left', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    await hub.runJobs();
    hub.mail.letters.splice(0);
    await agency.gql(MESSAGE, { input: { id, body: 'Lactose?', idempotencyKey: 'lactose-1' } });
    await hub.runJobs();
    expect(hub.mail.to(sender.user.email)).toMatchObject([{ subject: 'A message about a referral' }]);
    expect(hub.mail.letters[0]?.text).toContain(`/referrals/${id}`);
    expect(hub.mail.letters[0]?.text).not.toContain('Lactose');
    await hub.sql('update hub.membership set ended_at = now() where id = $1', [sender.membership.id]);
    hub.mail.letters.splice(0);
    await agency.gql(MESSAGE, { input: { id, body: 'Hello?', idempotencyKey: 'lactose-2' } });
    await hub.runJobs();
    expect(hub.mail.letters).toEqual([]);
  });

  it('needs words, few enough, somebody to read them, and the consent that the referral relied on', async () => {
    const between = await pair(hub);
    const { agency, sender, consentId } = between;
    const id = await send(between);
    const codes = async (actor: Actor, body: string) =>
      (await actor.gql(MESSAGE, { input: { id, body, idempotencyKey: `key ${body.slice(0, 9)}-0` } }))
        .sendReferralMessage.userErrors;
    expect(await codes(agency, '   ')).toEqual([{ code: 'REQUIRED', field: 'body' }]);
    expect(await codes(agency, 'x'.repeat(4001))).toEqual([{ code: 'TOO_LONG', field: 'body' }]);
    await take(agency, 'acceptReferral', id);
    await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = now() where id = $1`, [consentId]);
    expect(await codes(sender, 'She also needs')).toEqual([{ code: 'CONSENT_ENDED', field: null }]);
    expect(await codes(agency, 'We called her')).toEqual([]);
    await take(sender, 'withdrawReferralInError', id, { reason: 'Wrong person.' });
    expect(await codes(agency, 'Are you sure?')).toEqual([{ code: 'NO_MESSAGES', field: null }]);
  });

  it('goes with an acceptance as its note', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await take(between.agency, 'acceptReferral', id, { note: 'Come on Monday.' });
    const { messages } = (await between.sender.gql(READ, { id })).referral;
    expect(messages.edges.map((edge: { node: { body: string } }) => edge.node.body)).toEqual(['Come on Monday.']);
  });
});
