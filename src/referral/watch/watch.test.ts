import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { asApp } from '../../../test/as-app.js';
import { membership } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';

const MINE = `{ referrals(filter: { mine: true, queue: ALL }, first: 50) { edges { node { id } } } }`;
const COPIED = 'query ($id: ID!) { referral(id: $id) { copiedTo { id } } }';

let hub: TestHub;
let between: Pair;
let colleague: Actor;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  between = await pair(hub);
  colleague = await careManager(hub, { organization: between.sender.organization });
});

const copy = (id: string, userIds: string[]) => take(between.sender, 'copyReferral', id, { userIds });
const listOf = async (actor: Actor): Promise<string[]> =>
  (await actor.gql(MINE)).referrals.edges.map((edge: { node: { id: string } }) => edge.node.id);
const lettersTo = ({ user }: Actor) => hub.mail.to(user.email).length;

describe('a referral that is copied to a colleague', () => {
  it('stands in their list, is shown to the sending side alone, and its letters go to them too', async () => {
    const id = await send(between, { copyTo: [colleague.user.id] });
    expect(await listOf(colleague)).toEqual([id]);
    expect((await between.sender.gql(COPIED, { id })).referral.copiedTo).toEqual([{ id: colleague.user.id }]);
    expect((await between.agency.gql(COPIED, { id })).referral.copiedTo).toEqual([]);
    await take(between.agency, 'acceptReferral', id);
    await hub.runJobs();
    expect([lettersTo(between.sender), lettersTo(colleague)]).toEqual([1, 1]);
    const [own, copied] = [between.sender, colleague].map(({ user }) => hub.mail.to(user.email)[0]?.text);
    expect(copied).toBe(own);
  });

  it('tells them too that a consent ended, and that the clocks have run out', async () => {
    const id = await send(between, { copyTo: [colleague.user.id] });
    await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = $2 where id = $1`, [between.consentId, hub.clock.now()]); // prettier-ignore
    const ended = { consentId: between.consentId, patientId: between.patientId };
    await hub.sql(`select hub.enqueue('referral.consent-ended', $1::json)`, [JSON.stringify(ended)]);
    await hub.runJobs();
    expect(hub.mail.to(colleague.user.email).map(({ subject }) => subject)).toEqual(['A person stopped sharing']);
    const other = await pair(hub);
    const officer = await membership(hub, { organization: other.sender.organization, roles: ['CARE_MANAGER'] });
    const stuck = await send(other, { copyTo: [officer.user.id] });
    await hub.sql(`update hub.referral set answer_due_at = $2, see_due_at = null, next_clock_at = $2 where id = $1`, [stuck, '2026-11-10T15:00:00Z']); // prettier-ignore
    for (let n = 0; n < 30; n += 1) {
      hub.clock.advance({ hours: 4 });
      await hub.sql(`select hub.enqueue('referral.tick')`);
      await hub.runJobs();
    }
    const subjects = hub.mail.to(officer.user.email).map(({ subject }) => subject);
    expect(subjects).toEqual(['Referrals wait for you to decide']);
    hub.clock.set('2026-11-18T15:00:00Z');
    expect(id).toBeDefined();
  });

  it('is no longer once it is taken back, and twice is once', async () => {
    const id = await send(between);
    await copy(id, [colleague.user.id, colleague.user.id]);
    await copy(id, [colleague.user.id]);
    expect(await listOf(colleague)).toEqual([id]);
    expect((await take(between.sender, 'uncopyReferral', id, { userId: colleague.user.id })).refused).toEqual([]);
    expect(await listOf(colleague)).toEqual([]);
    await take(between.agency, 'acceptReferral', id);
    await hub.runJobs();
    expect(lettersTo(colleague)).toBe(0);
  });

  it('goes to nobody who may not see the patient: an officer, somebody elsewhere, somebody who left', async () => {
    const id = await send(between);
    const { organization } = between.sender;
    const officer = await membership(hub, { organization, roles: ['PRIVACY_OFFICER'] });
    const stranger = await careManager(hub);
    for (const userId of [officer.user.id, stranger.user.id, between.agency.user.id]) {
      expect((await copy(id, [userId])).refused).toEqual(['MAY_NOT_SEE']);
    }
    await copy(id, [colleague.user.id]);
    await hub.sql('update hub.membership set ended_at = now() where user_id = $1', [colleague.user.id]);
    await take(between.agency, 'acceptReferral', id);
    await hub.runJobs();
    expect(lettersTo(colleague)).toBe(0);
    expect((await copy(id, [colleague.user.id])).refused).toEqual(['MAY_NOT_SEE']);
  });

  it('is copied by rows that only the sending organization reads, adds and removes', async () => {
    const id = await send(between, { copyTo: [colleague.user.id] });
    const [app, stranger] = [await asApp(hub), await agencyStaff(hub)];
    const results = [];
    for (const actor of [between.sender, between.agency, stranger]) {
      results.push(await app.run(actor, 'select referral_id from hub.referral_watcher where referral_id = $1', [id]));
      results.push(await app.run(actor, 'delete from hub.referral_watcher where referral_id = $1', [id]));
      const add = `insert into hub.referral_watcher (referral_id, user_id, from_org_id, added_at) values ($1, $2, $3, now())`;
      results.push(await app.run(actor, add, [id, between.agency.user.id, between.sender.organization.id]));
    }
    await app.end();
    expect(results).toEqual([1, 1, '42501', 0, 0, '42501', 0, 0, '42501']);
  });
});
