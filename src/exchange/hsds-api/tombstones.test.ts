import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insert, organization } from '../../../test/factories.js';
import { contents, hsds, lines } from '../../../test/hsds-client.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing, type ListingRow } from '../../../test/listings.js';

let hub: TestHub;
let organizationId: string;
let kept: ListingRow;
let since: string;

const LONG_AGO = { last_modified: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
const changed = (more = '') =>
  contents(hub, `/services?organization_id=${organizationId}&modified_after=${encodeURIComponent(since)}${more}`);

beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());
beforeEach(async () => {
  organizationId = (await organization(hub)).id;
  await hub.sql(`update hub.organization set updated_at = '2020-01-01' where id = $1`, [organizationId]);
  kept = await listing(hub, { organizationId, columns: LONG_AGO });
  // By the database's clock, which the triggers go by.
  const [now] = await hub.sql<{ at: Date }>('select clock_timestamp() as at');
  since = now?.at.toISOString() ?? '';
});

describe('modified_after', () => {
  it('gives what changed at that time or later, itself, around it or in its organization', async () => {
    expect(await changed()).toEqual([]);
    await hub.sql('update hub.service set last_modified = $2 where id = $1', [kept.id, since]);
    expect(await changed()).toMatchObject([{ id: kept.id, status: 'active', last_modified: since }]);
    await hub.sql(`update hub.service set last_modified = '2020-01-01', updated_at = now() where id = $1`, [kept.id]);
    expect(await changed()).toHaveLength(1);
    await hub.sql(`update hub.service set updated_at = '2020-01-01' where id = $1`, [kept.id]);
    expect(await changed()).toEqual([]);
    await hub.sql('update hub.organization set updated_at = now() where id = $1', [organizationId]);
    expect(await changed()).toHaveLength(1);
  });

  it('tells which listings left, by a status and nothing else', async () => {
    await hub.sql(`update hub.service set status = 'defunct', updated_at = now() where id = $1`, [kept.id]);
    const [gone] = await changed();
    expect(gone).toEqual({
      id: kept.id,
      name: expect.any(String),
      status: 'defunct',
      last_modified: expect.stringMatching(/Z$/),
    });
    expect(JSON.stringify(gone)).not.toContain(kept.name);
    expect(await changed('&minimal=true')).toEqual([
      { id: kept.id, modified_date: expect.any(String), status: 'defunct' },
    ]);
    expect(await contents(hub, `/services?organization_id=${organizationId}`)).toEqual([]);
    const { text } = await hsds(
      hub,
      `/services?organization_id=${organizationId}&format=ndjson&modified_after=${since}`,
    );
    expect(lines(text)).toMatchObject([{ id: kept.id, status: 'defunct' }]);
    expect((await hsds(hub, `/services/${kept.id}`)).status).toBe(410);
  });

  it('tells of those that were deleted, until they come back', async () => {
    const { id } = kept;
    await hub.sql('delete from hub.service where id = $1', [id]);
    expect(await changed()).toMatchObject([{ id, status: 'defunct' }]);
    expect((await hsds(hub, `/services/${id}`)).status).toBe(410);
    await insert(hub, 'service', {
      id,
      organization_id: organizationId,
      name: 'Back',
      ...LONG_AGO,
      updated_at: new Date(),
    });
    expect(await changed()).toMatchObject([{ id, status: 'active', name: 'Back' }]);
    expect(await hub.sql('select from hub.hsds_tombstone where id = $1', [id])).toEqual([]);
  });

  it('tells of all services of an organization that leaves the directory, and of its return', async () => {
    await hub.sql('update hub.organization set listed = false where id = $1', [organizationId]);
    expect(await changed()).toMatchObject([{ id: kept.id, status: 'inactive' }]);
    expect((await hsds(hub, `/services/${kept.id}`)).status).toBe(404);
    expect((await hsds(hub, `/organizations/${organizationId}`)).status).toBe(404);
    await hub.sql('update hub.organization set listed = true where id = $1', [organizationId]);
    expect(await changed()).toMatchObject([{ id: kept.id, status: 'active' }]);
    await hub.sql('update hub.organization set retired_at = now() where id = $1', [organizationId]);
    expect((await hsds(hub, `/organizations/${organizationId}`)).status).toBe(410);
  });

  it('of a listing that was merged, its address leads to the one that it is now', async () => {
    const other = await listing(hub, { organizationId });
    await hub.sql(`update hub.service set status = 'inactive', merged_into = $2 where id = $1`, [kept.id, other.id]);
    const answer = await hsds(hub, `/services/${kept.id}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([308, `/hsds/services/${other.id}`]);
  });

  it('gives sites whose service changed', async () => {
    const site = await listing(hub, { organizationId, site: true, columns: { last_modified: since } });
    const path = `/service_at_locations?organization_id=${organizationId}&modified_after=${since}`;
    expect(await contents(hub, path)).toMatchObject([{ id: site.siteId }]);
  });
});
