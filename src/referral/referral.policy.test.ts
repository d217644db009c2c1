import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agencyAdmin,
  agencyStaff,
  anonymous,
  careManager,
  carePrivacyOfficer,
  careSupervisor,
  curator,
  planAnalyst,
  type Actor,
} from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, SEND, sendInput, step, take, type Pair } from '../../test/referral-factories.js';
import { newId } from '../platform/id.js';

const READ = 'query ($id: ID!) { referral(id: $id) { id side } }';
const PREVIEW = 'query ($input: PreviewReferralInput!) { previewReferral(input: $input) { warnings } }';
const MESSAGE =
  'mutation ($input: SendReferralMessageInput!) { sendReferralMessage(input: $input) { message { id } userErrors { code } } }';
const why = { reasonCode: 'OTHER', reason: 'x' };

/** Each write over one referral, and who may do it: S the sending side, A the agency. */
const WRITES: [mutation: string, who: string, input: object][] = [
  ['markReferralSeen', 'A', {}],
  ['acceptReferral', 'A', {}],
  ['declineReferral', 'A', why],
  ['holdReferral', 'A', why],
  ['startReferral', 'A', {}],
  ['completeReferral', 'A', { outcome: 'HELP_RECEIVED' }],
  ['failReferral', 'A', why],
  ['cancelReferral', 'SA', why],
  ['withdrawReferralInError', 'S', { reason: 'x' }],
  ['confirmReferralOutcome', 'S', { confirmation: 'HELPED' }],
];

