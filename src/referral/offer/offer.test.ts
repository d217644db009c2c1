import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careManager, visitor } from '../../../test/actors.js';
import { consent, need } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, tokenIn } from '../../../test/link-factories.js';
import {
  agency,
  agencyAt,
  askAll,
  MONDAY,
  offered,
  offerInput,
  offers,
  READ_OFFER,
  readOffer,
  referralOf,
  SEND_OFFER,
  statesOf,
  STOP_OFFER,
  type Offers,
} from '../../../test/offer-factories.js';
import { service, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

let hub: TestHub;
let of: Offers;
beforeAll(async () => {
  hub = await testHub({ now: MONDAY });
});
beforeEach(async () => {
  of = await offers(hub);
});
afterAll(() => hub.stop());

describe('one request to several agencies', () => {
  it('goes to all of a group at once, and the first that accepts withdraws the others kindly', async () => {
    const offer = await offered(of, 'GROUP');
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['REQUESTED', 'REQUESTED', 'REQUESTED']);
    expect((await take(agencyAt(of, 1), 'acceptReferral', referralOf(offer, 1))).refused).toEqual([]);
    await hub.sql('update hub.organization set email = $2 where id = $1', [
      agencyAt(of, 0).organization.id,
      'first@example.org',
    ]);
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['CANCELLED', 'ACCEPTED', 'CANCELLED']);
    expect((await readOffer(of, offer.id)).status).toBe('TAKEN');
    const [history] = await hub.sql(
      `select side, reason_code, by_user_id from hub.referral_transition where referral_id = $1 and to_status = 'CANCELLED'`,
      [referralOf(offer, 0)],
    );
    expect(history).toEqual({
      side: 'REQUESTER',
      reason_code: 'ACCEPTED_ELSEWHERE',
      by_user_id: of.between.sender.user.id,
    });
    expect(hub.mail.to('first@example.org').map(({ text }) => text)).toEqual([
      expect.stringContaining('another agency could start first'),
    ]);
    const audit = await hub.sql(`select via from hub.audit where action = 'referral.cancel' and entity_id = $1`, [
      referralOf(offer, 0),
    ]);
    expect(audit).toEqual([{ via: 'TASK' }]);
  });

  it('is taken by one of two that accept at the same moment, and the other is told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const offer = await offered(of, 'GROUP', { idempotencyKey: newId() });
      const answers = await Promise.all(
        [0, 1, 2].map((at) => take(agencyAt(of, at), 'acceptReferral', referralOf(offer, at))),
      );
      expect(answers.map(({ refused }) => refused.join()).toSorted()).toEqual([
        '',
        'ACCEPTED_ELSEWHERE',
        'ACCEPTED_ELSEWHERE',
      ]);
      await hub.runJobs();
      expect((await statesOf(of, offer.id)).toSorted()).toEqual(['ACCEPTED', 'CANCELLED', 'CANCELLED']);
      const late = answers.findIndex(({ refused }) => refused.length > 0);
      expect((await take(agencyAt(of, late), 'acceptReferral', referralOf(offer, late))).refused).toEqual(['FINISHED']);
    }
  });

  it('is taken by the link of a letter as by an account: by the first alone, and the other links say so and end', async () => {
    for (const { serviceId } of of.agencies) {
      await hub.sql('update hub.service set referral_email = $1 where id = $2', [
        `${serviceId}@agency.example`,
        serviceId,
      ]);
    }
    const offer = await offered(of, 'GROUP');
    await hub.runJobs();
    const tokens = of.agencies.map(({ serviceId }) => tokenIn(hub, `${serviceId}@agency.example`));
    const who = await visitor(hub);
    const accept = (token: string) => byLink(who, 'answer', { token, id: newId(), answer: 'ACCEPT', name: 'Rosa' });
    const answers = await Promise.all(tokens.slice(0, 2).map((token) => accept(token)));
    expect(answers.map(({ refused }) => refused.join()).toSorted()).toEqual(['', 'ACCEPTED_ELSEWHERE']);
    const first = answers.findIndex(({ refused }) => refused.length === 0);
    const [row] = await hub.sql('select taken_by, status from hub.referral_offer where id = $1', [offer.id]);
    expect(row).toEqual({ taken_by: referralOf(offer, first), status: 'TAKEN' });
    expect((await accept(tokens[2] ?? '')).refused).toEqual(['ACCEPTED_ELSEWHERE']);
    await hub.runJobs();
    expect((await statesOf(of, offer.id)).toSorted()).toEqual(['ACCEPTED', 'CANCELLED', 'CANCELLED']);
    const [slow = '', late = ''] = tokens.filter((_, at) => at !== first);
    for (const token of [slow, late]) expect((await accept(token)).refused).toEqual(['LINK_ENDED']);
    expect((await accept(tokens[first] ?? '')).refused).toEqual(['ALREADY_DONE']);
    const steps = await hub.sql(
      `select by_name, via from hub.referral_transition where referral_id = $1 and to_status = 'ACCEPTED'`,
      [referralOf(offer, first)],
    );
    expect(steps).toEqual([{ by_name: 'Rosa', via: 'LINK' }]);
  });

  it('keeps what the slower one wrote', async () => {
    const offer = await offered(of, 'GROUP');
    const id = referralOf(offer, 0);
    const message = `mutation ($input: SendReferralMessageInput!) { sendReferralMessage(input: $input) { userErrors { code } } }`;
    await agencyAt(of, 0).gql(message, { input: { id, body: 'We look into it today.', idempotencyKey: newId() } });
    await take(agencyAt(of, 1), 'acceptReferral', referralOf(offer, 1));
    const accept = `mutation ($input: AcceptReferralInput!) { acceptReferral(input: $input) { referral { status } userErrors { code message } } }`;
    const { acceptReferral } = await agencyAt(of, 0).gql(accept, { input: { id, note: 'Come on Friday' } });
    expect(acceptReferral).toMatchObject({
      referral: { status: 'REQUESTED' },
      userErrors: [{ code: 'ACCEPTED_ELSEWHERE' }],
    });
    await hub.runJobs();
    const messages = `query ($id: ID!) { referral(id: $id) { status messages(first: 9) { edges { node { body } } } } }`;
    const { referral } = await agencyAt(of, 0).gql(messages, { id });
    expect(referral.messages.edges.map(({ node }: { node: { body: string } }) => node.body)).toContain(
      'We look into it today.',
    );
  });

  it('sends nothing at all when one of a group may not be sent to', async () => {
    const lawyer = await agency(hub, { sensitivity: 'IMMIGRATION_LEGAL' });
    const targets = [...of.agencies, lawyer].map(({ serviceId }) => ({ serviceId }));
    const { offer, userErrors } = await askAll(of, 'GROUP', { targets });
    expect([offer, userErrors[0].code, userErrors[0].field]).toEqual([null, 'CONSENT_MISSING', 'targets']);
    expect(userErrors[0].message).toContain('Pantry');
    expect(await hub.sql('select from hub.referral where patient_id = $1', [of.between.patientId])).toEqual([]);
    expect(await hub.sql('select from hub.referral_offer where patient_id = $1', [of.between.patientId])).toEqual([]);
  });

  it('is sent once when the same is asked twice, and asks each agency once', async () => {
    const input = offerInput(of, 'GROUP');
    const [one, two] = await Promise.all([
      of.between.sender.gql(SEND_OFFER, { input }),
      of.between.sender.gql(SEND_OFFER, { input }),
    ]);
    expect(one.offerReferral.offer.id).toBe(two.offerReferral.offer.id);
    const [first] = of.agencies;
    const twice = [{ serviceId: first?.serviceId }, { serviceId: await service(hub, agencyAt(of, 0).organization.id) }];
    expect((await askAll(of, 'GROUP', { targets: twice })).userErrors).toMatchObject([{ code: 'SAME_AGENCY' }]);
    expect(
      await of.between.sender.codes(SEND_OFFER, {
        input: offerInput(of, 'GROUP', { targets: [{ serviceId: first?.serviceId }] }),
      }),
    ).toEqual(['BAD_USER_INPUT']);
  });

  it('is known to the sender alone: no agency learns who else was asked', async () => {
    const offer = await offered(of, 'GROUP');
    expect(await agencyAt(of, 0).codes(READ_OFFER, { id: offer.id })).toEqual(['FORBIDDEN']);
    expect(await (await careManager(hub)).codes(READ_OFFER, { id: offer.id })).toEqual(['NOT_FOUND']);
    const seen = `query ($id: ID!) { referral(id: $id) { offer { id } } }`;
    expect((await agencyAt(of, 0).gql(seen, { id: referralOf(offer, 0) })).referral.offer).toBeNull();
    expect((await of.between.sender.gql(seen, { id: referralOf(offer, 0) })).referral.offer.id).toBe(offer.id);
    expect(await agencyAt(of, 0).codes(seen, { id: referralOf(offer, 1) })).toEqual(['NOT_FOUND']);
    expect(await (await careManager(hub)).codes(STOP_OFFER, { input: { id: offer.id } })).toEqual(['NOT_FOUND']);
  });

  it('asks for every kind of need that it is for', async () => {
    const other = await need(hub, of.between.owner, of.between.patientId, {
      category: 'utility-insecurity',
      label: 'Heating',
    });
    const { userErrors } = await askAll(of, 'GROUP', { needIds: [of.between.needId, other] });
    expect(userErrors[0].code).toBe('CONSENT_MISSING');
    await consent(hub, of.between.owner, of.between.patientId, {
      categories: ['food-insecurity', 'utility-insecurity'],
    });
    expect((await askAll(of, 'GROUP', { needIds: [of.between.needId, other] })).userErrors).toEqual([]);
  });
});
