import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, type Visitor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked, LINKED } from '../../../test/link-factories.js';
import { service, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const PROPOSE = `mutation ($input: ProposeTransferByLinkInput!) { proposeTransferByLink(input: $input) { referral { mayPropose proposed version } userErrors { code field } } }`;
const SEEN = `query ($id: ID!) { referral(id: $id) { status transfer { note proposedByName settled service { id } } } }`;

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

const other = async (given: Record<string, unknown> = {}): Promise<string> =>
  service(hub, (await agencyStaff(hub)).organization.id, given);
const propose = async (who: Visitor, token: string, serviceId: string, given: object = {}) =>
  (await who.gql(PROPOSE, { input: { token, serviceId, id: newId(), ...given } })).proposeTransferByLink;

describe('an agency without an account that is not the right one', () => {
  it('names who is, by its link: the sender decides, and nobody there is told', async () => {
    const at = await linked(hub);
    const better = await other({ name: 'The better pantry' });
    const before = await hub.sql('select count(*)::int from hub.disclosure');
    const { referral, userErrors } = await propose(at.visitor, at.token, better, {
      note: 'They deliver.',
      name: 'Rosa',
    });
    expect([referral, userErrors]).toMatchObject([{ mayPropose: true, proposed: 'The better pantry' }, []]);
    const seen = (await at.sender.gql(SEEN, { id: at.id })).referral;
    expect(seen).toEqual({
      status: 'REQUESTED',
      transfer: { note: 'They deliver.', proposedByName: 'Rosa', settled: null, service: { id: better } },
    });
    expect(await hub.sql('select count(*)::int from hub.disclosure')).toEqual(before);
    expect(await hub.sql('select id from hub.referral where service_id = $1', [better])).toEqual([]);
    await hub.runJobs();
    const letters = hub.mail.to(at.sender.user.email).map(({ subject }) => subject);
    expect(letters).toEqual(['A referral has news']);
    // Twice is once; another one takes its place.
    await propose(at.visitor, at.token, better);
    const rows = () => hub.sql('select settled from hub.referral_transfer where referral_id = $1 order by proposed_at, id', [at.id]); // prettier-ignore
    expect(await rows()).toEqual([{ settled: null }]);
    await propose(at.visitor, at.token, await other());
    expect(await rows()).toEqual([{ settled: 'REPLACED' }, { settled: null }]);
  });

  it('may do so after it declined, and not once it was taken back', async () => {
    const at = await linked(hub);
    const { referral } = await byLink(at.visitor, 'open', { token: at.token });
    const no = {
      token: at.token,
      id: newId(),
      expectedVersion: referral.version,
      answer: 'DECLINE',
      reasonCode: 'WRONG_SERVICE',
    };
    expect((await byLink(at.visitor, 'answer', no)).refused).toEqual([]);
    expect((await propose(at.visitor, at.token, await other())).userErrors).toEqual([]);
    const gone = await linked(hub);
    await take(gone.sender, 'recallReferral', gone.id, { reasonCode: 'NEED_MET' });
    const late = await propose(gone.visitor, gone.token, await other());
    expect(late.userErrors.map(({ code }: { code: string }) => code)).toEqual(['LINK_ENDED']);
  });

  it('names no service that takes none, not its own, and by no other link', async () => {
    const [at, theirs] = [await linked(hub), await linked(hub)];
    const codes = async (serviceId: string, token = at.token) =>
      (await propose(at.visitor, token, serviceId)).userErrors.map(({ code }: { code: string }) => code);
    expect(await codes(await other({ takes_referrals: false }))).toEqual(['SERVICE_TAKES_NO_REFERRALS']);
    expect(await codes(at.serviceId)).toEqual(['SAME_SERVICE']);
    expect(await codes(await other(), `${at.token.slice(0, -1)}x`)).toEqual(['LINK_ENDED']);
    await propose(at.visitor, at.token, theirs.serviceId);
    const { referral } = await theirs.visitor
      .gql(`mutation ($input: OpenReferralByLinkInput!) { openReferralByLink(input: $input) { ${LINKED} } }`, {
        input: { token: theirs.token },
      }) // prettier-ignore
      .then((answer) => answer.openReferralByLink);
    expect(JSON.stringify(referral)).not.toContain(at.id);
    expect(await hub.sql('select id from hub.referral_transfer where referral_id = $1', [theirs.id])).toEqual([]);
  });
});
