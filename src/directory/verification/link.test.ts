import { expect, it } from 'vitest';
import { newId } from '../../platform/id.js';
import { agencyStaff, anonymous, curator } from '../../../test/actors.js';
import { insert } from '../../../test/factories.js';
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

it('shows the hours that people see, also where they are those of the place', async () => {
  const hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  try {
    const [keeper, staff, nobody] = [await curator(hub), await agencyStaff(hub), await anonymous(hub)];
    const { id, siteId } = await listing(hub, {
      organizationId: staff.organization.id,
      columns: { email: 'desk@example.org' },
      site: true,
    });
    const hours = { freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opens_at: '08:30', closes_at: '17:00' };
    await insert(hub, 'schedule', { id: newId(), service_at_location_id: siteId, ...hours });
    await act(keeper, 'requestVerification', { serviceIds: [id] }, 'requests { email }');
    await hub.runJobs();
    const token = /#token=([\w-]+)/.exec(hub.mail.letters.at(-1)?.text ?? '')?.[1];
    const asked = 'query ($token: String!) { listingCheck(token: $token) { fields { key current } } }';
    const shown = async () => {
      const { fields } = (await nobody.gql(asked, { token })).listingCheck;
      return fields.find(({ key }: { key: string }) => key === 'hours').current;
    };
    expect(await shown()).toBe('Monday to Friday: 8:30 am to 5:00 pm');
    // Hours of its own go before those of the place.
    await insert(hub, 'schedule', { id: newId(), service_id: id, ...hours, byday: 'SA' });
    expect(await shown()).toBe('Saturday: 8:30 am to 5:00 pm');
  } finally {
    await hub.stop();
  }
});
