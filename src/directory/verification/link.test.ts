import { expect, it } from 'vitest';
import { agencyStaff, anonymous, curator } from '../../../test/actors.js';
import { testHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { act } from '../../../test/suggestions.js';

it('the page behind a link is read and answered with the one connection that there is', async () => {
  const hub = await testHub({ now: '2026-11-20T15:00:00Z', env: { POOL_SIZE: '1' } });
  try {
    const [keeper, staff, nobody] = [await curator(hub), await agencyStaff(hub), await anonymous(hub)];
    const columns = { email: 'desk@example.org' };
    const { id } = await listing(hub, { organizationId: staff.organization.id, columns });
    await act(keeper, 'requestVerification', { serviceIds: [id] }, 'requests { email }');
    await hub.runJobs();
    const token = /#token=([\w-]+)/.exec(hub.mail.letters.at(-1)?.text ?? '')?.[1];
    const check = 'query ($token: String!) { listingCheck(token: $token) { service { id } fields { key } } }';
    const pages = await Promise.all([1, 2, 3].map(() => nobody.gql(check, { token })));
    expect(pages.map(({ listingCheck }) => listingCheck.service.id)).toEqual([id, id, id]);
    const confirmed = pages[0]?.listingCheck.fields.map(({ key }: { key: string }) => key);
    const answered = await act(nobody, 'answerVerification', { token, confirmed }, 'service { id }');
    expect(answered.data.service.id).toBe(id);
  } finally {
    await hub.stop();
  }
});
