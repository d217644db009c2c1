import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, type Actor, type Visitor } from '../../../test/actors.js';
import { type TestHub } from '../../../test/hub.js';
import { addEverything } from '../../../test/listings.js';
import { act, DIFF, listingDesk, history, olderListing, versionOf } from '../../../test/suggestions.js';

let hub: TestHub;
let keeper: Actor;
let staff: Actor;
let care: Actor;
let nobody: Visitor;

beforeAll(async () => {
  ({ hub, keeper, staff, care, nobody } = await listingDesk());
});
afterAll(() => hub.stop());

const own = (more: object = {}) => olderListing(hub, staff, more);

describe('the history', () => {
  it('takes back any change: a name, hours with their odd rules, a number, an address, a confirmation, room', async () => {
    const row = await own({ site: true, columns: { assured_date: '2026-01-05', next_verification_on: '2026-07-04' } });
    await addEverything(hub, row);
    await hub.sql(
      `update hub.schedule set freq = 'MONTHLY', byday = '2MO', notes = 'By appointment' where service_id = $1`,
      [row.id],
    );
    const address = { address1: '9 New St', city: 'Columbia', stateProvince: 'Maryland', postalCode: '21045' };
    const correct = {
      id: row.id,
      expectedVersion: 1,
      name: 'New Name',
      phone: '(410) 555-0160',
      hours: [{ days: ['TU'], opensAt: '10:00', closesAt: '12:00' }],
      address,
    };
    await act(keeper, 'correctService', correct, 'service { id }');
    await act(keeper, 'verifyService', { id: row.id, expectedVersion: 2 }, 'service { id }');
    await act(
      keeper,
      'setCapacity',
      { id: row.id, status: 'UNKNOWN', units: [{ unit: 'bed', available: 0, maximum: 8 }] },
      'service { id }',
    );
    const asked = `query ($id: ID!) { service(id: $id) { name version phones { number } schedules { freq byday notes } capacity { status }
      capacities { unit available maximum } freshness { assuredOn dueOn } sites { location { latitude addresses { address1 postalCode } } } } }`;
    expect((await nobody.gql(asked, { id: row.id })).service).toMatchObject({
      name: 'New Name',
      schedules: [{ freq: 'WEEKLY', byday: 'TU' }],
      capacity: { status: 'NO_CAPACITY' },
      capacities: [{ unit: 'Bed', available: 0, maximum: 8 }],
      freshness: { assuredOn: '2026-11-22', dueOn: '2027-05-21' },
      sites: [{ location: { latitude: null, addresses: [{ address1: '9 New St', postalCode: '21045' }] } }],
    });
    const lines = await history(keeper, row.id);
    expect(lines.find((line: { field: string }) => line.field === 'address')).toMatchObject({
      previous: '10 Main St, Columbia, MD 21044',
      replacement: '9 New St, Columbia, MD 21045',
      via: 'CURATOR',
    });
    expect((await history(nobody, row.id)).some((line: { viewerCanUndo: boolean }) => line.viewerCanUndo)).toBe(false);
    for (const { id, viewerCanUndo } of lines) {
      if (!viewerCanUndo) continue;
      const undone = await act(
        keeper,
        'undoChange',
        { changeId: id, expectedVersion: await versionOf(keeper, row.id) },
        'service { id }',
      );
      expect(undone.refused).toEqual([]);
    }
    expect((await nobody.gql(asked, { id: row.id })).service).toMatchObject({
      name: 'Old Name',
      phones: [{ number: '410-555-0101' }],
      schedules: [{ freq: 'MONTHLY', byday: '2MO', notes: 'By appointment' }],
      capacity: { status: 'UNKNOWN' },
      capacities: [{ unit: 'Bed', available: 3 }],
      freshness: { assuredOn: '2026-01-05', dueOn: '2026-07-04' },
      sites: [{ location: { latitude: 39.2037, addresses: [{ address1: '10 Main St', postalCode: '21044' }] } }],
    });
    // Taking back is a change, and can be taken back.
    const back = (await history(keeper, row.id)).find(
      (line: { field: string; action: string }) => line.field === 'name' && line.action === 'undo',
    );
    await act(
      keeper,
      'undoChange',
      { changeId: back.id, expectedVersion: await versionOf(keeper, row.id) },
      'service { id }',
    );
    expect((await nobody.gql(asked, { id: row.id })).service.name).toBe('New Name');
  });

  it('lets an agency take back what is plain and its own, and refuses what was not looked at', async () => {
    const row = await own();
    await act(staff, 'correctService', { id: row.id, expectedVersion: 1, alert: 'Closed today' }, 'service { id }');
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 2, name: 'Other' }, 'service { id }');
    const [name, alert] = await history(staff, row.id);
    expect([name.viewerCanUndo, alert.viewerCanUndo]).toEqual([false, true]);
    const undo = (who: Actor, changeId: string, expectedVersion: number) =>
      act(who, 'undoChange', { changeId, expectedVersion }, 'service { alert }');
    expect((await undo(staff, name.id, 3)).refused).toEqual(['NEEDS_CURATOR']);
    const undoing = 'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { service { id } } }';
    const stranger = await agencyStaff(hub);
    expect(await stranger.codes(undoing, { input: { changeId: alert.id, expectedVersion: 3 } })).toEqual(['FORBIDDEN']);
    expect(await staff.codes(undoing, { input: { changeId: alert.id, expectedVersion: 2 } })).toEqual(['CONFLICT']);
    expect((await undo(staff, alert.id, 3)).data.service).toEqual({ alert: null });
  });
});

