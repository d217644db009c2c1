import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

let hub: TestHub;
let between: Pair;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-18T15:00:00Z' });
  between = await pair(hub);
});
afterAll(() => hub.stop());

const many = (mutation: string) =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { results { id refusal { code } } userErrors { code } } }`;
const several = async (n: number) => {
  const ids: string[] = [];
  for (let i = 0; i < n; i += 1) ids.push(await send(await pair(hub, between)));
  return ids;
};

describe('several referrals at once', () => {
  it('get the same answer, each as a step of its own, and what is refused for one stops no other', async () => {
    const [one = '', done = '', two = ''] = await several(3);
    await take(between.agency, 'declineReferral', done, { reasonCode: 'OTHER', reason: 'x' });
    const foreign = await send(await pair(hub));
    const input = { ids: [one, done, foreign, two], answer: 'ACCEPT' };
    const { answerReferrals } = await between.agency.gql(many('answerReferrals'), { input });
    expect(answerReferrals.results).toEqual([
      { id: one, refusal: null },
      { id: done, refusal: { code: 'FINISHED' } },
      { id: foreign, refusal: { code: 'NOT_FOUND' } },
      { id: two, refusal: null },
    ]);
    const rows = await hub.sql(`select status from hub.referral where id = any ($1) order by id`, [[one, two]]);
    expect(rows).toEqual([{ status: 'ACCEPTED' }, { status: 'ACCEPTED' }]);
    const audit = await hub.sql(`select outcome from hub.audit where entity_id = $1 and action = 'referral.accept'`, [
      done,
    ]);
    expect(audit).toEqual([{ outcome: 'REFUSED' }]);
    expect(await between.agency.codes(many('answerReferrals'), { input: { ...input, ids: [] } })).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(await between.sender.codes(many('answerReferrals'), { input })).toEqual(['FORBIDDEN']);
  });

  it('are put on hold with a reason, as a step that was accepted first', async () => {
    const [one = '', held = ''] = await several(2);
    const hold = { answer: 'HOLD', reasonCode: 'WAITING_FOR_DOCUMENTS', words: 'We need a lease.' };
    const say = async (input: object) =>
      (await between.agency.gql(many('answerReferrals'), { input })).answerReferrals.results;
    expect(await say({ ids: [one, held], ...hold })).toEqual([one, held].map((id) => ({ id, refusal: null })));
    expect(await say({ ids: [held], ...hold })).toEqual([{ id: held, refusal: { code: 'ALREADY_DONE' } }]);
    expect(await say({ ids: [held], answer: 'HOLD' })).toEqual([{ id: held, refusal: { code: 'REQUIRED' } }]);
    const steps = await hub.sql(
      'select to_status, reason_code, reason from hub.referral_transition where referral_id = $1 order by at, id',
      [one],
    );
    expect(steps.slice(1)).toEqual([
      { to_status: 'ACCEPTED', reason_code: null, reason: null },
      { to_status: 'ON_HOLD', reason_code: 'WAITING_FOR_DOCUMENTS', reason: 'We need a lease.' },
    ]);
  });

  it('are given to a colleague, and to nobody of another agency', async () => {
    const ids = await several(2);
    const colleague = await agencyStaff(hub, { organization: between.agency.organization });
    const assign = (userId: string | null) =>
      between.agency
        .gql(many('assignReferrals'), { input: { ids, userId } })
        .then((data) => data.assignReferrals.results);
    expect(await assign(colleague.user.id)).toEqual(ids.map((id) => ({ id, refusal: null })));
    const of = 'query ($id: ID!) { referral(id: $id) { assignedTo { id } } }';
    expect((await colleague.gql(of, { id: ids[0] })).referral.assignedTo).toEqual({ id: colleague.user.id });
    for (const stranger of [(await agencyStaff(hub)).user.id, newId()]) {
      expect(await assign(stranger)).toEqual(ids.map((id) => ({ id, refusal: { code: 'NOT_A_COLLEAGUE' } })));
    }
    expect(await assign(null)).toEqual(ids.map((id) => ({ id, refusal: null })));
  });
});
