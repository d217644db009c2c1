import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, visitor, type Actor } from '../../../test/actors.js';
import { consent, need } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, tokenIn } from '../../../test/link-factories.js';
import { pair, send, service, take, type Pair } from '../../../test/referral-factories.js';
import { rebuildSearch } from '../../directory/index.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';

const OFFER = `id kind status sendOn closedAt targets { position state skippedFor chosenByHub to { id } service { id }
  referral { id status reasonCode } }`;
const SEND = `mutation ($input: OfferReferralInput!) { offerReferral(input: $input) { offer { ${OFFER} } userErrors { code message field } } }`;
const STOP = `mutation ($input: StopReferralOfferInput!) { stopReferralOffer(input: $input) { offer { ${OFFER} } userErrors { code } } }`;
const READ = `query ($id: ID!) { referralOffer(id: $id) { ${OFFER} } }`;
const NEXT = `query ($id: ID!) { nextAgencies(referralId: $id) { to { id } decideFirst } }`;
const MONDAY = '2026-11-16T15:00:00Z';
const why = { reasonCode: 'NO_CAPACITY', reason: '' };

interface Agency {
  actor: Actor;
  serviceId: string;
}

describe('one request to several agencies', () => {
  let hub: TestHub;
  let between: Pair;
  let agencies: Agency[];

  beforeAll(async () => {
    hub = await testHub({ now: MONDAY });
  });
  afterAll(() => hub.stop());

  /** A service that is for everybody and has room. */
  const open = {
    eligibility_rules: JSON.stringify([{ kind: 'EVERYONE' }]),
    capacity_status: 'CAPACITY',
    capacity_updated_at: MONDAY,
  };
  async function agency(given: Record<string, unknown> = {}): Promise<Agency> {
    const actor = await agencyStaff(hub);
    return { actor, serviceId: await service(hub, actor.organization.id, { ...open, ...given }) };
  }
  beforeEach(async () => {
    hub.clock.set(MONDAY);
    between = await pair(hub);
    agencies = [await agency(), await agency(), await agency()];
  });

  const inputOf = (kind: string, given: object = {}) => ({
    patientId: between.patientId,
    needIds: [between.needId],
    targets: agencies.map(({ serviceId }) => ({ serviceId })),
    kind,
    idempotencyKey: newId(),
    ...given,
  });
  const ask = async (kind: string, given: object = {}) =>
    (await between.sender.gql(SEND, { input: inputOf(kind, given) })).offerReferral;
  async function offered(kind: string, given: object = {}) {
    const { offer, userErrors } = await ask(kind, given);
    expect(userErrors).toEqual([]);
    return offer;
  }
  const read = async (id: string) => (await between.sender.gql(READ, { id })).referralOffer;
  const states = async (id: string) =>
    (await read(id)).targets.map(
      (one: { state: string; skippedFor: string | null; referral: { status: string } | null }) =>
        one.referral?.status ?? one.skippedFor ?? one.state,
    );
  const referralOf = (offer: { targets: { referral: { id: string } | null }[] }, at: number) =>
    offer.targets[at]?.referral?.id ?? '';
  const actor = (at: number): Actor => agencies[at]?.actor ?? between.agency;
  const stall = async (id: string) => {
    await hub.sql('update hub.referral set stalled_at = $2, next_clock_at = null where id = $1', [id, hub.clock.now()]);
    await hub.sql(`select hub.enqueue('referral.hand-over', json_build_object('referralId', $1::text))`, [id]);
    await hub.runJobs();
  };

  it('goes to all of a group at once, and the first that accepts withdraws the others kindly', async () => {
    const offer = await offered('GROUP');
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['REQUESTED', 'REQUESTED', 'REQUESTED']);
    expect((await take(actor(1), 'acceptReferral', referralOf(offer, 1))).refused).toEqual([]);
    await hub.sql('update hub.organization set email = $2 where id = $1', [
      actor(0).organization.id,
      'first@example.org',
    ]);
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['CANCELLED', 'ACCEPTED', 'CANCELLED']);
    expect((await read(offer.id)).status).toBe('TAKEN');
    const [history] = await hub.sql(
      `select side, reason_code, by_user_id from hub.referral_transition where referral_id = $1 and to_status = 'CANCELLED'`,
      [referralOf(offer, 0)],
    );
    expect(history).toEqual({
      side: 'REQUESTER',
      reason_code: 'ACCEPTED_ELSEWHERE',
      by_user_id: between.sender.user.id,
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
      const offer = await offered('GROUP', { idempotencyKey: newId() });
      const answers = await Promise.all(
        [0, 1, 2].map((at) => take(actor(at), 'acceptReferral', referralOf(offer, at))),
      );
      expect(answers.map(({ refused }) => refused.join()).toSorted()).toEqual([
        '',
        'ACCEPTED_ELSEWHERE',
        'ACCEPTED_ELSEWHERE',
      ]);
      await hub.runJobs();
      expect((await states(offer.id)).toSorted()).toEqual(['ACCEPTED', 'CANCELLED', 'CANCELLED']);
      const late = answers.findIndex(({ refused }) => refused.length > 0);
      expect((await take(actor(late), 'acceptReferral', referralOf(offer, late))).refused).toEqual(['FINISHED']);
    }
  });

  it('is taken by the link of a letter as by an account: by the first alone, and the other links say so and end', async () => {
    for (const { serviceId } of agencies) {
      await hub.sql('update hub.service set referral_email = $1 where id = $2', [
        `${serviceId}@agency.example`,
        serviceId,
      ]);
    }
    const offer = await offered('GROUP');
    await hub.runJobs();
    const tokens = agencies.map(({ serviceId }) => tokenIn(hub, `${serviceId}@agency.example`));
    const who = await visitor(hub);
    const accept = (token: string) => byLink(who, 'answer', { token, id: newId(), answer: 'ACCEPT', name: 'Rosa' });
    const answers = await Promise.all(tokens.slice(0, 2).map((token) => accept(token)));
    expect(answers.map(({ refused }) => refused.join()).toSorted()).toEqual(['', 'ACCEPTED_ELSEWHERE']);
    const first = answers.findIndex(({ refused }) => refused.length === 0);
    const [row] = await hub.sql('select taken_by, status from hub.referral_offer where id = $1', [offer.id]);
    expect(row).toEqual({ taken_by: referralOf(offer, first), status: 'TAKEN' });
    expect((await accept(tokens[2] ?? '')).refused).toEqual(['ACCEPTED_ELSEWHERE']);
    await hub.runJobs();
    expect((await states(offer.id)).toSorted()).toEqual(['ACCEPTED', 'CANCELLED', 'CANCELLED']);
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
    const offer = await offered('GROUP');
    const id = referralOf(offer, 0);
    const message = `mutation ($input: SendReferralMessageInput!) { sendReferralMessage(input: $input) { userErrors { code } } }`;
    await actor(0).gql(message, { input: { id, body: 'We look into it today.', idempotencyKey: newId() } });
    await take(actor(1), 'acceptReferral', referralOf(offer, 1));
    const accept = `mutation ($input: AcceptReferralInput!) { acceptReferral(input: $input) { referral { status } userErrors { code message } } }`;
    const { acceptReferral } = await actor(0).gql(accept, { input: { id, note: 'Come on Friday' } });
    expect(acceptReferral).toMatchObject({
      referral: { status: 'REQUESTED' },
      userErrors: [{ code: 'ACCEPTED_ELSEWHERE' }],
    });
    await hub.runJobs();
    const messages = `query ($id: ID!) { referral(id: $id) { status messages(first: 9) { edges { node { body } } } } }`;
    const { referral } = await actor(0).gql(messages, { id });
    expect(referral.messages.edges.map(({ node }: { node: { body: string } }) => node.body)).toContain(
      'We look into it today.',
    );
  });

  it('sends nothing at all when one of a group may not be sent to', async () => {
    const lawyer = await agency({ sensitivity: 'IMMIGRATION_LEGAL' });
    const targets = [...agencies, lawyer].map(({ serviceId }) => ({ serviceId }));
    const { offer, userErrors } = await ask('GROUP', { targets });
    expect([offer, userErrors[0].code, userErrors[0].field]).toEqual([null, 'CONSENT_MISSING', 'targets']);
    expect(userErrors[0].message).toContain('Pantry');
    expect(await hub.sql('select from hub.referral where patient_id = $1', [between.patientId])).toEqual([]);
    expect(await hub.sql('select from hub.referral_offer where patient_id = $1', [between.patientId])).toEqual([]);
  });

  it('is sent once when the same is asked twice, and asks each agency once', async () => {
    const input = inputOf('GROUP');
    const [one, two] = await Promise.all([between.sender.gql(SEND, { input }), between.sender.gql(SEND, { input })]);
    expect(one.offerReferral.offer.id).toBe(two.offerReferral.offer.id);
    const [first] = agencies;
    const twice = [{ serviceId: first?.serviceId }, { serviceId: await service(hub, actor(0).organization.id) }];
    expect((await ask('GROUP', { targets: twice })).userErrors).toMatchObject([{ code: 'SAME_AGENCY' }]);
    expect(
      await between.sender.codes(SEND, { input: inputOf('GROUP', { targets: [{ serviceId: first?.serviceId }] }) }),
    ).toEqual(['BAD_USER_INPUT']);
  });

  it('is known to the sender alone: no agency learns who else was asked', async () => {
    const offer = await offered('GROUP');
    expect(await actor(0).codes(READ, { id: offer.id })).toEqual(['FORBIDDEN']);
    expect(await (await careManager(hub)).codes(READ, { id: offer.id })).toEqual(['NOT_FOUND']);
    const seen = `query ($id: ID!) { referral(id: $id) { offer { id } } }`;
    expect((await actor(0).gql(seen, { id: referralOf(offer, 0) })).referral.offer).toBeNull();
    expect((await between.sender.gql(seen, { id: referralOf(offer, 0) })).referral.offer.id).toBe(offer.id);
    expect(await actor(0).codes(seen, { id: referralOf(offer, 1) })).toEqual(['NOT_FOUND']);
    expect(await (await careManager(hub)).codes(STOP, { input: { id: offer.id } })).toEqual(['NOT_FOUND']);
  });

  it('goes from one to the next when one declines, cannot help or does not answer', async () => {
    const offer = await offered('CASCADE');
    expect(await states(offer.id)).toEqual(['REQUESTED', 'WAITING', 'WAITING']);
    await take(actor(0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['REJECTED', 'REQUESTED', 'WAITING']);
    await take(actor(1), 'acceptReferral', referralOf(await read(offer.id), 1));
    await hub.runJobs();
    expect((await read(offer.id)).status).toBe('TAKEN');
    await take(actor(1), 'failReferral', referralOf(await read(offer.id), 1), why);
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['REJECTED', 'FAILED', 'REQUESTED']);
    await take(actor(2), 'declineReferral', referralOf(await read(offer.id), 2), why);
    await hub.runJobs();
    expect((await read(offer.id)).status).toBe('EXHAUSTED');
  });

  it('takes a referral away from an agency that is silent, through all its reminders, and only for one that may be asked', async () => {
    const offer = await offered('CASCADE');
    for (const at of ['2026-11-17T22:00:00Z', '2026-11-18T16:15:00Z', '2026-11-18T22:00:00Z', '2026-11-19T18:00:00Z']) {
      hub.clock.set(at);
      await hub.sql(`select hub.enqueue('referral.tick')`);
      await hub.runJobs();
    }
    expect(await states(offer.id)).toEqual(['CANCELLED', 'REQUESTED', 'WAITING']);
    const [row] = await hub.sql('select reason_code from hub.referral where id = $1', [referralOf(offer, 0)]);
    expect(row).toEqual({ reason_code: 'NO_ANSWER' });
    expect((await take(actor(0), 'acceptReferral', referralOf(offer, 0))).refused).toEqual(['FINISHED']);
    await hub.sql(`update hub.service set capacity_status = 'NO_CAPACITY' where id = $1`, [agencies[2]?.serviceId]);
    const second = referralOf(await read(offer.id), 1);
    await stall(second);
    // Nobody is left: the one that is silent keeps it, and a person decides.
    expect(await states(offer.id)).toEqual(['CANCELLED', 'REQUESTED', 'NO_ROOM']);
    expect((await read(offer.id)).status).toBe('EXHAUSTED');
    expect((await take(actor(1), 'acceptReferral', second)).refused).toEqual([]);
  });

  it.each<[string, string, (it: { between: Pair; serviceId: string }) => Promise<unknown>]>([
    [
      'the consent was taken back',
      'CONSENT',
      ({ between }) =>
        hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = $2 where patient_id = $1`, [
          between.patientId,
          MONDAY,
        ]),
    ],
    [
      'it has a waiting list',
      'NO_ROOM',
      ({ serviceId }) => hub.sql(`update hub.service set capacity_status = 'WAITLIST' where id = $1`, [serviceId]),
    ],
    [
      'nobody knows whether it has room',
      'ROOM_UNKNOWN',
      ({ serviceId }) => hub.sql('update hub.service set capacity_status = null where id = $1', [serviceId]),
    ],
    [
      'what it said of its room is old',
      'ROOM_UNKNOWN',
      ({ serviceId }) =>
        hub.sql(`update hub.service set capacity_updated_at = '2026-09-01' where id = $1`, [serviceId]),
    ],
    [
      'the person does not qualify',
      'NO_FIT',
      ({ serviceId }) =>
        hub.sql(`update hub.service set eligibility_rules = '[{"kind":"AGE","max":20}]' where id = $1`, [serviceId]),
    ],
    [
      'nobody knows whether the person qualifies',
      'FIT_UNKNOWN',
      ({ serviceId }) => hub.sql(`update hub.service set eligibility_rules = '[]' where id = $1`, [serviceId]),
    ],
    [
      'it is not offered any more',
      'NOT_OFFERED',
      ({ serviceId }) => hub.sql(`update hub.service set status = 'inactive' where id = $1`, [serviceId]),
    ],
    [
      'it takes no referrals',
      'NOT_OFFERED',
      ({ serviceId }) => hub.sql('update hub.service set takes_referrals = false where id = $1', [serviceId]),
    ],
    [
      'the need is met',
      'NEED_SETTLED',
      ({ between }) => hub.sql(`update hub.need set status = 'MET' where id = $1`, [between.needId]),
    ],
  ])('does not go on by itself when %s', async (_, skipped, change) => {
    const serviceId = agencies[1]?.serviceId ?? '';
    const targets = [{ serviceId: agencies[0]?.serviceId }, { serviceId }];
    const offer = await offered('CASCADE', { targets });
    await change({ between, serviceId });
    await take(actor(0), 'declineReferral', referralOf(offer, 0), why).catch(() => undefined);
    await hub.sql(`update hub.referral set status = 'REJECTED' where id = $1`, [referralOf(offer, 0)]);
    const moved = { referralId: referralOf(offer, 0), patientId: between.patientId, to: 'REJECTED', side: 'TARGET' };
    await hub.sql(`select hub.enqueue('referral.follow-offer', $1::json)`, [JSON.stringify(moved)]);
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['REJECTED', skipped]);
    expect((await read(offer.id)).status).toBe('EXHAUSTED');
  });

  it('asks nobody twice when its job runs again, at the same moment or later', async () => {
    const offer = await offered('CASCADE');
    await take(actor(0), 'declineReferral', referralOf(offer, 0), why);
    const moved = { referralId: referralOf(offer, 0), patientId: between.patientId, to: 'REJECTED', side: 'TARGET' };
    for (let times = 0; times < 4; times += 1) {
      await hub.sql(`select hub.enqueue('referral.follow-offer', $1::json)`, [JSON.stringify(moved)]);
    }
    await hub.runJobs();
    await hub.sql(`select hub.enqueue('referral.follow-offer', $1::json)`, [JSON.stringify(moved)]);
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['REJECTED', 'REQUESTED', 'WAITING']);
  });

  it('goes nowhere in the name of somebody who left', async () => {
    const offer = await offered('CASCADE');
    await hub.sql('update hub.membership set ended_at = $2 where user_id = $1', [between.sender.user.id, MONDAY]);
    await take(actor(0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    expect(await hub.sql('select status from hub.referral_offer where id = $1', [offer.id])).toEqual([
      { status: 'EXHAUSTED' },
    ]);
    expect(await hub.sql('select from hub.referral where patient_id = $1', [between.patientId])).toHaveLength(1);
  });

  it('is stopped by its sender: what was not answered is withdrawn, and nobody else is asked', async () => {
    const offer = await offered('CASCADE');
    const { stopReferralOffer } = await between.sender.gql(STOP, { input: { id: offer.id } });
    expect(stopReferralOffer.offer).toMatchObject({ status: 'STOPPED' });
    await hub.runJobs();
    expect(await states(offer.id)).toEqual(['CANCELLED', 'WAITING', 'WAITING']);
    const group = await offered('GROUP');
    const [answer] = await Promise.all([
      take(actor(0), 'acceptReferral', referralOf(group, 0)),
      between.sender.gql(STOP, { input: { id: group.id } }),
    ]);
    await hub.runJobs();
    const { status } = await read(group.id);
    expect([await states(group.id), status]).toEqual(
      answer.refused.length === 0
        ? [['ACCEPTED', 'CANCELLED', 'CANCELLED'], 'TAKEN']
        : [['CANCELLED', 'CANCELLED', 'CANCELLED'], 'STOPPED'],
    );
  });

  it('goes on to who fits best where that was allowed, and proposes the same otherwise', async () => {
    const [first, second] = agencies;
    await hub.sql(`update hub.service set capacity_status = 'NO_CAPACITY' where organization_id <> all ($1::uuid[])`, [
      [actor(0).organization.id, actor(1).organization.id],
    ]);
    await hub.sql(
      `insert into hub.service_area (id, service_id, name, covers) select gen_random_uuid(), id, 'Maryland', '{state:MD}' from hub.service`,
    );
    await rebuildSearch(asTask(hub.orm));
    const offer = await offered('CASCADE', { targets: [{ serviceId: first?.serviceId }], sendOn: true });
    const proposed = (await between.sender.gql(NEXT, { id: referralOf(offer, 0) })).nextAgencies;
    expect(proposed.find((one: { decideFirst: string | null }) => one.decideFirst === null)).toEqual({
      to: { id: second?.actor.organization.id },
      decideFirst: null,
    });
    expect(proposed.map((one: { to: { id: string } }) => one.to.id)).not.toContain(actor(0).organization.id);
    await take(actor(0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    const after = await read(offer.id);
    expect(after.targets).toMatchObject([
      { referral: { status: 'REJECTED' }, chosenByHub: false },
      { referral: { status: 'REQUESTED' }, chosenByHub: true, to: { id: second?.actor.organization.id } },
    ]);
    expect(await actor(0).codes(NEXT, { id: referralOf(offer, 0) })).toEqual(['FORBIDDEN']);
  });

  it('proposes nobody for whom the person does not qualify, even where there is nobody else', async () => {
    await hub.sql(
      `update hub.service set eligibility_rules = '[{"kind": "AGE", "min": 110}]' where organization_id <> $1`,
      [actor(0).organization.id],
    );
    await rebuildSearch(asTask(hub.orm));
    const id = await send(between);
    const { nextAgencies } = await between.sender.gql(NEXT, { id });
    const proposed = nextAgencies.map((one: { to: { id: string } }) => one.to.id);
    expect(proposed.filter((one: string) => one !== actor(0).organization.id)).toEqual([]);
  });

  it('asks for every kind of need that it is for', async () => {
    const other = await need(hub, between.owner, between.patientId, {
      category: 'utility-insecurity',
      label: 'Heating',
    });
    const { userErrors } = await ask('GROUP', { needIds: [between.needId, other] });
    expect(userErrors[0].code).toBe('CONSENT_MISSING');
    await consent(hub, between.owner, between.patientId, { categories: ['food-insecurity', 'utility-insecurity'] });
    expect((await ask('GROUP', { needIds: [between.needId, other] })).userErrors).toEqual([]);
  });
});
