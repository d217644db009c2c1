import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { MESSAGE, pair, send, step, take } from '../../test/referral-factories.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

const why = { reasonCode: 'OTHER', reason: 'As agreed by phone.' };
const inputs: Record<string, object> = {
  withdrawReferralInError: { reason: 'It was for somebody else.' },
  acceptReferral: {},
};
const go = (actor: Actor, mutation: string, id: string) => take(actor, mutation, id, inputs[mutation] ?? why);

describe('what the agency sees of a person', () => {
  const READ =
    'query ($id: ID!) { referral(id: $id) { patientLabel request shared { items { key } } messages { edges { node { body } } } } }';
  const sees = async (actor: Actor, id: string) => {
    const { referral } = await actor.gql(READ, { id });
    return {
      whom: referral.patientLabel.startsWith('Given'),
      request: referral.request !== null,
      shared: referral.shared.items.length > 0,
      messages: referral.messages.edges.length > 0,
    };
  };
  const prepared = async () => {
    const between = await pair(hub);
    const id = await send(between, { request: 'Two boxes.' });
    await between.agency.gql(MESSAGE, { input: { id, body: 'A question', idempotencyKey: 'question-1' } });
    return { between, id };
  };
  const all = { whom: true, request: true, shared: true, messages: true };

  it('is everything while it works on it, and after the sender withdraws what it had accepted', async () => {
    const { between, id } = await prepared();
    expect(await sees(between.agency, id)).toEqual(all);
    await go(between.agency, 'acceptReferral', id);
    await go(between.sender, 'cancelReferral', id);
    expect(await sees(between.agency, id)).toEqual(all);
  });

  it('is who it was, but nothing more, once it has declined or the sender has withdrawn before an answer', async () => {
    for (const [who, mutation] of [
      ['agency', 'declineReferral'],
      ['agency', 'cancelReferral'],
      ['sender', 'cancelReferral'],
    ] as const) {
      const { between, id } = await prepared();
      expect((await go(between[who], mutation, id)).refused).toEqual([]);
      expect(await sees(between.agency, id)).toEqual({ ...all, request: false, shared: false });
      expect(await sees(between.sender, id)).toEqual(all);
    }
  });

  it('is nothing at all on a referral that was sent in error', async () => {
    const { between, id } = await prepared();
    await go(between.agency, 'acceptReferral', id);
    expect((await go(between.sender, 'withdrawReferralInError', id)).refused).toEqual([]);
    expect(await sees(between.agency, id)).toEqual({ whom: false, request: false, shared: false, messages: false });
    expect(await sees(between.sender, id)).toEqual(all);
    const listed = await between.agency.gql('{ inbox { edges { node { id } } } }');
    expect(listed.inbox.edges).toEqual([]);
  });
});

describe('marking as seen', () => {
  it('counts the first time, is told to the sender, and is the agency’s alone', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    const seenAt = async () =>
      (await sender.gql('query ($id: ID!) { referral(id: $id) { seenAt } }', { id })).referral.seenAt;
    expect(await seenAt()).toBeNull();
    const first = hub.clock.now();
    await take(agency, 'markReferralSeen', id);
    hub.clock.advance({ minutes: 5 });
    await take(agency, 'markReferralSeen', id);
    expect(await seenAt()).toBe(first.toISOString());
    expect(await sender.codes(step('markReferralSeen'), { input: { id } })).toEqual(['FORBIDDEN']);
  });
});
