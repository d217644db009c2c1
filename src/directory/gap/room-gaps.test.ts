import { afterAll, beforeAll, expect, it } from 'vitest';
import { careManager, curator } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
});
afterAll(() => hub.stop());

const asked = 'query { roomGaps { state county place category need listings full waitlist room unknown } }';
const said = (status: string, at = '2026-11-18') => ({ columns: { capacity_status: status, capacity_updated_at: at } });

it('counts full listings by county and need, as long as their word is believed, without places that stay secret', async () => {
  const site = { zip: '21044' };
  await listing(hub, { site, ...said('NO_CAPACITY') });
  await listing(hub, { site, ...said('WAITLIST') });
  await listing(hub, { site, ...said('CAPACITY') });
  await listing(hub, { site, ...said('NO_CAPACITY', '2026-10-01') });
  await listing(hub, { site, status: 'inactive', ...said('NO_CAPACITY') });
  await listing(hub, {
    site,
    ...said('NO_CAPACITY'),
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    categories: ['homelessness'],
  });
  await listing(hub, { site: { zip: '21201', latitude: 39.29, longitude: -76.62 }, ...said('CAPACITY') });
  const { roomGaps } = await (await curator(hub)).gql(asked);
  expect(roomGaps).toEqual([
    {
      state: 'MD',
      county: 'Howard',
      place: 'Howard County, MD',
      category: 'food-insecurity',
      need: 'Food',
      listings: 4,
      full: 1,
      waitlist: 1,
      room: 1,
      unknown: 1,
    },
  ]);
  expect(await (await careManager(hub)).codes(asked)).toEqual(['FORBIDDEN']);
});