describe('a place that must stay secret', () => {
  it('stands in no diff and no history but for those who keep the listing', async () => {
    const row = await own({
      categories: ['intimate-partner-violence'],
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: { address1: '1 Secret Ln', city: 'Hiddenville' },
    });
    const address = { address1: '2 Hidden Rd', city: 'Elsewhere', stateProvince: 'MD', postalCode: '21044' };
    const { data } = await act(care, 'suggestChange', { serviceId: row.id, changes: { address } }, DIFF);
    expect(data.suggestion.fields).toMatchObject([
      { key: 'address', current: null, base: null, suggested: null, withheld: true },
    ]);
    const seen = await keeper.gql(`query ($id: ID!) { ${DIFF.replace('suggestion', 'suggestion(id: $id)')} }`, {
      id: data.suggestion.id,
    });
    expect(seen.suggestion.fields).toMatchObject([{ current: '1 Secret Ln, Hiddenville, MD 21044', withheld: false }]);
    const accept = { id: data.suggestion.id, expectedVersion: 1, serviceVersion: 1 };
    await act(keeper, 'acceptSuggestion', accept, 'suggestion { id }');
    for (const who of [nobody, care, await agencyStaff(hub)]) {
      expect(JSON.stringify(await history(who, row.id))).not.toMatch(/Secret|Hidden|Elsewhere|2104/);
    }
    expect(JSON.stringify(await history(keeper, row.id))).toContain('2 Hidden Rd');
    const words = await hub.sql('select previous_value, replacement_value from hub.metadata where resource_id = $1', [
      row.id,
    ]);
    expect(JSON.stringify(words)).not.toMatch(/Secret|Hidden/);
  });

  it('is hidden in what was written before it became secret', async () => {
    const row = await own({ site: true });
    const address = { address1: '7 Plain St', city: 'Columbia', stateProvince: 'MD', postalCode: '21044' };
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 1, address }, 'service { id }');
    expect(JSON.stringify(await history(nobody, row.id))).toContain('7 Plain St');
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 2, confidential: true }, 'service { id }');
    expect(JSON.stringify(await history(nobody, row.id))).not.toContain('Plain St');
  });
});
