import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listing } from '../../../test/listings.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { careManager } from '../../../test/actors.js';
import { insert } from '../../../test/factories.js';
import { newId } from '../../platform/id.js';
import { isPrivateNumber } from '../private-number.js';
import { inOrder, isFax, mainNumber } from './phone-order.js';

const secret = [
  'FCFH USE ONLY',
  'Ellen Bentley (FCFH updates only)',
  'FCFH updates',
  '211 updates, Tony W.',
  'FCFH # for updates',
  "Director's office (don't give out)",
  'Cofiell home - do not give to clients',
  "Felicia's private number",
  "Coordinator's #. Agency use only.",
  'Solo personal, no divulgar',
  'Unlisted',
];
const open = [
  null,
  '',
  'Main & Tax Assistance #',
  'Group home',
  'Home & Garden Info Center',
  'Hotline, day and night',
  'Appointments only',
  'Central Maryland only',
  'Weather updates',
  'Private duty',
  'Toll-free # (MD only)',
  'Emergency # (Mr. M’s cell)',
];
const phone = (number: string, more: { description?: string; type?: string; callable?: string | null } = {}) => ({
  number,
  description: more.description ?? null,
  type: more.type ?? 'voice',
  callable: more.callable === undefined ? '+14105550100' : more.callable,
});

describe('numbers of a listing', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  it('are tried in the order in which somebody answers: a fax, volunteers and offices last', () => {
    const all = [
      phone('fax', { type: 'fax' }),
      phone('volunteers', { description: 'Volunteer & Donor Services' }),
      phone('undialable', { callable: null }),
      phone('office', { description: 'Administrative office' }),
      phone('person', { description: 'Ms. Baker' }),
      phone('intake', { description: 'Intake' }),
    ];
    expect(inOrder(all).map(({ number }) => number)).toEqual([
      'intake',
      'person',
      'office',
      'undialable',
      'fax',
      'volunteers',
    ]);
    expect(mainNumber([phone('own', { description: 'updates only' }), phone('fax', { type: 'fax' })])?.number).toBe(
      'fax',
    );
    expect(mainNumber([])).toBeUndefined();
  });

  it('are no fax where it is printed as a number to call', () => {
    expect(isFax(phone('1', { type: 'fax' }))).toBe(true);
    expect(isFax(phone('2', { description: 'Alternate Fax' }))).toBe(true);
    expect(isFax(phone('3', { description: 'Fairfax office' }))).toBe(false);
  });

  it('that a directory noted for itself are known alike in code and database', async () => {
    expect(secret.filter((said) => !isPrivateNumber(said))).toEqual([]);
    expect(open.filter((said) => isPrivateNumber(said))).toEqual([]);
    const rows = await hub.sql<{ said: string | null; hidden: boolean }>(
      'select said, hub.is_private_number(said) as hidden from unnest($1::text[]) said',
      [[...secret, ...open]],
    );
    expect(rows.filter(({ said, hidden }) => hidden !== isPrivateNumber(said))).toEqual([]);
    expect(rows).toHaveLength(secret.length + open.length);
  });

  it('are told to everybody but for those, at the service and at its place, over GraphQL and HSDS', async () => {
    const { id, locationId } = await listing(hub, { site: { zip: '21044' } });
    const add = (where: object, number: string, description: string | null) =>
      insert(hub, 'phone', { id: newId(), ...where, number, e164: '+14105550142', type: 'voice', description });
    await add({ service_id: id }, '(410) 555-0101', 'FCFH use only');
    await add({ service_id: id }, '(410) 555-0102', 'Volunteers');
    await add({ service_id: id }, '(410) 555-0103', 'Intake');
    await add({ location_id: locationId }, '(410) 555-0104', 'Do not give out');
    await add({ location_id: locationId }, '(410) 555-0105', null);
    const asked = `query ($id: ID!) { service(id: $id) { phones { number } sites { location { phones { number } } } } }`;
    const { service } = await (await careManager(hub)).gql(asked, { id });
    expect(service.phones).toEqual([{ number: '(410) 555-0103' }, { number: '(410) 555-0102' }]);
    expect(service.sites[0].location.phones).toEqual([{ number: '(410) 555-0105' }]);
    const answer = await fetch(`${await hub.url()}/hsds/services/${id}`);
    expect(answer.status).toBe(200);
    const body = await answer.text();
    expect(body).toContain('555-0103');
    expect(body).not.toContain('555-0101');
    expect(body).not.toContain('555-0104');
  });
});