describe('a referral', () => {
  let hub: TestHub;
  let between: Pair;
  let id: string;
  /** Who has a part in it, who may only look on, and strangers of every kind. */
  let partners: { colleague: Actor; supervisor: Actor; admin: Actor };
  let strangers: Record<string, Actor>;

  beforeAll(async () => {
    hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
    between = await pair(hub);
    id = await send(between);
    const care = { organization: between.sender.organization };
    partners = {
      colleague: await careManager(hub, care),
      supervisor: await careSupervisor(hub, care),
      admin: await agencyAdmin(hub, { organization: between.agency.organization }),
    };
    strangers = {
      'another care manager': await careManager(hub),
      'another agency': await agencyStaff(hub),
    };
  });
  afterAll(() => hub.stop());
  const onlookers = async (): Promise<[string, Actor][]> => [
    [
      'a privacy officer of the care organization',
      await carePrivacyOfficer(hub, { organization: between.sender.organization }),
    ],
    ['a plan analyst', await planAnalyst(hub)],
    ['a curator', await curator(hub)],
  ];

  it('is loaded by everyone on its two sides who works with referrals, and by nobody else', async () => {
    for (const actor of [between.sender, partners.colleague, partners.supervisor]) {
      expect((await actor.gql(READ, { id })).referral).toEqual({ id, side: 'REQUESTER' });
    }
    for (const actor of [between.agency, partners.admin]) {
      expect((await actor.gql(READ, { id })).referral).toEqual({ id, side: 'TARGET' });
    }
    for (const [name, actor] of Object.entries(strangers)) {
      expect([name, await actor.codes(READ, { id })]).toEqual([name, ['NOT_FOUND']]);
    }
    for (const [name, actor] of await onlookers()) {
      expect([name, await actor.codes(READ, { id })]).toEqual([name, ['FORBIDDEN']]);
    }
    expect(await (await anonymous(hub)).codes(READ, { id })).toEqual(['UNAUTHENTICATED']);
    expect(await between.sender.codes(READ, { id: newId() })).toEqual(['NOT_FOUND']);
  });

  it('is listed on its own side alone', async () => {
    const sent = async (actor: Actor) =>
      (await actor.gql('{ referrals(filter: { queue: ALL }) { edges { node { id } } } }')).referrals.edges.length;
    const received = async (actor: Actor) =>
      (await actor.gql('{ inbox { edges { node { id } } } }')).inbox.edges.length;
    expect([await sent(between.sender), await sent(partners.supervisor)]).toEqual([1, 1]);
    expect([await received(between.agency), await received(partners.admin)]).toEqual([1, 1]);
    expect(await sent(strangers['another care manager'] ?? between.agency)).toBe(0);
    expect(await received(strangers['another agency'] ?? between.sender)).toBe(0);
    expect(await between.agency.codes('{ referrals { edges { cursor } } }')).toEqual(['FORBIDDEN']);
    expect(await between.sender.codes('{ inbox { edges { cursor } } }')).toEqual(['FORBIDDEN']);
    expect(await between.sender.codes('{ inboxCounts { new } }')).toEqual(['FORBIDDEN']);
    for (const [, actor] of await onlookers()) {
      expect(await actor.codes('{ referrals { edges { cursor } } }')).toEqual(['FORBIDDEN']);
      expect(await actor.codes('{ inbox { edges { cursor } } }')).toEqual(['FORBIDDEN']);
    }
  });

  it.each(WRITES)(
    '%s is for its side, FORBIDDEN to the other, NOT_FOUND to strangers',
    async (mutation, who, input) => {
      const variables = { input: { id, ...input } };
      for (const [side, actor] of [
        ['S', between.sender],
        ['A', between.agency],
      ] as const) {
        if (who.includes(side)) continue;
        expect([side, await actor.codes(step(mutation), variables)]).toEqual([side, ['FORBIDDEN']]);
      }
      for (const [name, actor] of Object.entries(strangers)) {
        const mine = who.includes(name.includes('agency') ? 'A' : 'S');
        expect([name, await actor.codes(step(mutation), variables)]).toEqual([
          name,
          [mine ? 'NOT_FOUND' : 'FORBIDDEN'],
        ]);
      }
      for (const [name, actor] of await onlookers()) {
        expect([name, await actor.codes(step(mutation), variables)]).toEqual([name, ['FORBIDDEN']]);
      }
      // Nothing of all that has moved it; then each side takes the step, or is told in words why not.
      expect(await hub.sql('select status, version from hub.referral where id = $1', [id])).toEqual([
        { status: 'REQUESTED', version: 1 },
      ]);
      const own = await send(await pair(hub, between));
      for (const [side, actor] of [
        ['S', partners.colleague],
        ['A', partners.admin],
      ] as const) {
        if (who.includes(side)) expect((await take(actor, mutation, own, input)).referral?.id).toBe(own);
      }
    },
  );

  it('takes messages of both sides and of nobody else', async () => {
    const input = { id, body: 'Hello', idempotencyKey: 'hello-0001' };
    for (const actor of [partners.colleague, partners.admin]) {
      expect((await actor.gql(MESSAGE, { input })).sendReferralMessage.userErrors).toEqual([]);
    }
    for (const actor of Object.values(strangers)) expect(await actor.codes(MESSAGE, { input })).toEqual(['NOT_FOUND']);
    for (const [, actor] of await onlookers()) expect(await actor.codes(MESSAGE, { input })).toEqual(['FORBIDDEN']);
  });

  it('is sent and previewed for the own organization’s patients alone', async () => {
    const { idempotencyKey: _, ...preview } = sendInput(between);
    expect(await partners.colleague.codes(PREVIEW, { input: preview })).toEqual([]);
    expect(await strangers['another care manager']?.codes(PREVIEW, { input: preview })).toEqual(['NOT_FOUND']);
    expect(await strangers['another care manager']?.codes(SEND, { input: sendInput(between) })).toEqual(['NOT_FOUND']);
    for (const actor of [between.agency, ...(await onlookers()).map(([, one]) => one)]) {
      expect(await actor.codes(PREVIEW, { input: preview })).toEqual(['FORBIDDEN']);
      expect(await actor.codes(SEND, { input: sendInput(between) })).toEqual(['FORBIDDEN']);
    }
  });

  it('shows the agency neither patient nor needs nor consent', async () => {
    const read = 'query ($id: ID!) { referral(id: $id) { patient { id } needs { id } consent { id } } }';
    expect((await between.agency.gql(read, { id })).referral).toEqual({ patient: null, needs: [], consent: null });
    expect((await between.sender.gql(read, { id })).referral).toEqual({
      patient: { id: between.patientId },
      needs: [{ id: between.needId }],
      consent: { id: between.consentId },
    });
    expect(
      await between.agency.codes('query ($id: ID!) { patient(id: $id) { id } }', { id: between.patientId }),
    ).toEqual(['FORBIDDEN']);
  });

  it('that is a draft is seen by its sender alone', async () => {
    const draft = await send(await pair(hub, between));
    await hub.sql(`update hub.referral set status = 'DRAFT', sent_at = null where id = $1`, [draft]);
    expect(await between.agency.codes(READ, { id: draft })).toEqual(['NOT_FOUND']);
    expect(await between.agency.codes(step('acceptReferral'), { input: { id: draft } })).toEqual(['NOT_FOUND']);
    const listed = await between.agency.gql('{ inbox { edges { node { id } } } }');
    expect(listed.inbox.edges.map((edge: { node: { id: string } }) => edge.node.id)).not.toContain(draft);
    expect(await between.sender.codes(READ, { id: draft })).toEqual([]);
  });

  it('leaves who read it in the audit of the organization that keeps the patient', async () => {
    await between.agency.gql(READ, { id });
    const [seen] = await hub.sql(
      `select action, org_id, patient_org_id, consent_id from hub.audit where patient_id = $1 and actor_id = $2 order by at desc limit 1`,
      [between.patientId, between.agency.user.id],
    );
    expect(seen).toEqual({
      action: 'referral.read',
      org_id: between.agency.organization.id,
      patient_org_id: between.sender.organization.id,
      consent_id: between.consentId,
    });
  });
});
