import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, anonymous, type Visitor } from '../../../test/actors.js';
import { insert } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing, type ListingRow } from '../../../test/listings.js';
import { readPdf } from '../../../test/read-pdf.js';
import { countStatements } from '../../platform/database/statements.js';
import { newId } from '../../platform/id.js';
import { shortKeyOf } from '../list/short-key.js';

let hub: TestHub;
let anyone: Visitor;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  anyone = await anonymous(hub);
});
afterAll(() => hub.stop());

const phone = (number: string, hangs: Record<string, unknown>) =>
  insert(hub, 'phone', { id: newId(), number, ...hangs });
const ask = 'query ($ids: [ID!]) { listedServices(ids: $ids) { numbersToCall { number } } }';
const numbers = async ({ id }: ListingRow): Promise<string[]> =>
  (await anyone.gql(ask, { ids: [id] })).listedServices[0].numbersToCall.map((one: { number: string }) => one.number);

describe('The numbers by which a listing is reached', () => {
  it('are its own, else those of its places, each once, else those of its agency', async () => {
    const row = await listing(hub, { site: true });
    expect(await numbers(row)).toEqual([]);
    await phone('(410) 555-0130', { organization_id: row.organizationId });
    expect(await numbers(row)).toEqual(['(410) 555-0130']);
    await phone('(410) 555-0131', { location_id: row.locationId, description: 'Fax', type: 'fax' });
    await phone('(410) 555-0132', { location_id: row.locationId });
    await phone('(410) 555-0132', { service_at_location_id: row.siteId });
    await phone('(410) 555-0139', { location_id: row.locationId, description: 'Do not give out' });
    expect(await numbers(row)).toEqual(['(410) 555-0132', '(410) 555-0131']);
    const pdf = await fetch(`${await addressOf(hub)}/my-list.pdf?s=${shortKeyOf(row.id)}`);
    const { text } = readPdf(Buffer.from(await pdf.arrayBuffer()));
    expect(text).toContain('(410) 555-0132');
    expect(text).not.toMatch(/555-013[019]/); // No fax, no number of others.
    await phone('(410) 555-0133', { service_id: row.id });
    expect(await numbers(row)).toEqual(['(410) 555-0133']);
  });

  it('are never those of a place that must stay secret', async () => {
    const shelter = await listing(hub, { sensitivity: 'INTIMATE_PARTNER_VIOLENCE', site: true });
    await phone('(410) 555-0134', { location_id: shelter.locationId });
    await phone('(410) 555-0135', { service_at_location_id: shelter.siteId });
    expect(await numbers(shelter)).toEqual([]);
    const beside = await listing(hub, { organizationId: shelter.organizationId });
    const siteId = newId();
    await insert(hub, 'service_at_location', { id: siteId, service_id: beside.id, location_id: shelter.locationId });
    expect(await numbers(beside)).toEqual([]);
    await phone('(410) 555-0136', { organization_id: shelter.organizationId });
    expect(await numbers(beside)).toEqual(['(410) 555-0136']);
  });

  it('cost a statement for each step, however many are listed', async () => {
    const rows: ListingRow[] = [];
    for (let n = 0; n < 12; n += 1) {
      const row = await listing(hub, { site: true });
      if (n % 2 === 0) await phone(`(410) 555-01${n + 40}`, { location_id: row.locationId });
      rows.push(row);
    }
    const cost = (some: readonly ListingRow[]) =>
      countStatements(hub.orm, () => anyone.gql(ask, { ids: some.map(({ id }) => id) }));
    await cost(rows);
    expect(await cost(rows)).toBe(await cost(rows.slice(0, 2)));
  });
});
