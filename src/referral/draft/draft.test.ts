import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careManager, type Actor } from '../../../test/actors.js';
import { asApp } from '../../../test/as-app.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';
import { clearDrafts } from './draft.tasks.js';

const SAVE = `mutation ($input: SaveReferralDraftInput!) { saveReferralDraft(input: $input) {
  draft { id version request needs { id } mine household { relation age givenName } } userErrors { code } } }`;
const DISCARD = `mutation ($input: DiscardReferralDraftInput!) { discardReferralDraft(input: $input) { id userErrors { code } } }`;
const OF_PATIENT = `query ($id: ID!) { patient(id: $id) { referralDrafts { id request mine service { id } } } }`;
const TODAY = '{ today { referralDrafts { id } } }';

let hub: TestHub;
let between: Pair;
let colleague: Actor;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  hub.clock.set('2026-11-18T15:00:00Z');
  between = await pair(hub);
  colleague = await careManager(hub, { organization: between.sender.organization });
});

const inputOf = (given: object = {}) => {
  const { patientId, serviceId, needId } = between;
  return { patientId, serviceId, needIds: [needId], ...given };
};
const save = async (given: object = {}, actor = between.sender) =>
  (await actor.gql(SAVE, { input: inputOf(given) })).saveReferralDraft;
const drafts = async (actor: Actor) => (await actor.gql(OF_PATIENT, { id: between.patientId })).patient.referralDrafts;

describe('a draft', () => {
  it('is kept as it is typed, is found on the patient and on the desk, and goes when it is sent', async () => {
    const { draft } = await save({ request: 'Two', household: [{ relation: 'CHILD', age: 3, givenName: 'Leo' }] });
    const again = await save({ request: 'Two boxes' });
    expect(again.draft).toMatchObject({ id: draft.id, request: 'Two boxes', household: [] });
    const { serviceId } = between;
    const line = { id: draft.id, request: 'Two boxes', mine: true, service: { id: serviceId } };
    expect(await drafts(between.sender)).toEqual([line]);
    expect((await between.sender.gql(TODAY)).today.referralDrafts).toEqual([{ id: draft.id }]);
    await send(between);
    expect(await drafts(between.sender)).toEqual([]);
  });

  it('is seen by colleagues and changed by whoever began it alone', async () => {
    const { draft } = await save();
    expect(await drafts(colleague)).toMatchObject([{ id: draft.id, mine: false }]);
    expect((await colleague.gql(TODAY)).today.referralDrafts).toEqual([]);
    expect(await colleague.codes(DISCARD, { input: { id: draft.id } })).toEqual(['FORBIDDEN']);
    expect((await save({}, colleague)).draft.id).not.toBe(draft.id);
    expect((await between.sender.gql(DISCARD, { input: { id: draft.id } })).discardReferralDraft.id).toBe(draft.id);
  });

  it('is nobody’s business elsewhere: no agency, no other organization, no figure, no clock, no letter', async () => {
    const { draft } = await save({ request: 'x' });
    const stranger = await careManager(hub);
    expect(await stranger.codes(SAVE, { input: inputOf() })).toEqual(['NOT_FOUND']);
    expect(await between.agency.codes(SAVE, { input: inputOf() })).toEqual(['FORBIDDEN']);
    expect(await stranger.codes(DISCARD, { input: { id: draft.id } })).toEqual(['NOT_FOUND']);
    const app = await asApp(hub);
    const counts = [];
    for (const actor of [between.sender, between.agency, stranger]) {
      counts.push(await app.run(actor, 'select id from hub.referral_draft where id = $1', [draft.id]));
    }
    await app.end();
    expect(counts).toEqual([1, 0, 0]);
    await hub.runJobs();
    expect(hub.mail.to(between.agency.user.email)).toEqual([]);
    expect(await hub.sql('select id from hub.referral where patient_id = $1', [between.patientId])).toEqual([]);
  });

  it('is one draft from two tabs at once, and an older tab overwrites nothing', async () => {
    const both = await Promise.all([save({ request: 'a' }), save({ request: 'b' })]);
    expect(new Set(both.map((one) => one.draft.id)).size).toBe(1);
    const versions = both.map((one) => one.draft.version).toSorted();
    expect((await save({ request: 'c', expectedVersion: versions[0] })).userErrors).toEqual([{ code: 'CHANGED_MEANWHILE' }]); // prettier-ignore
    expect((await save({ request: 'c', expectedVersion: versions[1] })).draft.request).toBe('c');
  });

  it('follows a referral of this patient alone: of any other it learns not even that it is there', async () => {
    const own = await send(between);
    const stranger = await pair(hub);
    const theirs = await send(stranger);
    const tried = (followsId: string) => between.sender.codes(SAVE, { input: inputOf({ followsId }) });
    expect([await tried(theirs), await tried(newId()), await tried(own)]).toEqual([
      ['BAD_USER_INPUT'],
      ['BAD_USER_INPUT'],
      [],
    ]);
  });

  it('goes after thirty quiet days', async () => {
    await save();
    hub.clock.advance({ days: 29 });
    await hub.sql(`select hub.enqueue($1)`, [clearDrafts.name]);
    await hub.runJobs();
    expect(await drafts(between.sender)).toHaveLength(1);
    hub.clock.advance({ days: 2 });
    await hub.sql(`select hub.enqueue($1)`, [clearDrafts.name]);
    await hub.runJobs();
    expect(await drafts(between.sender)).toHaveLength(0);
  });
});
